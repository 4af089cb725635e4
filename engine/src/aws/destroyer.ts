import {
  CloudFormationClient,
  DeleteStackCommand,
  UpdateTerminationProtectionCommand,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import type { DestroyOrder, Destroyer, Progress } from '../stack-changes.ts';
import { follow } from './follow.ts';
import { clientDefaults, toWhy, type ClientConfig } from './call.ts';
import { toRoleConfig } from './identity.ts';
import { readEvents, toProgress } from './stack-events.ts';

/**
 * Makes the port that deletes stacks: protection, order, and the wait for its end.
 *
 * In another account than that of the credentials (`isElsewhere`) nothing is done without the deploy role of the stack.
 */
export function createDestroyer(config: ClientConfig, isElsewhere = false): Destroyer {
  const clientOf = toClients(config, isElsewhere);
  return {
    destroy: async (order, onProgress) => {
      try {
        return await destroyOne(await clientOf(order.roles), order, onProgress);
      } catch (thrown) {
        return { error: thrown instanceof Error ? thrown.message : String(thrown) };
      }
    },
  };
}

/** Gives the clients that change stacks, one for each role; where AWS refuses it at home, the credentials are used as they are. */
export function toClients(config: ClientConfig, isElsewhere: boolean): (roles: DestroyOrder['roles']) => Promise<CloudFormationClient> {
  const clients = new Map<string, Promise<CloudFormationClient>>();
  return (roles) => {
    const key = roles.deploy ?? '';
    const found = clients.get(key) ?? connect(config, roles, isElsewhere);
    clients.set(key, found);
    found.catch(() => clients.delete(key)); // what passes is tried again with the next stack
    return found;
  };
}

async function connect(
  config: ClientConfig,
  { deploy, externalId }: DestroyOrder['roles'],
  isElsewhere: boolean,
): Promise<CloudFormationClient> {
  const passOver = (thrown: unknown): ClientConfig => {
    if (isElsewhere || !['denied', 'refused'].includes(toWhy(thrown))) throw thrown;
    return config;
  };
  const assumed = deploy ? await toRoleConfig(config, deploy, externalId).catch(passOver) : config;
  return new CloudFormationClient({ ...clientDefaults, ...assumed });
}

/**
 * Deletes one stack and waits for its end. A stack whose deletion does not begin is as protected afterwards as it was before.
 *
 * @throws what CloudFormation says of an order that it does not take.
 */
export async function destroyOne(
  client: CloudFormationClient,
  order: DestroyOrder,
  onProgress: (progress: Progress) => void,
): Promise<{ readonly error?: string }> {
  if (!order.liftsProtection) return deleteOne(client, order, onProgress);
  const protect = (EnableTerminationProtection: boolean) =>
    client.send(new UpdateTerminationProtectionCommand({ StackName: order.id, EnableTerminationProtection }));
  await protect(false);
  let hasBegun = false;
  try {
    const end = await deleteOne(client, order, onProgress);
    hasBegun = end.error === undefined;
    return end;
  } finally {
    // What stopped the deletion is told; a stack that goes after all takes no protection.
    if (!hasBegun) await protect(true).catch(() => undefined);
  }
}

/** Gives what CloudFormation says when the deletion does not begin. @throws what it says of an order that it does not take. */
async function deleteOne(
  client: CloudFormationClient,
  { id, roles, retains = [] }: DestroyOrder,
  onProgress: (progress: Progress) => void,
): Promise<{ readonly error?: string }> {
  const RetainResources = retains.length ? { RetainResources: [...retains] } : {};
  const command = { StackName: id, ...RetainResources, ...(roles.execution ? { RoleARN: roles.execution } : {}) };
  const send = () => client.send(new DeleteStackCommand(command));
  return follow(client, id, send, onProgress, async ({ status, events, isDue }) => {
    if (status === 'DELETE_FAILED') await tellNested(client, id, events, onProgress);
    if (status === 'DELETE_COMPLETE' || status === 'DELETE_FAILED') return {};
    const hasEnded = status !== 'DELETE_IN_PROGRESS' && (isDue || events.length > 0);
    return hasEnded
      ? { error: events.findLast((e) => e.ResourceStatusReason)?.ResourceStatusReason ?? `it stays in ${status}` }
      : undefined;
  });
}

/** The event of a nested stack that failed says only that; what failed in it is told by its own events since its deletion began. */
async function tellNested(
  client: CloudFormationClient,
  id: string,
  events: readonly StackEvent[],
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const failed = events.filter((e) => e.ResourceStatus === 'DELETE_FAILED' && e.ResourceType === 'AWS::CloudFormation::Stack');
  for (const { PhysicalResourceId: inner = id } of failed) {
    if (inner === id) continue;
    const all = await readEvents(client, inner, undefined);
    const since = all.slice(all.findLastIndex((e) => e.PhysicalResourceId === inner && e.ResourceStatus === 'DELETE_IN_PROGRESS') + 1);
    since.map(toProgress).forEach(onProgress);
    await tellNested(client, inner, since, onProgress);
  }
}
