import type { StackFacts } from '../../../../engine/src/facts.ts';
import { toCleaned } from '../../../../engine/src/cause/clean.ts';
import { toErrorLines, toNamedGroup, toRequestId } from '../../../../engine/src/cause/logs.ts';
import { toServiceName, toTaskLines } from '../../../../engine/src/cause/tasks.ts';
import type { StackOutcome } from '../../../../engine/src/report/report.ts';
import type { StackEvent } from '../../../../engine/src/stack-readings.ts';
import type { Progress } from '../../../../engine/src/stack-changes.ts';
import type { Cause, Cloud } from '../../../../engine/src/world.ts';

/** Around the failure of a custom resource, in milliseconds: what its function logged before it, and just after. */
const beforeMs = 2 * 60_000;
const afterMs = 60_000;

/** How deep nested stacks are looked into. */
const deepest = 5;

/** A failure, and the nested stacks around it, the outermost first. */
interface Leaf {
  readonly failure: Progress;
  readonly within: readonly string[];
}

/**
 * Gives an outcome with its real cause: the resource that failed in a nested stack, why tasks stopped, what a handler logged.
 *
 * What cannot be read of these is left out: the words of CloudFormation are told in any case. Good outcomes stay as they are.
 */
export async function explain(
  outcome: StackOutcome,
  progress: readonly Progress[],
  facts: StackFacts,
  cloud: Pick<Cloud, 'readings' | 'stacks'>,
): Promise<StackOutcome> {
  if (outcome.kind !== 'rolled-back' && outcome.kind !== 'failed') return outcome;
  const first = findFailure(progress);
  if (!first) return { ...outcome, cause: { ...outcome.cause, message: toCleaned(outcome.cause.message) } };
  const leaf = await findLeaf({ failure: first, within: findAround(first, progress) }, progress, cloud);
  return { ...outcome, cause: await toCause(leaf, facts, cloud) };
}

/** Gives the first failure of a resource, nested stacks among them, that is not the consequence of another. */
export function findFailure(events: readonly Progress[]): Progress | undefined {
  return events.find((p) => /_FAILED$/.test(p.status) && !isOwn(p) && !/cancell?ed/i.test(p.reason));
}

/** The events of a stack tell of the stack itself, too: it is its own resource. One without a stack is of the stack that is deployed. */
const isOwn = ({ type, logicalId, physicalId, stackId }: Progress): boolean =>
  type === nestedType && (physicalId ? physicalId === stackId : stackId === undefined || stackId.split('/')[1] === logicalId);

const nestedType = 'AWS::CloudFormation::Stack';

/** Gives the logical ids of the nested stacks that a failure is in, as far as their own events were seen. */
function findAround({ stackId }: Progress, progress: readonly Progress[]): readonly string[] {
  const around = progress.find((p) => p.type === nestedType && !isOwn(p) && p.physicalId === stackId);
  return around && stackId ? [...findAround(around, progress), around.logicalId] : [];
}

/** The failure of a nested stack says only that: what failed in it is told by its own events. */
async function findLeaf({ failure, within }: Leaf, progress: readonly Progress[], cloud: Pick<Cloud, 'readings'>): Promise<Leaf> {
  if (failure.type !== nestedType || !failure.physicalId || within.length === deepest) return { failure, within };
  const seen = findFailure(progress.filter((p) => p.stackId === failure.physicalId));
  const inner = seen ?? findFailure(await readAttempt(failure.physicalId, cloud));
  return inner ? findLeaf({ failure: inner, within: [...within, failure.logicalId] }, progress, cloud) : { failure, within };
}

/** Gives the events of the last creation or update of a nested stack, its rollback included. */
async function readAttempt(stackId: string, { readings }: Pick<Cloud, 'readings'>): Promise<readonly Progress[]> {
  const events = await readings.stackEvents({ stack: stackId });
  const all = events.kind === 'known' ? (events.value ?? []) : [];
  const begins = (e: StackEvent) => e.physicalId === stackId && /^(CREATE|UPDATE)_IN_PROGRESS$/.test(e.status);
  return all.slice(Math.max(0, all.findLastIndex(begins))).map((e) => ({ ...e, stackId }));
}

