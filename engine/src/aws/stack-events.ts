import {
  DescribeStackEventsCommand,
  paginateDescribeStackEvents,
  type CloudFormationClient,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import type { StackEvent as ReadEvent, StackHistory } from '../stack-readings.ts';
import type { Progress } from '../stack-changes.ts';

/** Gives the events of a stack after the one that was seen last, in time; all of them without one. */
export async function readEvents(client: CloudFormationClient, id: string, seen: string | undefined): Promise<readonly StackEvent[]> {
  const fresh: StackEvent[] = [];
  for await (const page of paginateDescribeStackEvents({ client }, { StackName: id })) {
    for (const event of page.StackEvents ?? []) {
      if (event.EventId === seen) return fresh.toReversed();
      fresh.push(event);
    }
  }
  return fresh.toReversed();
}

/** Gives an event as progress of its stack. */
export const toProgress = (event: StackEvent): Progress => ({
  logicalId: event.LogicalResourceId ?? '',
  type: event.ResourceType ?? '',
  status: event.ResourceStatus ?? '',
  reason: event.ResourceStatusReason ?? '',
});

/** Gives the newest events of a stack, in time. One page is a hundred of them: what failed last is among them. */
export async function readNewest(client: CloudFormationClient, id: string): Promise<readonly ReadEvent[]> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: id }));
  return StackEvents.toReversed().map((e) => ({
    ...toProgress(e),
    physicalId: e.PhysicalResourceId ?? '',
    atMs: e.Timestamp?.getTime() ?? 0,
  }));
}

/** Says whether an event is of the stack itself, not of one of its resources. */
export const isOwn = ({ PhysicalResourceId, StackId }: StackEvent): boolean => PhysicalResourceId === StackId;

/** The states that a stack is rolled back to. */
const stable = /^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK|IMPORT_ROLLBACK)_COMPLETE$/;

/** Gives what happened to a stack since it was last stable. Cost: the pages back to then. */
export async function readHistory(client: CloudFormationClient, id: string): Promise<StackHistory> {
  const since: StackEvent[] = [];
  let wasStable = false;
  reading: for await (const page of paginateDescribeStackEvents({ client }, { StackName: id })) {
    for (const event of page.StackEvents ?? []) {
      wasStable = isOwn(event) && stable.test(event.ResourceStatus ?? '');
      if (wasStable) break reading;
      since.push(event);
    }
  }
  const isCut = !wasStable && !/^(CREATE|REVIEW|IMPORT)_IN_PROGRESS$/.test(since.findLast(isOwn)?.ResourceStatus ?? '');
  const token = since.find(isOwn)?.ClientRequestToken;
  const created = since.filter((e) => !isOwn(e) && isCreation(e)).map((e) => e.LogicalResourceId ?? '');
  return { wasStable: wasStable || isCut, ...(isCut ? { isCut } : {}), created: [...new Set(created)].sort(), ...(token ? { token } : {}) };
}

/** A resource that takes the place of another is made by an update. */
const isCreation = ({ ResourceStatus, ResourceStatusReason = '' }: StackEvent): boolean =>
  ResourceStatus?.startsWith('CREATE_') || /creation of a new physical resource/i.test(ResourceStatusReason);
