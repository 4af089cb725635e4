import { toSentence } from '../../../../engine/src/answer.ts';
import { toPlace } from '../../../../engine/src/checks/check.ts';
import { resolveText } from '../../../../engine/src/assembly/resolve.ts';
import type { StackFacts } from '../../../../engine/src/facts.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { Readings } from '../../../../engine/src/readings.ts';
import type { StackResource } from '../../../../engine/src/stack-readings.ts';
import type { Clock, Cloud, LiveStack } from '../../../../engine/src/world.ts';

/** Gives what a deployed stack lacks: outputs and exports of its template that the live stack does not have. */
export function judgeOutputs({ stack, at }: StackFacts, live: LiveStack): readonly Finding[] {
  return Object.entries(stack.template.Outputs ?? {}).flatMap(([key, output]) => {
    if (output.Condition || key.startsWith('Fn::')) return []; // a macro stands for outputs that nobody knows
    const found = live.outputs[key];
    if (!found) return [finding('DP130', `${stack.name} has no output ${key}.`, toPlace(stack))];
    const wanted = output.Export ? resolveText(output.Export.Name, { ...stack, parameters: live.parameters }, at) : undefined;
    if (wanted === undefined || found.exportName === wanted) return [];
    return [
      finding(
        'DP130',
        `The output ${key} of ${stack.name} is exported as ${found.exportName ?? 'nothing'}, not as ${wanted}.`,
        toPlace(stack),
      ),
    ];
  });
}

/** How often, and how far apart, a new data resource is looked at until it is active. */
const looks = 5;
const apartMs = 2_000;

/** A data resource that a run created: its name is what AWS calls it. */
export interface Created {
  readonly type: string;
  readonly name: string;
  /** Name of the stack that has it. */
  readonly stack: string;
}

/** The types that hold data whose state a look by name tells. */
const tellable: ReadonlySet<string> = new Set(['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::ECR::Repository']);

/**
 * Gives what of the data resources that a run created in a stack is not there or not active, as CloudFormation names them.
 *
 * One call more for a stack that made any; none for the others.
 */
export async function readCreatedIn(facts: StackFacts, { readings }: Cloud, clock: Clock): Promise<readonly Finding[]> {
  const { stack, changes } = facts;
  const made = changes.filter((c) => tellable.has(c.type) && ['create', 'import', 'replace', 'maybe-replace'].includes(c.action));
  if (made.length === 0) return [];
  const resources = await readings.stackResources({ stack: stack.name });
  if (resources.kind === 'unknown')
    return [finding('PF001', `What ${stack.name} created: ${toSentence(resources.because)}.`, toPlace(stack))];
  const created = made.flatMap(({ logicalId, type }): Created[] => {
    const { physicalId: name = '' } = resources.value?.get(logicalId) ?? {};
    return name ? [{ type, name, stack: stack.name }] : [];
  });
  return [...judgeAdopted(facts, resources.value), ...(await readCreated(created, readings, clock))];
}

/** What was adopted is in its stack under the name that it had before. */
function judgeAdopted({ stack, named, adopts }: StackFacts, live: ReadonlyMap<string, StackResource> | undefined): readonly Finding[] {
  return named
    .filter(({ logicalId, name }) => adopts.includes(logicalId) && live?.get(logicalId)?.physicalId !== name)
    .map(({ logicalId, type, name }) => {
      const found = live?.get(logicalId)?.physicalId;
      return finding(
        'DP132',
        `The ${type} ${name} is not in ${stack.name}: ${logicalId} is ${found || 'not there'}.`,
        toPlace(stack, logicalId),
      );
    });
}

/** Gives which of the data resources that a run created are not there or not active, after a bounded wait. */
export async function readCreated(created: readonly Created[], readings: Readings, clock: Clock): Promise<readonly Finding[]> {
  const found = await Promise.all(created.map((decision) => readOne(decision, readings, clock)));
  return found.flat();
}

async function readOne({ type, name, stack }: Created, readings: Readings, clock: Clock): Promise<readonly Finding[]> {
  for (let look = 1; ; look++) {
    const presence = await readings.presence({ type, name });
    if (presence.kind === 'known' && presence.value.kind === 'present' && presence.value.active) return [];
    if (presence.kind === 'unknown')
      return [finding('PF001', `${type} ${name} after its creation: ${presence.because.call} ${presence.because.why}.`, { stack })];
    if (look === looks)
      return [
        finding('DP131', `The ${type} ${name} is ${presence.value.kind === 'present' ? 'there and not active' : 'not there'}.`, { stack }),
      ];
    await clock.sleep(apartMs);
  }
}
