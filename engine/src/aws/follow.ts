import { setTimeout as wait } from 'node:timers/promises';
import {
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type CloudFormationClient,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import type { Progress } from '../stack-changes.ts';
import { readEvents, toProgress } from './stack-events.ts';

/** How often CloudFormation is asked, in milliseconds: soon at first, because little may be left to do. */
const firstPollMs = 250;
const pollMs = 2_000;

/** How many looks an order has to begin after CloudFormation took it. */
const looksToBegin = 6;

/** What one look at a stack shows after an order. */
export interface StackLook {
  /** CloudFormation's own word; that of a deleted stack for one that is not there. */
  readonly status: string;
  /** What happened since the order, in time. */
  readonly events: readonly StackEvent[];
  /** Whether the order has had its time to begin; said once. */
  readonly isDue: boolean;
}

/**
 * Gives CloudFormation an order about a stack, tells what happens since, and looks until `judge` gives how it ended.
 *
 * @throws what CloudFormation says of an order that it does not take.
 */
export async function follow<T>(
  client: CloudFormationClient,
  id: string,
  send: (client: CloudFormationClient) => Promise<unknown>,
  onProgress: (progress: Progress) => void,
  judge: (look: StackLook) => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const { StackEvents: [newest] = [] } = await client.send(new DescribeStackEventsCommand({ StackName: id }));
  await send(client);
  const events: StackEvent[] = [];
  for (let look = 1, ms = firstPollMs; ; look++, ms = Math.min(2 * ms, pollMs)) {
    // State before events: what a stack in its last state has gone through is all told then.
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: id }));
    const fresh = await readEvents(client, id, events.at(-1)?.EventId ?? newest?.EventId);
    events.push(...fresh);
    fresh.map(toProgress).forEach(onProgress);
    const end = await judge({ status: stack?.StackStatus ?? 'DELETE_COMPLETE', events, isDue: look === looksToBegin });
    if (end !== undefined) return end;
    await wait(ms);
  }
}
