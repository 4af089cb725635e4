import { toSentence, type Answer } from '../../../engine/src/answer.ts';
import type { Assembly, Resource, Stack, Template } from '../../../engine/src/assembly/assembly.ts';
import { orderByDependencies, reverse } from '../../../engine/src/assembly/order.ts';
import { toConstructPath } from '../../../engine/src/assembly/resolve.ts';
import { isSamePlace, toSurroundings, type Surroundings } from '../../../engine/src/assembly/surroundings.ts';
import type { Environment } from '../../../engine/src/config/environment.ts';
import { finding, Stop } from '../../../engine/src/finding.ts';
import type { StackResource } from '../../../engine/src/stack-readings.ts';
import type { Clouds } from '../../../engine/src/target.ts';
import type { Cloud, LiveStack } from '../../../engine/src/world.ts';

/** What becomes of a resource when its stack goes, by its deletion policy; `Retain` is also what an earlier deletion left behind. */
export type Policy = 'Delete' | 'Retain' | 'Snapshot';

/** A resource that a stack has, or had when it was deleted. */
export interface OwnedResource {
  /** ARN of the stack that has it: the stack itself, or one nested in it. */
  readonly stackId: string;
  readonly logicalId: string;
  readonly path: string;
  readonly type: string;
  /** Its physical id. */
  readonly name: string;
  readonly policy: Policy;
}

/** A stack that is to go, as it is in AWS. */
export interface DoomedStack {
  readonly stack: Stack;
  readonly at: Surroundings;
  /** Ids of the stacks that have to go before, because they need this one. */
  readonly dependencies: readonly string[];
  /** Undefined when it is not there. */
  readonly live: LiveStack | undefined;
  /** Of the stack that is there, or of the one that left the resources behind. */
  readonly tags: Readonly<Record<string, string>>;
  readonly template: Template;
  /** Of a stack that is gone already: what it left behind, when that was asked for. Nested stacks are not in it, their resources are. */
  readonly resources: readonly OwnedResource[];
  /** The stacks that import each of its exports. */
  readonly importers: readonly { readonly exportName: string; readonly stacks: Answer<readonly string[]> }[];
}

/** Everything that gates and plan look at; plain data. */
export interface Facts {
  readonly environment: Environment;
  /** The account of the credentials. */
  readonly account: string;
  readonly assembly: Assembly;
  /** The chosen stacks, in the order of deletion. */
  readonly stacks: readonly DoomedStack[];
  /** Stacks of the assembly that are there, were not chosen, and need one that was. */
  readonly outside: readonly { readonly stack: Stack; readonly needs: string }[];
}

/** What is read for. `chosen` are in any order. */
export interface FactsQuestion {
  readonly environment: Environment;
  readonly account: string;
  readonly region: string;
  readonly assembly: Assembly;
  readonly chosen: readonly Stack[];
  /** Whether data that stacks which are gone left behind is asked for. */
  readonly withLeftovers: boolean;
  readonly clouds: Clouds;
}

/**
 * Reads what the chosen stacks are in AWS: state, template, resources, and who imports their exports. Reads only.
 *
 * What CloudFormation has decides what would be deleted, not the assembly: it may be newer than the last deployment.
 *
 * @throws Stop with DS105 for all that cannot be read: nobody could say what a deletion would delete. With PF131 for a cycle.
 */
export async function readFacts(question: FactsQuestion): Promise<Facts> {
  const { environment, account, assembly, chosen } = question;
  const read = await Promise.all(chosen.map((stack) => readStack(stack, question)));
  const problems = read.flatMap((r) => ('problem' in r ? [r.problem] : []));
  if (problems.length) throw new Stop(problems.map(({ stack, message }) => finding('DS105', `${stack}: ${message}.`, { stack })));
  const stacks = read.flatMap((r) => ('problem' in r ? [] : [r]));
  return { environment, account, assembly, stacks: orderStacks(stacks), outside: await readOutside(question) };
}

/** A value, or why there is none. */
type Read = DoomedStack | { readonly problem: { readonly stack: string; readonly message: string } };

/** Thrown by `take`, and by nothing else. */
class Unread extends Error {}

function take<T>(answer: Answer<T>): T {
  if (answer.kind === 'unknown') throw new Unread(toSentence(answer.because));
  return answer.value;
}

async function readStack(stack: Stack, question: FactsQuestion): Promise<Read> {
  const at = toSurroundings(stack, question);
  const cloud = question.clouds(at);
  const port = cloud.stacks;
  const base = { stack, at, dependencies: stack.dependencies, template: {}, importers: [] };
  try {
    const live = take(await port.describe(stack.name));
    if (!live || live.status === 'DELETE_COMPLETE')
      return { ...base, live: undefined, ...(question.withLeftovers ? await readLeftovers(stack, cloud) : { tags: {}, resources: [] }) };
    const exports = Object.values(live.outputs).flatMap(({ exportName }) => exportName ?? []);
    const [template, resources, importers] = await Promise.all([
      port.template(live.id).then(take),
      readResources(live.id, stack, stack.displayName, cloud),
      readImporters(exports, cloud),
    ]);
    return { ...base, live, tags: live.tags, template: template ?? {}, resources, importers };
  } catch (thrown) {
    if (thrown instanceof Unread) return { problem: { stack: stack.name, message: thrown.message } };
    throw thrown;
  }
}

