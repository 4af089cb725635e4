import {
  ContinueUpdateRollbackCommand,
  DeleteChangeSetCommand,
  RollbackStackCommand,
  type CloudFormationClient,
} from '@aws-sdk/client-cloudformation';
import type { Progress, Recoverer } from '../stack-changes.ts';
import { ask, type ClientConfig } from './call.ts';
import { toClients } from './destroyer.ts';
import { follow } from './follow.ts';
import { isOwn } from './stack-events.ts';
import { isMissing } from './stacks.ts';

/** Makes the port that brings stuck stacks back: rollbacks, and the wait for their end; elsewhere as the deploy role of the stack alone. */
export function createRecoverer(config: ClientConfig, isElsewhere = false): Recoverer {
  const clientOf = toClients(config, isElsewhere);
  return {
    continueRollback: async ({ id, roles, skip }, onProgress) => {
      const order = {
        StackName: id,
        ...(skip.length ? { ResourcesToSkip: [...skip] } : {}),
        ...(roles.execution ? { RoleARN: roles.execution } : {}),
      };
      return rollBack(clientOf(roles), id, (client) => client.send(new ContinueUpdateRollbackCommand(order)), onProgress);
    },
    rollBack: async ({ id, roles }, onProgress) => {
      const order = { StackName: id, ...(roles.execution ? { RoleARN: roles.execution } : {}) };
      return rollBack(clientOf(roles), id, (client) => client.send(new RollbackStackCommand(order)), onProgress);
    },
    removeChangeSets: ({ id, roles }, names) =>
      ask('cloudformation:DeleteChangeSet', id, async () => removeChangeSets(await clientOf(roles), id, names)),
  };
}

async function rollBack(
  connecting: Promise<CloudFormationClient>,
  id: string,
  send: (client: CloudFormationClient) => Promise<unknown>,
  onProgress: (progress: Progress) => void,
): Promise<{ readonly error?: string }> {
  try {
    return await rollBackOne(await connecting, id, send, onProgress);
  } catch (thrown) {
    return { error: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/**
 * Orders a rollback and waits until it is complete; gives what stopped it.
 *
 * Its end is told by an event that came after the order: the state before may be called the same.
 *
 * @throws what CloudFormation says of an order that it does not take.
 */
export async function rollBackOne(
  client: CloudFormationClient,
  id: string,
  send: (client: CloudFormationClient) => Promise<unknown>,
  onProgress: (progress: Progress) => void,
): Promise<{ readonly error?: string }> {
  return follow(client, id, send, onProgress, ({ status, events, isDue }) => {
    const end = events.findLast((e) => isOwn(e) && /ROLLBACK_(COMPLETE|FAILED)$/.test(e.ResourceStatus ?? ''));
    if (end?.ResourceStatus?.endsWith('_COMPLETE')) return {};
    if (end) return { error: end.ResourceStatusReason || `it is in ${end.ResourceStatus}` };
    return isDue && events.length === 0 && !status.endsWith('_IN_PROGRESS') ? { error: `it stays in ${status}` } : undefined;
  });
}

async function removeChangeSets(client: CloudFormationClient, StackName: string, names: readonly string[]): Promise<void> {
  for (const ChangeSetName of names)
    await client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName })).catch((thrown: Error) => {
      if (!isMissing(thrown) && thrown.name !== 'ChangeSetNotFoundException') throw thrown;
    });
}
