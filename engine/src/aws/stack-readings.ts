import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  GetStackPolicyCommand,
  paginateDescribeStackResourceDrifts,
  paginateListChangeSets,
  paginateListExports,
  paginateListImports,
  paginateListStackResources,
  paginateListStacks,
  type StackResource as CfnResource,
  type StackResourceSummary,
  type StackSummary,
} from '@aws-sdk/client-cloudformation';
import type { ChangeSet, Drift, Export, Owner, StackReadings, StackResource } from '../stack-readings.ts';
import { ask } from './call.ts';
import { readHistory, readNewest } from './stack-events.ts';
import { isMissing } from './stacks.ts';

/** Makes the readings that CloudFormation itself answers: who has what, who exports and imports it, and what is known of a stack. */
export function createStackReadings(client: CloudFormationClient): StackReadings {
  return {
    owner: ({ type, physicalId }) =>
      ask('cloudformation:DescribeStackResources', physicalId, () => findOwner(client, type, physicalId), isMissing),
    stackResources: ({ stack }) => ask('cloudformation:ListStackResources', stack, () => listResources(client, stack), isMissing),
    lastDeleted: ({ stack }) => ask('cloudformation:ListStacks', stack, () => findLastDeleted(client, stack)),
    exports: () => ask('cloudformation:ListExports', '*', () => listExports(client)),
    importers: ({ name }) => ask('cloudformation:ListImports', name, () => listImporters(client, name)),
    stackPolicy: ({ stack }) =>
      ask(
        'cloudformation:GetStackPolicy',
        stack,
        async () => (await client.send(new GetStackPolicyCommand({ StackName: stack }))).StackPolicyBody,
        isMissing,
      ),
    drifts: ({ stack }) => ask('cloudformation:DescribeStackResourceDrifts', stack, () => listDrifts(client, stack)),
    changeSets: ({ stack }) => ask('cloudformation:ListChangeSets', stack, () => listChangeSets(client, stack)),
    history: ({ stack }) => ask('cloudformation:DescribeStackEvents', stack, () => readHistory(client, stack), isMissing),
    stackEvents: ({ stack }) => ask('cloudformation:DescribeStackEvents', stack, () => readNewest(client, stack), isMissing),
  };
}

/** The answer holds all resources of the owning stack, but a hundred at most: a larger stack is then read page by page. */
async function findOwner(client: CloudFormationClient, type: string, physicalId: string): Promise<Owner | undefined> {
  // Resources of other types may have the same physical id: a function named as its table.
  const isIt = (r: CfnResource | StackResourceSummary) => r.PhysicalResourceId === physicalId && r.ResourceType === type;
  const { StackResources: found = [] } = await client.send(new DescribeStackResourcesCommand({ PhysicalResourceId: physicalId }));
  const stack = found[0]?.StackName ?? '';
  let resource: CfnResource | StackResourceSummary | undefined = found.find(isIt);
  if (!resource && stack) {
    for await (const page of paginateListStackResources({ client }, { StackName: stack })) {
      resource ??= page.StackResourceSummaries?.find(isIt);
    }
  }
  if (!resource || /DELETE_COMPLETE|DELETE_SKIPPED/.test(resource.ResourceStatus ?? '')) return undefined;
  return { stack, logicalId: resource.LogicalResourceId ?? '' };
}

async function listResources(client: CloudFormationClient, stack: string): Promise<ReadonlyMap<string, StackResource>> {
  const found = new Map<string, StackResource>();
  for await (const page of paginateListStackResources({ client }, { StackName: stack })) {
    for (const r of page.StackResourceSummaries ?? []) {
      const {
        LogicalResourceId: logicalId = '',
        ResourceType: type = '',
        PhysicalResourceId: physicalId = '',
        ResourceStatus: status = '',
      } = r;
      found.set(logicalId, { logicalId, type, physicalId, status });
    }
  }
  return found;
}

async function findLastDeleted(client: CloudFormationClient, name: string): Promise<string | undefined> {
  let last: StackSummary | undefined;
  for await (const page of paginateListStacks({ client }, { StackStatusFilter: ['DELETE_COMPLETE'] })) {
    for (const s of page.StackSummaries ?? [])
      if (s.StackName === name && (s.DeletionTime?.getTime() ?? 0) >= (last?.DeletionTime?.getTime() ?? 0)) last = s;
  }
  return last?.StackId;
}

async function listExports(client: CloudFormationClient): Promise<ReadonlyMap<string, Export>> {
  const found = new Map<string, Export>();
  for await (const page of paginateListExports({ client }, {})) {
    for (const { Name = '', Value: value = '', ExportingStackId: id = '' } of page.Exports ?? []) {
      found.set(Name, { stack: /:stack\/([^/]+)\//.exec(id)?.[1] ?? id, value });
    }
  }
  return found;
}

/** CloudFormation calls it an error that nobody imports an export, or that there is none. */
async function listImporters(client: CloudFormationClient, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  try {
    for await (const page of paginateListImports({ client }, { ExportName: name })) found.push(...(page.Imports ?? []));
  } catch (thrown) {
    if (!/is not imported by any stack|does not exist|No export named/i.test((thrown as Error).message)) throw thrown;
  }
  return found.sort();
}

async function listDrifts(client: CloudFormationClient, stack: string): Promise<readonly Drift[]> {
  const found: Drift[] = [];
  const only = { StackName: stack, StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'] satisfies Drift['status'][] };
  for await (const page of paginateDescribeStackResourceDrifts({ client }, only)) {
    for (const {
      LogicalResourceId: logicalId = '',
      StackResourceDriftStatus: status,
      PropertyDifferences = [],
      Timestamp,
    } of page.StackResourceDrifts ?? []) {
      if (status !== 'MODIFIED' && status !== 'DELETED') continue;
      found.push({ logicalId, status, properties: PropertyDifferences.map((d) => d.PropertyPath ?? '').sort(), day: toDay(Timestamp) });
    }
  }
  return found;
}

async function listChangeSets(client: CloudFormationClient, stack: string): Promise<readonly ChangeSet[]> {
  const found: ChangeSet[] = [];
  for await (const page of paginateListChangeSets({ client }, { StackName: stack })) {
    for (const { ChangeSetName: name = '', CreationTime } of page.Summaries ?? [])
      found.push({ name, day: toDay(CreationTime), createdMs: CreationTime?.getTime() ?? 0 });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const toDay = (time: Date | undefined): string => time?.toISOString().slice(0, 10) ?? '';
