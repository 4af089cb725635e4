import { known, toSentence } from '../../../../engine/src/answer.ts';
import { toTaskLines } from '../../../../engine/src/cause/tasks.ts';
import { toRevisionNote, type ServiceCode } from '../../../../engine/src/code.ts';
import type { Cloud, World } from '../../../../engine/src/world.ts';
import { toUnsteady, type ServiceOrder } from './judge-service.ts';
import { toUnwritten, type Ended, type Way } from './way.ts';

/** How often a service is looked at, in milliseconds. */
const pollMs = 10_000;

/** How many looks in a row may fail before nothing is known. */
const patience = 6;

/** How many looks may miss a deployment that was asked for: what ECS tells may be a little old. */
const unsettled = 2;

/** How a release stands. */
export type Standing =
  | { readonly kind: 'steady' }
  | { readonly kind: 'waiting'; readonly what: string }
  /** ECS went back by itself, or gave up. */
  | { readonly kind: 'broken'; readonly why: string }
  | { readonly kind: 'replaced'; readonly by: string };

/** Gives how a release of a revision stands, when `former` ran before it. */
export function judgeRelease(code: ServiceCode, wanted: string, former: string): Standing {
  const own = code.deployments.find((d) => d.taskDefinition === wanted);
  const primary = code.deployments.find((d) => d.status === 'PRIMARY') ?? code.deployments[0];
  if (own?.rollout === 'FAILED') return { kind: 'broken', why: own.reason || 'its deployment failed' };
  if (code.taskDefinition !== wanted && primary?.taskDefinition !== wanted) {
    const by = primary?.taskDefinition ?? code.taskDefinition;
    return by === former ? { kind: 'broken', why: primary?.reason || 'ECS went back to the former revision' } : { kind: 'replaced', by };
  }
  const lacks = toUnsteady(code);
  return lacks === undefined ? { kind: 'steady' } : { kind: 'waiting', what: lacks };
}

/** Lets a service run other images, and waits until it is steady with them; a release that breaks is not brought back here. */
export async function releaseService(order: ServiceOrder, cloud: Cloud, way: Way, world: World): Promise<Ended> {
  const { service, former, target } = order;
  const { swap } = order;
  const note = toRevisionNote(world.clock.now(), world.run.id, swap ? 'method: hotswap' : 'mode: code', order.lendsBreaker);
  const revise = () => cloud.code.revise({ taskDefinition: former, images: order.images, note });
  const made = swap?.revision ? known(swap.revision) : await revise();
  if (made.kind === 'unknown') return toUnwritten(made.because);
  if (order.lendsBreaker && !swap?.waits) {
    const lent = await cloud.code.setBreaker({ ...service, isOn: true });
    if (lent.kind === 'unknown') return toUnwritten(lent.because);
  }
  const startMs = world.clock.now();
  const released = swap?.waits ? known(undefined) : await cloud.code.release({ ...service, taskDefinition: made.value });
  world.log.line(`🚀 ${target.id}: ${order.to} (${made.value.split('/').at(-1)})`);
  const end = released.kind === 'unknown' ? toUnwritten(released.because) : await untilSteady(order, made.value, cloud, way, world);
  const read = end.kind === 'updated' ? await readBack(order, made.value, cloud) : end;
  if (order.lendsBreaker && read.kind !== 'running') {
    const off = await cloud.code.setBreaker({ ...service, isOn: false });
    if (off.kind === 'unknown') world.log.line(`   ${target.id}: its circuit breaker stays on, ${toSentence(off.because)}`);
  }
  return read.kind === 'broken' ? { ...read, why: [read.why, ...(await toCauses(order, startMs, cloud))].join('\n') } : read;
}

