import { setTimeout as wait } from 'node:timers/promises';
import {
  ContinueUpdateRollbackCommand,
  DeleteChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  RollbackStackCommand,
  type CloudFormationClient,
} from '@aws-sdk/client-cloudformation';
import type { Progress, Recoverer } from '../stack-changes.ts';
import { ask, type ClientConfig } from './call.ts';
import { toClients } from './destroyer.ts';
import { isOwn, readEvents, toProgress } from './stack-events.ts';
import { isMissing } from './stacks.ts';

/** How often CloudFormation is asked, in milliseconds: soon at first, because little is left to roll back. */
const firstPollMs = 250;
const pollMs = 2_000;

/** How many looks a rollback has to begin after CloudFormation took the order. */
const looksToBegin = 6;

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
  const { StackEvents: [newest] = [] } = await client.send(new DescribeStackEventsCommand({ StackName: id }));
  await send(client);
  let seen = newest?.EventId;
  let hasBegun = false;
  for (let look = 1, ms = firstPollMs; ; look++, ms = Math.min(2 * ms, pollMs)) {
    const events = await readEvents(client, id, seen);
    seen = events.at(-1)?.EventId ?? seen;
    hasBegun ||= events.length > 0;
    events.map(toProgress).forEach(onProgress);
    const end = events.findLast((e) => isOwn(e) && /ROLLBACK_(COMPLETE|FAILED)$/.test(e.ResourceStatus ?? ''));
    if (end?.ResourceStatus?.endsWith('_COMPLETE')) return {};
    if (end) return { error: end.ResourceStatusReason || `it is in ${end.ResourceStatus}` };
    if (!hasBegun && look === looksToBegin) {
      const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: id }));
      if (!stack?.StackStatus?.endsWith('_IN_PROGRESS')) return { error: `it stays in ${stack?.StackStatus ?? 'no state'}` };
    }
    await wait(ms);
  }
}

async function removeChangeSets(client: CloudFormationClient, StackName: string, names: readonly string[]): Promise<void> {
  for (const ChangeSetName of names)
    await client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName })).catch((thrown: Error) => {
      if (!isMissing(thrown) && thrown.name !== 'ChangeSetNotFoundException') throw thrown;
    });
}