/** One after the other: a system has hundreds of exports, and CloudFormation takes few of these calls a second. */
async function readImporters(exports: readonly string[], { readings }: Cloud): Promise<DoomedStack['importers']> {
  const found: DoomedStack['importers'][number][] = [];
  for (const exportName of exports) found.push({ exportName, stacks: await readings.importers({ name: exportName }) });
  return found;
}

async function readResources(id: string, stack: Stack, path: string, cloud: Cloud): Promise<readonly OwnedResource[]> {
  const [template, resources] = await Promise.all([
    cloud.stacks.template(id).then(take),
    cloud.readings.stackResources({ stack: id }).then(take),
  ]);
  const found = await Promise.all(
    [...(resources?.values() ?? [])]
      .filter((r) => r.physicalId && r.status !== 'DELETE_COMPLETE')
      .map(async (resource) => {
        const owned = toOwned(id, resource, template?.Resources?.[resource.logicalId], stack, path);
        const goesOn = owned.type === 'AWS::CloudFormation::Stack' && owned.policy === 'Delete';
        return goesOn ? readResources(owned.name, stack, `${path}/${owned.logicalId}`, cloud) : [owned];
      }),
  );
  return found.flat();
}

/** What the stack that had this name last left behind: its own list of resources says so. */
async function readLeftovers(stack: Stack, { readings, stacks }: Cloud): Promise<Pick<DoomedStack, 'tags' | 'resources'>> {
  const id = take(await readings.lastDeleted({ stack: stack.name }));
  if (!id) return { tags: {}, resources: [] };
  const [gone, resources] = await Promise.all([stacks.describe(id).then(take), readings.stackResources({ stack: id }).then(take)]);
  const left = [...(resources?.values() ?? [])].filter((r) => r.physicalId && r.status === 'DELETE_SKIPPED');
  return { tags: gone?.tags ?? {}, resources: left.map((r) => toOwned(id, r, undefined, stack, stack.displayName)) };
}

function toOwned(stackId: string, resource: StackResource, defined: Resource | undefined, stack: Stack, path: string): OwnedResource {
  const { logicalId, type, physicalId, status } = resource;
  // A nested stack may have the same logical ids as the stack around it.
  const known = path === stack.displayName ? stack.paths.get(logicalId) : undefined;
  return {
    stackId,
    logicalId,
    path: known ?? toConstructPath(defined) ?? `${path}/${logicalId}`,
    type,
    name: physicalId,
    policy: status === 'DELETE_SKIPPED' ? 'Retain' : toPolicy(type, defined),
  };
}

/**
 * Gives what CloudFormation does with a resource when its stack is deleted. A policy that is no plain text counts as `Delete`, the worst case.
 *
 * @source CloudFormation's documents, DeletionPolicy attribute
 */
export function toPolicy(type: string, defined: Resource | undefined): Policy {
  switch (defined?.DeletionPolicy) {
    case 'Retain':
    case 'RetainExceptOnCreate':
      return 'Retain';
    case 'Snapshot':
      return 'Snapshot';
    case undefined:
      return type === 'AWS::RDS::DBCluster' || (type === 'AWS::RDS::DBInstance' && !defined?.Properties?.['DBClusterIdentifier'])
        ? 'Snapshot'
        : 'Delete';
    default:
      return 'Delete';
  }
}

/** Who needs whom is in the assembly, and in the imports that there are in AWS. */
function orderStacks(stacks: readonly DoomedStack[]): readonly DoomedStack[] {
  const items = stacks.map((doomed) => {
    const provides = stacks.filter((other) => other !== doomed && isSamePlace(other.at, doomed.at) && imports(doomed, other));
    const needs = [...new Set([...doomed.stack.dependencies, ...provides.map(({ stack }) => stack.id)])].sort();
    return { id: doomed.stack.id, dependencies: needs, doomed };
  });
  return orderByDependencies(reverse(items)).map(({ doomed, dependencies }) => ({ ...doomed, dependencies }));
}

const imports = ({ stack }: DoomedStack, { importers }: DoomedStack): boolean =>
  importers.some(({ stacks }) => stacks.kind === 'known' && stacks.value.includes(stack.name));

async function readOutside(question: FactsQuestion): Promise<Facts['outside']> {
  const { assembly, chosen, clouds } = question;
  const ids = new Map(chosen.map((s) => [s.id, s.name]));
  const others = assembly.stacks.flatMap((stack) => {
    const needs = ids.has(stack.id) ? [] : stack.dependencies.flatMap((id) => ids.get(id) ?? []);
    return needs.map((name) => ({ stack, needs: name, at: toSurroundings(stack, question) }));
  });
  const found = await Promise.all(
    others.map(async ({ stack, needs, at }) => {
      const live = await clouds(at).stacks.describe(stack.name);
      // One that cannot be read counts as there.
      const isThere = live.kind === 'unknown' || (live.value !== undefined && live.value.status !== 'DELETE_COMPLETE');
      return isThere ? [{ stack, needs }] : [];
    }),
  );
  return found.flat();
}
