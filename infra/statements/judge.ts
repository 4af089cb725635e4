import type { Evidence, Selector, Statement } from './statement.ts';

/** The parts of a template that a statement is looked up in. */
export interface StatedTemplate {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

/** Where evidence is looked for; undefined means that there is no such thing. */
export interface StatedWorld {
  /** The templates of an environment by the names of their stacks. */
  templates(environment: string): Readonly<Record<string, StatedTemplate>> | undefined;
  /** The text of a file of this repository. */
  text(file: string): string | undefined;
  /** The names of the jobs of a workflow. */
  jobs(file: string): readonly string[] | undefined;
}

/** Gives one line for each piece of evidence that does not hold, or for a statement that has none; empty when all hold. */
export function judgeStatement({ line, says, shown }: Statement, world: StatedWorld): readonly string[] {
  const problems = shown.length > 0 ? shown.flatMap((evidence) => judgeEvidence(evidence, world)) : ['nothing shows it'];
  return problems.map((problem) => `line ${line} (${says}): ${problem}`);
}

/** Tells whether a value has everything that is wanted: the same text or number, each wanted field, each wanted item of a list. */
export function hasPart(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return Array.isArray(value) && wanted.every((item) => value.some((candidate) => hasPart(candidate, item)));
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return Object.entries(wanted).every(([key, part]) => fields.has(key) && hasPart(fields.get(key), part));
}

function judgeEvidence(evidence: Evidence, world: StatedWorld): readonly string[] {
  switch (evidence.kind) {
    case 'test': {
      const text = world.text(evidence.file);
      if (text === undefined) return [`there is no file ${evidence.file}`];
      return hasTest(text, evidence.name) ? [] : [`${evidence.file} has no test "${evidence.name}"`];
    }
    case 'workflow': {
      const jobs = world.jobs(evidence.file);
      if (!jobs) return [`there is no workflow ${evidence.file}`];
      return jobs.includes(evidence.job) ? [] : [`${evidence.file} has no job "${evidence.job}"`];
    }
    case 'application':
      return evidence.reason ? [] : ['the reason why infrastructure does not keep it is missing'];
    default:
      return judgeSelector(evidence, world);
  }
}

function judgeSelector(selector: Selector, world: StatedWorld): readonly string[] {
  const templates = world.templates(selector.environment);
  if (!templates) return [`there is no environment ${selector.environment}`];
  if (selector.kind === 'export') {
    const exported = Object.values(templates).flatMap(({ Outputs = {} }) => Object.values(Outputs));
    return exported.some((output) => hasPart(output, { Export: { Name: selector.name } })) ? [] : [`no stack exports ${selector.name}`];
  }
  const stack = selector.kind === 'stack' ? selector.name : selector.stack;
  const template = Object.hasOwn(templates, stack) ? templates[stack] : undefined;
  if (!template) return [`there is no stack ${stack} in ${selector.environment}`];
  if (selector.kind === 'stack') return [];
  if (selector.kind === 'output') return selector.key in (template.Outputs ?? {}) ? [] : [`${stack} has no output ${selector.key}`];
  const { type, where = {}, atLeast = 1 } = selector;
  const found = Object.values(template.Resources ?? {}).filter((r) => r.Type === type && hasPart(r.Properties ?? {}, where)).length;
  return found >= atLeast ? [] : [`${stack} has ${found} of ${type} with ${JSON.stringify(where)}, and ${atLeast} are wanted`];
}

/** A name stands in the source between quotes of one kind, escaped as that kind wants it. */
function hasTest(text: string, name: string): boolean {
  return ["'", '"', '`'].some((quote) => text.includes(`${quote}${name.replaceAll(quote, `\\${quote}`)}${quote}`));
}