async function toCause({ failure, within }: Leaf, facts: StackFacts, cloud: Pick<Cloud, 'readings' | 'stacks'>): Promise<Cause> {
  const { logicalId, type, reason } = failure;
  const details = await findDetails({ failure, within }, facts, cloud);
  return {
    logicalId,
    type,
    message: toCleaned(reason),
    ...(within.length ? { within } : {}),
    ...(details.length ? { details } : {}),
  };
}

async function findDetails(leaf: Leaf, facts: StackFacts, cloud: Pick<Cloud, 'readings' | 'stacks'>): Promise<readonly string[]> {
  const { type } = leaf.failure;
  if (type === 'AWS::ECS::Service') return findTasks(leaf.failure, cloud);
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') return findLogs(leaf, facts, cloud);
  return [];
}

async function findTasks({ physicalId = '' }: Progress, { readings }: Pick<Cloud, 'readings'>): Promise<readonly string[]> {
  const of = toServiceName(physicalId);
  const tasks = of && (await readings.stoppedTasks(of));
  return tasks?.kind === 'known' ? toTaskLines(tasks.value ?? []) : [];
}

async function findLogs(leaf: Leaf, facts: StackFacts, cloud: Pick<Cloud, 'readings' | 'stacks'>): Promise<readonly string[]> {
  const { reason, atMs } = leaf.failure;
  const group = toNamedGroup(reason) ?? (await findGroup(leaf, facts, cloud));
  if (group === undefined || atMs === undefined) return [];
  const lines = await cloud.readings.logLines({ group, fromMs: atMs - beforeMs, toMs: atMs + afterMs });
  const told = lines.kind === 'known' ? toErrorLines(lines.value ?? [], toRequestId(reason)) : [];
  return told.length ? [`${group} says:`, ...told] : [];
}

/** The event does not name the function behind a custom resource: its ServiceToken does, most often by a reference. */
async function findGroup(
  { failure, within }: Leaf,
  facts: StackFacts,
  { readings, stacks }: Pick<Cloud, 'readings' | 'stacks'>,
): Promise<string | undefined> {
  const stack = failure.stackId ?? facts.stack.name;
  const nested = within.length ? await stacks.template(stack) : undefined;
  const template = nested ? (nested.kind === 'known' ? nested.value : undefined) : facts.stack.template;
  const token = template?.Resources?.[failure.logicalId]?.Properties?.['ServiceToken'];
  const name = typeof token === 'string' ? token : await findPhysicalId(stack, toReferred(token), readings);
  if (!name || /^arn:(?![\w-]+:lambda:)/.test(name)) return undefined;
  const group = await readings.functionLogs({ name });
  return (group.kind === 'known' ? group.value : undefined) ?? `/aws/lambda/${name.replace(/^arn:.*:function:/, '').split(':')[0]}`;
}

function toReferred(token: unknown): string | undefined {
  const { Ref, 'Fn::GetAtt': attribute } = (token ?? {}) as { readonly Ref?: unknown; readonly 'Fn::GetAtt'?: unknown };
  const first: unknown = Array.isArray(attribute) ? attribute[0] : typeof attribute === 'string' ? attribute.split('.')[0] : Ref;
  return typeof first === 'string' ? first : undefined;
}

async function findPhysicalId(stack: string, logicalId: string | undefined, readings: Cloud['readings']): Promise<string | undefined> {
  if (logicalId === undefined) return undefined;
  const resources = await readings.stackResources({ stack });
  const found = resources.kind === 'known' ? resources.value?.get(logicalId) : undefined;
  return found?.type === 'AWS::Lambda::Function' ? found.physicalId : undefined;
}
