import { toSentence } from '../../../../engine/src/answer.ts';
import { finding, type Finding, type Place } from '../../../../engine/src/finding.ts';
import type { StackResource } from '../../../../engine/src/stack-readings.ts';
import type { Cloud } from '../../../../engine/src/world.ts';
import type { OwnedResource } from '../facts.ts';

/** What became of data that was to be deleted. */
export interface Removal {
  readonly removed: readonly OwnedResource[];
  readonly findings: readonly Finding[];
}

/** Says whether a stack that was deleted left a resource behind, by its own list of resources. */
export const isLeftBehind = ({ logicalId, name }: OwnedResource, list: readonly StackResource[]): boolean =>
  list.some((r) => r.logicalId === logicalId && r.physicalId === name && r.status === 'DELETE_SKIPPED');

/**
 * Deletes data that stacks which are gone left behind, one after the other, and reads back that it is gone.
 *
 * Only what no stack has taken over in the meantime; what cannot be proven to be free is left alone.
 */
export async function removeData(resources: readonly OwnedResource[], cloud: Cloud, stack: string): Promise<Removal> {
  const removed: OwnedResource[] = [];
  const findings: Finding[] = [];
  for (const resource of resources) {
    const problem = await removeOne(resource, cloud, { stack, constructPath: resource.path });
    if (problem) findings.push(problem);
    else removed.push(resource);
  }
  return { removed, findings };
}

async function removeOne({ type, name }: OwnedResource, cloud: Cloud, place: Place): Promise<Finding | undefined> {
  const what = `${type} ${name}`;
  const owner = await cloud.readings.owner({ type, physicalId: name });
  if (owner.kind === 'unknown') return finding('DS150', `${what}: who owns it now cannot be read: ${toSentence(owner.because)}.`, place);
  if (owner.value) return finding('DS151', `${what} belongs to the stack ${owner.value.stack} by now, so it is left alone.`, place);
  const gone = await cloud.data.remove(type, name);
  if (gone.kind === 'unknown') return finding('DS150', `${what}: ${toSentence(gone.because)}.`, place);
  const presence = await cloud.readings.presence({ type, name });
  const isThere = presence.kind === 'known' && presence.value.kind === 'present';
  return isThere ? finding('DS150', `${what} is still there.`, place) : undefined;
}
