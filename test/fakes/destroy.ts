import { toImports } from '../../engine/src/assembly/resolve.ts';
import type { StackResource } from '../../engine/src/stack-readings.ts';
import type { DestroyOrder, Progress } from '../../engine/src/stack-changes.ts';
import type { Clock } from '../../engine/src/world.ts';
import type { FakeAws, FakeStack } from './account.ts';
import { readSampleStack } from './assembly.ts';

/** Deletes a stack as CloudFormation does: protection, exports in use and what is filled stop it, and what is retained stays. */
export async function destroy(
  aws: FakeAws,
  region: string,
  clock: Clock,
  order: DestroyOrder,
  onProgress: (p: Progress) => void,
): Promise<{ readonly error?: string }> {
  const [key, stack] = [...aws.stacks].find(([, { id }]) => id === order.id) ?? [];
  if (!key || !stack) return {};
  aws.calls.push(`${region} destroy ${stack.name}`);
  aws.destroyOrders.push(order);
  if (stack.terminationProtection && !order.liftsProtection) return { error: `Stack [${stack.name}] is protected` };
  const used = Object.values(stack.outputs).find(({ exportName }) => exportName && findImporters(aws, region, exportName).length);
  if (used?.exportName) return { error: `Export ${used.exportName} cannot be deleted as it is in use by somebody` };
  const script = aws.scripts.get(stack.name) ?? {};
  const going = { ...stack, terminationProtection: false };
  aws.stacks.set(key, { ...going, status: 'DELETE_IN_PROGRESS' });
  await clock.sleep(script.ms ?? 1_000);
  script.progress?.forEach(onProgress);
  if (script.hangs) return new Promise(() => {});
  const resources = new Map(
    [...toStackResources(stack)].map(([id, r]) => [id, { ...r, status: toDeletedStatus(r, stack, aws, order.retains) }]),
  );
  resources.forEach(({ logicalId, type, status }) =>
    onProgress({ logicalId, type, status, reason: status === 'DELETE_FAILED' ? 'The bucket you tried to delete is not empty' : '' }),
  );
  if (script.endsIn) aws.stacks.set(key, { ...going, status: script.endsIn });
  else if ([...resources.values()].some(({ status }) => status === 'DELETE_FAILED'))
    aws.stacks.set(key, { ...going, status: 'DELETE_FAILED' });
  else {
    aws.stacks.delete(key);
    aws.deleted.set(stack.id, { stack: { ...going, status: 'DELETE_COMPLETE' }, resources });
    for (const { type, physicalId, status } of resources.values())
      if (status === 'DELETE_SKIPPED') aws.things.set(`${type} ${physicalId}`, { kind: 'present', active: true });
  }
  script.atEnd?.();
  return script.error === undefined ? {} : { error: script.error };
}

function toDeletedStatus(
  { logicalId, type, physicalId }: StackResource,
  { template }: FakeStack,
  { filled }: FakeAws,
  retains: readonly string[] = [],
): string {
  if (retains.includes(logicalId)) return 'DELETE_SKIPPED';
  if (String(template.Resources?.[logicalId]?.DeletionPolicy).startsWith('Retain')) return 'DELETE_SKIPPED';
  return filled.has(`${type} ${physicalId}`) ? 'DELETE_FAILED' : 'DELETE_COMPLETE';
}

/** Gives the resources of a stack that is there; what has no name of its own is called after its stack and logical id. */
export const toStackResources = ({ name, names, template, status }: FakeStack): ReadonlyMap<string, StackResource> =>
  new Map(
    Object.entries(template.Resources ?? {}).map(([logicalId, { Type }]) => [
      logicalId,
      { logicalId, type: Type, physicalId: names[logicalId] ?? `${name}-${logicalId}`, status: toStatus(status) },
    ]),
  );

/** A creation that was rolled back has deleted all that it made. */
const toStatus = (ofStack: string): string => (ofStack === 'ROLLBACK_COMPLETE' ? 'DELETE_COMPLETE' : 'CREATE_COMPLETE');

/** Gives the names of the stacks of a region that import an export. */
export function findImporters(aws: FakeAws, region: string, exportName: string): readonly string[] {
  const at = { account: aws.account, region };
  return [...aws.stacks].flatMap(([key, { name, template, parameters }]) =>
    key.startsWith(`${region} `) && toImports({ ...readSampleStack({}, name), template, parameters }, at).includes(exportName)
      ? [name]
      : [],
  );
}
