import { toSentence, type Answer } from '../../../../engine/src/answer.ts';
import { toFunctionNote, type CodeGiver } from '../../../../engine/src/code.ts';
import type { Cloud, World } from '../../../../engine/src/world.ts';
import type { FunctionOrder } from './judge-function.ts';
import { toUnwritten, type Ended, type Way } from './way.ts';

/** How often a function is looked at, in milliseconds. */
const pollMs = 2_000;

/** How many looks in a row may fail before nothing is known. */
const patience = 10;

const changedBy = 'something else changed it meanwhile';

/**
 * Gives a function other code, and lets the aliases of its stack lead to a version of it, or as a swap says; what breaks is not brought
 * back here. With the code of its stack the note of what was given before goes last: until then it says what may be half done.
 */
export async function releaseFunction(order: FunctionOrder, cloud: Cloud, way: Way, world: World): Promise<Ended> {
  const { name, code, revision, target, swap, aliases } = order;
  if (swap?.leadsOnly) return leadAliases(order, swap.leads, cloud, world);
  const replaced = await cloud.code.replace({ name, code, revision });
  if (replaced.kind === 'unknown') return toUnwritten(replaced.because);
  if (replaced.value === 'changed') return { kind: 'refused', why: changedBy };
  world.log.line(`🚀 ${target.id}: ${order.to}`);
  const { sha256 } = replaced.value;
  const end = await untilUpdated(name, sha256, cloud, way, world);
  if (end.kind !== 'updated') return end;
  if (swap?.isOfStack) {
    const led = await leadAliases(order, swap.leads, cloud, world);
    return led.kind === 'updated' ? note(order, undefined, cloud) : led;
  }
  const by: CodeGiver = swap ? 'method: hotswap' : 'mode: code';
  const noted = await note(order, toFunctionNote(world.clock.now(), sha256, order.to, by), cloud);
  if (noted.kind !== 'updated' || aliases.length === 0) return noted;
  return swap ? leadAliases(order, swap.leads, cloud, world) : shiftAliases(order, sha256, cloud, way, world);
}

/** Writes the note of a function, or takes away the one that it has. */
async function note({ arn, formerNote }: FunctionOrder, text: string | undefined, cloud: Cloud): Promise<Ended> {
  if (text === undefined && formerNote === undefined) return { kind: 'updated' };
  const noted = await cloud.code.note({ arn, text });
  return noted.kind === 'known' ? { kind: 'updated' } : { kind: 'broken', why: `its note cannot be written: ${toSentence(noted.because)}` };
}

async function untilUpdated(name: string, sha256: string, { readings }: Cloud, way: Way, world: World): Promise<Ended> {
  let unread = 0;
  for (;;) {
    const answer = await readings.functionCode({ name });
    unread = answer.kind === 'unknown' ? unread + 1 : 0;
    if (answer.kind === 'unknown' && (unread >= patience || answer.because.why === 'denied'))
      return { kind: 'running', what: toSentence(answer.because) };
    const found = answer.kind === 'known' ? answer.value : undefined;
    if (answer.kind === 'known' && !found) return { kind: 'broken', why: 'the function is not there any more' };
    if (found?.update === 'Failed' || found?.state === 'Failed') return { kind: 'broken', why: found.reason || 'its update failed' };
    if (found && found.update === 'Successful' && found.state !== 'Pending')
      return found.sha256 === sha256 ? { kind: 'updated' } : { kind: 'broken', why: `it has the code ${found.sha256}, and not ${sha256}` };
    if (way.cancelled.aborted) return { kind: 'running', what: 'its update is under way' };
    if (world.clock.now() + pollMs > way.endMs) return { kind: 'broken', why: 'its update did not end in time' };
    await world.clock.sleep(pollMs, way.cancelled);
  }
}

async function shiftAliases(order: FunctionOrder, sha256: string, cloud: Cloud, way: Way, world: World): Promise<Ended> {
  const { name, aliases } = order;
  const description = `mode: code, run ${world.run.id}: ${order.to}`.slice(0, 256);
  const version = await cloud.code.publish({ name, sha256, note: description });
  if (version.kind === 'unknown') return { kind: 'broken', why: toSentence(version.because) };
  const ready = await untilUpdated(`${name}:${version.value}`, sha256, cloud, way, world);
  if (ready.kind !== 'updated') return ready;
  return leadAliases(order, Object.fromEntries(aliases.map((a) => [a.name, version.value])), cloud, world);
}

async function leadAliases(
  { name, aliases, target }: FunctionOrder,
  leads: Readonly<Record<string, string>>,
  cloud: Cloud,
  world: World,
): Promise<Ended> {
  for (const { name: alias, version: former, revision } of aliases) {
    const version = leads[alias] ?? former;
    const why = toWhyNot(await cloud.code.shift({ name, alias, version, revision }));
    if (why !== undefined) return { kind: 'broken', why: `alias ${alias}: ${why}` };
    world.log.line(`   ${target.id}: ${alias} leads to version ${version}`);
  }
  return { kind: 'updated' };
}

const toWhyNot = (answer: Answer<'shifted' | 'changed'>): string | undefined => {
  if (answer.kind === 'unknown') return toSentence(answer.because);
  return answer.value === 'changed' ? changedBy : undefined;
};

/** Gives a function its former code, and its aliases their former versions; gives what went wrong, or nothing. */
export async function restoreFunction(order: FunctionOrder, cloud: Cloud, way: Way, world: World): Promise<string | undefined> {
  const { name, aliases, former, formerSha256 } = order;
  const problems: string[] = [];
  const live = await cloud.readings.functionAliases({ name });
  const now = new Map((live.kind === 'known' ? (live.value ?? []) : []).map((a) => [a.name, a.version]));
  for (const { name: alias, version } of aliases.filter((a) => now.get(a.name) !== a.version)) {
    const why = toWhyNot(await cloud.code.shift({ name, alias, version }));
    if (why !== undefined) problems.push(`alias ${alias}: ${why}`);
  }
  const code = await cloud.readings.functionCode({ name });
  const isBack = code.kind === 'known' && code.value?.sha256 === formerSha256 && code.value.update === 'Successful';
  const left = isBack ? [] : await bringBack(name, former, formerSha256, cloud, way, world);
  problems.push(...left);
  if (left.length) return problems.join('; '); // its note says what it still runs
  const noted = await cloud.code.note({ arn: order.arn, text: order.formerNote });
  if (noted.kind === 'unknown') problems.push(toSentence(noted.because));
  return problems.length ? problems.join('; ') : undefined;
}

async function bringBack(
  name: string,
  former: FunctionOrder['former'],
  formerSha256: string,
  cloud: Cloud,
  way: Way,
  world: World,
): Promise<readonly string[]> {
  const replaced = await cloud.code.replace({ name, code: former });
  if (replaced.kind === 'unknown') return [toSentence(replaced.because)];
  const end = await untilUpdated(name, formerSha256, cloud, way, world);
  switch (end.kind) {
    case 'updated':
      return [];
    case 'running':
      return [end.what];
    default:
      return [end.why];
  }
}