async function untilSteady(order: ServiceOrder, wanted: string, { readings }: Cloud, way: Way, world: World): Promise<Ended> {
  let said = '';
  let unread = 0;
  let looks = 0;
  let wasSeen = false;
  for (;;) {
    const answer = await readings.serviceCode(order.service);
    const seen = answer.kind === 'known' ? answer.value : undefined;
    wasSeen ||= seen?.deployments.some((d) => d.taskDefinition === wanted) ?? false;
    if (seen) looks += 1;
    unread = answer.kind === 'unknown' ? unread + 1 : 0;
    if (answer.kind === 'unknown' && (unread >= patience || answer.because.why === 'denied'))
      return { kind: 'running', what: toSentence(answer.because) };
    if (answer.kind === 'known' && !answer.value) return { kind: 'broken', why: 'the service is not there any more' };
    const standing = seen && judgeRelease(seen, wanted, order.former);
    if (standing?.kind === 'steady') return { kind: 'updated' };
    if (standing?.kind === 'broken' && (wasSeen || looks > unsettled)) return standing;
    if (standing?.kind === 'replaced') return { kind: 'running', what: `something else let it run ${standing.by}` };
    const what = toWhat(standing);
    if (what !== said) world.log.line(`   ${order.target.id}: not yet steady, ${what}`);
    said = what;
    if (way.cancelled.aborted) return { kind: 'running', what };
    if (world.clock.now() + pollMs > way.endMs) return { kind: 'broken', why: `it did not become steady in time: ${what}` };
    await world.clock.sleep(pollMs, way.cancelled);
  }
}

function toWhat(standing: Exclude<Standing, { readonly kind: 'replaced' }> | undefined): string {
  if (!standing) return 'it cannot be read';
  return standing.kind === 'waiting' ? standing.what : 'ECS does not show its deployment yet';
}

/** Every task has to be of the new revision, and to run the image that is wanted, as far as ECS tells its digest. */
async function readBack({ service, digests }: ServiceOrder, wanted: string, { readings }: Cloud): Promise<Ended> {
  const tasks = await readings.runningTasks(service);
  if (tasks.kind === 'unknown') return { kind: 'broken', why: `what its tasks run cannot be read: ${toSentence(tasks.because)}` };
  const own = (tasks.value ?? []).filter((t) => t.taskDefinition === wanted);
  const wrong = own.flatMap((t) => t.containers).find((c) => c.digest && isOther(c.digest, digests[c.name]));
  if (!wrong) return { kind: 'updated' };
  return { kind: 'broken', why: `container ${wrong.name} runs ${wrong.digest}, and not ${digests[wrong.name]?.[0] ?? ''}` };
}

const isOther = (digest: string, wanted: readonly string[] = []): boolean => wanted.length > 0 && !wanted.includes(digest);

/** Why tasks stopped since the release began; clocks may differ by a second. */
async function toCauses({ service }: ServiceOrder, startMs: number, { readings }: Cloud): Promise<readonly string[]> {
  const stopped = await readings.stoppedTasks(service);
  return stopped.kind === 'known' ? toTaskLines((stopped.value ?? []).filter((t) => t.stoppedAtMs >= startMs - 1_000)) : [];
}

/** Lets a service run what it ran before, and waits until it is steady; gives what went wrong, or nothing. */
export async function restoreService(order: ServiceOrder, cloud: Cloud, way: Way, { clock, run }: World): Promise<string | undefined> {
  const { service, former, back } = order;
  const now = await cloud.readings.serviceCode(service);
  let wanted = former;
  if (now.kind === 'known' && now.value?.taskDefinition !== former) {
    const by = order.swap ? 'method: hotswap' : 'mode: code';
    const note = toRevisionNote(clock.now(), `${run.id} going back`, by);
    const made = Object.keys(back).length ? await cloud.code.revise({ taskDefinition: former, images: back, note }) : known(former);
    if (made.kind === 'unknown') return toSentence(made.because);
    wanted = made.value;
    const released = await cloud.code.release({ ...service, taskDefinition: wanted });
    if (released.kind === 'unknown') return toSentence(released.because);
  }
  for (;;) {
    const answer = await cloud.readings.serviceCode(service);
    const lacks = answer.kind === 'unknown' ? toSentence(answer.because) : toLack(answer.value, wanted);
    if (lacks === undefined) return readFormer(order, wanted, cloud);
    if (way.cancelled.aborted || clock.now() + pollMs > way.endMs) return lacks;
    await clock.sleep(pollMs, way.cancelled);
  }
}

/** A former revision runs the former image only as long as its tag leads there. */
async function readFormer(order: ServiceOrder, wanted: string, cloud: Cloud): Promise<string | undefined> {
  const digests = Object.fromEntries(Object.entries(order.formerDigests).map(([name, digest]) => [name, [digest]]));
  const end = await readBack({ ...order, digests }, wanted, cloud);
  return end.kind === 'broken' ? end.why : undefined;
}

function toLack(code: ServiceCode | undefined, wanted: string): string | undefined {
  if (!code) return 'the service is not there any more';
  if (code.taskDefinition !== wanted) return `it runs ${code.taskDefinition}`;
  return toUnsteady(code);
}
