import { parseAssembly } from './assembly/parse-assembly.ts';
import type { Assembly, TemplateStack } from './assembly/assembly.ts';
import { withImportOrder } from './assembly/imports.ts';
import { decide, readDataFacts } from './decide.ts';
import type { DataResource, Decision, Existing } from './decision.ts';
import { finding, Stop, type Finding } from './finding.ts';
import type { SynthTarget, System } from './system.ts';
import type { Origin } from './target.ts';
import type { Cloud, Connection, World } from './world.ts';

/** The inputs that shape the assembly. */
export interface SourceInputs {
  readonly context: Readonly<Record<string, string>>;
  readonly existing?: Existing | undefined;
  readonly imageTag?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** What making an assembly takes, beside the inputs. Without a cloud nothing is looked up and all data resources are created. */
export interface SourceQuestion {
  readonly origin: Origin;
  readonly at: SynthTarget;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly legacyNames: boolean;
  readonly cloud?: Cloud;
  /** As whom an app looks up context; without it nothing is looked up. */
  readonly lookUpAs?: Connection;
}

/** An assembly, and the decisions that shaped it. */
export interface Source {
  readonly assembly: Assembly;
  readonly decisions: readonly Decision[];
}

/**
 * Gives the assembly of a run: synthesized by its system, made by the app's command, or read from its folder. Its stacks come after those whose
 * exports they import.
 *
 * @throws Stop with RT050 to RT052, PF120, PF122, PF140 or PF141; nothing was written to AWS.
 */
export async function makeSource(question: SourceQuestion, inputs: SourceInputs, world: World): Promise<Source> {
  const { assembly, decisions } = await readSource(question, inputs, world);
  return { assembly: withImportOrder(assembly, { at: question.at, parameters: inputs.parameters ?? {} }), decisions };
}

async function readSource(question: SourceQuestion, inputs: SourceInputs, world: World): Promise<Source> {
  const { origin, at } = question;
  switch (origin.kind) {
    case 'cdk-out':
      return { assembly: parseAssembly(world.files.resolve(origin.folder), world.files.read), decisions: [] };
    case 'app': {
      const outdir = world.files.temporary('assembly');
      const qualifier: Readonly<Record<string, string>> = at.qualifier ? { '@aws-cdk/core:bootstrapQualifier': at.qualifier } : {};
      const context = { environment: at.environment, account: at.account, region: at.region, ...qualifier, ...inputs.context };
      await world.apps.synthesize({
        command: origin.command,
        context,
        directory: world.files.resolve('.'),
        outdir,
        ...(question.lookUpAs ? { lookUpAs: question.lookUpAs } : {}),
      });
      return { assembly: parseAssembly(outdir, world.files.read), decisions: [] };
    }
    case 'system':
      return synthesizeSystem(origin.system, question, inputs, world);
  }
}

/**
 * Synthesizes with all data resources in their stacks, while AWS is asked where they are: mostly they are there, or nowhere yet, and then the
 * assembly is made as soon as the answers are. Otherwise it is made anew.
 */
async function synthesizeSystem(system: System, question: SourceQuestion, inputs: SourceInputs, world: World): Promise<Source> {
  const { at, settings } = question;
  world.log.line(`✅ Environment config validated for: ${at.environment}`);
  const imageTag = inputs.imageTag ? { imageTag: inputs.imageTag } : {};
  const begin = (decisions: readonly Decision[]) => {
    const outdir = world.files.temporary('assembly');
    const done = system.synthesize({ ...at, settings, ...imageTag, decisions, handlers: world.handlers, outdir });
    done.catch(() => undefined); // told when it is waited for
    return { outdir, done };
  };
  const resources = question.cloud ? system.dataResources(at) : [];
  const ahead = begin(resources.map(toCreated));
  const decisions = question.cloud ? await decideAll(system, question, question.cloud, inputs) : [];
  const made = isInStacks(decisions, resources) ? ahead : begin(decisions);
  await made.done.catch((thrown: unknown) => {
    if (thrown instanceof Stop) throw thrown;
    throw new Stop(finding('RT052', `The system ${system.name}: ${thrown instanceof Error ? thrown.message : String(thrown)}`), {
      cause: thrown,
    });
  });
  world.log.line(`✅ Resource naming conventions validated for: ${at.environment}`);
  decisions.forEach((decision) => world.log.line(toDecisionLine(decision)));
  return { assembly: withoutSources(parseAssembly(made.outdir, world.files.read)), decisions };
}

const toCreated = ({ id, type, stack, preferred }: DataResource): Decision => ({ id, type, stack, name: preferred, kind: 'create' });

/** Whether a template has all data resources under their preferred names: it is the same one, whether they are there already or not. */
const isInStacks = (decisions: readonly Decision[], resources: readonly DataResource[]): boolean =>
  decisions.every((d) => d.kind !== 'reference' && resources.some((r) => r.id === d.id && r.preferred === d.name));

async function decideAll(
  system: System,
  { at, legacyNames }: SourceQuestion,
  cloud: Cloud,
  inputs: SourceInputs,
): Promise<readonly Decision[]> {
  const stacksOf = new Map([...new Set([...Object.keys(system.environments), at.environment])].map((e) => [e, system.stackNames(e)]));
  const facts = await readDataFacts({ resources: system.dataResources(at), environment: at.environment, legacyNames, stacksOf }, cloud);
  const verdicts = facts.map((f) => decide(f, inputs.existing ?? 'reference'));
  const problems = verdicts.flatMap((v): Finding[] => ('problem' in v ? [v.problem] : []));
  if (problems.length) throw new Stop(problems);
  return verdicts.flatMap((v) => ('problem' in v ? [] : [v]));
}

const nouns = {
  'AWS::S3::Bucket': 'S3 bucket',
  'AWS::DynamoDB::Table': 'DynamoDB table',
  'AWS::ECR::Repository': 'ECR repository',
} as const;

/** Gives the line that the log of the system mode has for a decision. */
export function toDecisionLine({ kind, type, name }: Decision): string {
  const what = `${nouns[type]}: ${name}`;
  switch (kind) {
    case 'reference':
      return `✅ Importing existing ${what}`;
    case 'adopt':
      return `✅ Adopting existing ${what}`;
    case 'managed':
      return `✅ Managing existing ${what}`;
    case 'create':
      return `🆕 Creating new ${what}`;
  }
}

/** The lines that made a bundled system's constructs are lines of the bundle: they help nobody. */
const withoutSources = (assembly: Assembly): Assembly => ({
  ...assembly,
  stacks: assembly.stacks.map(withoutOwn),
});

const withoutOwn = <S extends TemplateStack>(stack: S): S => ({ ...stack, sources: new Map(), nested: stack.nested.map(withoutOwn) });
