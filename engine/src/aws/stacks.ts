import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListImports,
  paginateListExports,
  paginateListStackResources,
  paginateListStacks,
  type Stack as CfnStack,
  type StackResource as CfnResource,
  type StackResourceSummary,
  type StackSummary,
} from '@aws-sdk/client-cloudformation';
import { parse } from 'yaml';
import { known, type Answer } from '../answer.ts';
import type { Template } from '../assembly/assembly.ts';
import type { LiveStack, StackResource, Stacks } from '../world.ts';
import { ask } from './call.ts';

const isMissing = (e: Error): boolean => e.name === 'ValidationError' && /does not exist/.test(e.message);

/** Makes the port that reads stacks. Pages are read to the end; retries are the client's. */
export function createStacks(client: CloudFormationClient): Stacks {
  return {
    describe: (name) =>
      ask(
        'cloudformation:DescribeStacks',
        name,
        async () => toLive((await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0]),
        isMissing,
      ),
    template: (name) =>
      ask(
        'cloudformation:GetTemplate',
        name,
        async () => {
          const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }));
          return TemplateBody === undefined ? undefined : toTemplate(TemplateBody);
        },
        isMissing,
      ),
    ownerOf: (type, physicalId) =>
      ask('cloudformation:DescribeStackResources', physicalId, () => findOwner(client, type, physicalId), isMissing),
    exports: () => listExports(client),
    resources: (stack) => ask('cloudformation:ListStackResources', stack, () => listResources(client, stack)).then(orNone),
    importers: (name) => ask('cloudformation:ListImports', name, () => listImporters(client, name), isNotImported).then(orNone),
    lastDeleted: (name) => ask('cloudformation:ListStacks', name, () => findLastDeleted(client, name)),
  };
}

const isNotImported = (e: Error): boolean => e.name === 'ValidationError' && /is not imported by any stack/.test(e.message);

const orNone = <T>(answer: Answer<readonly T[] | undefined>): Answer<readonly T[]> =>
  answer.kind === 'known' ? known(answer.value ?? []) : answer;

async function listResources(client: CloudFormationClient, stack: string): Promise<readonly StackResource[]> {
  const found: StackResource[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: stack })) {
    for (const { LogicalResourceId = '', ResourceType = '', PhysicalResourceId = '', ResourceStatus = '' } of page.StackResourceSummaries ??
      [])
      found.push({ logicalId: LogicalResourceId, type: ResourceType, physicalId: PhysicalResourceId, status: ResourceStatus });
  }
  return found;
}

async function listImporters(client: CloudFormationClient, exportName: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const page of paginateListImports({ client }, { ExportName: exportName })) found.push(...(page.Imports ?? []));
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

/** The answer holds all resources of the owning stack, but a hundred at most: a larger stack is then read page by page. */
async function findOwner(
  client: CloudFormationClient,
  type: string,
  physicalId: string,
): Promise<{ stack: string; logicalId: string } | undefined> {
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

async function listExports(client: CloudFormationClient): Promise<Answer<ReadonlyMap<string, string>>> {
  const answer = await ask('cloudformation:ListExports', '*', async () => {
    const found = new Map<string, string>();
    for await (const page of paginateListExports({ client }, {})) {
      for (const e of page.Exports ?? [])
        found.set(e.Name ?? '', /:stack\/([^/]+)\//.exec(e.ExportingStackId ?? '')?.[1] ?? e.ExportingStackId ?? '');
    }
    return found;
  });
  return answer.kind === 'known' ? known(answer.value ?? new Map()) : answer;
}

/** JSON first: YAML's parser takes ten times as long. A template that is neither is no template to compare with. */
function toTemplate(body: string): Template | undefined {
  try {
    return JSON.parse(body) as Template;
  } catch {
    return parse(body, { logLevel: 'silent' }) as Template | undefined;
  }
}

function toLive(s: CfnStack | undefined): LiveStack | undefined {
  if (!s) return undefined;
  return {
    id: s.StackId ?? '',
    name: s.StackName ?? '',
    status: s.StackStatus ?? '',
    statusReason: s.StackStatusReason ?? '',
    parameters: Object.fromEntries((s.Parameters ?? []).map((p) => [p.ParameterKey ?? '', p.ParameterValue ?? ''])),
    tags: Object.fromEntries((s.Tags ?? []).map((t) => [t.Key ?? '', t.Value ?? ''])),
    outputs: Object.fromEntries(
      (s.Outputs ?? []).map((o) => [
        o.OutputKey ?? '',
        { value: o.OutputValue ?? '', ...(o.ExportName ? { exportName: o.ExportName } : {}) },
      ]),
    ),
    terminationProtection: s.EnableTerminationProtection ?? false,
  };
}
