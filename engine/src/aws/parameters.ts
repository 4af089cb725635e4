import { GetParameterCommand, ListTagsForResourceCommand, paginateGetParametersByPath, SSMClient } from '@aws-sdk/client-ssm';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** Makes the readings of SSM's parameters. */
export function createParameterReadings(config: ClientConfig): Pick<Readings, 'parameter' | 'parameterTags' | 'qualifiers'> {
  const client = new SSMClient({ ...clientDefaults, ...config });
  return {
    parameter: ({ name }) => ask('ssm:GetParameter', name, () => getParameter(client, name), isNotFound),
    parameterTags: ({ name }) => ask('ssm:ListTagsForResource', name, () => listTags(client, name), isNotThere),
    qualifiers: () => ask('ssm:GetParametersByPath', '/cdk-bootstrap', () => listQualifiers(client)),
  };
}

const isNotFound = (e: Error): boolean => /^Parameter(Version)?NotFound/.test(toErrorName(e));

async function getParameter(client: SSMClient, Name: string): Promise<{ type: string; value?: string }> {
  const { Parameter: { Type: type = '', Value } = {} } = await client.send(new GetParameterCommand({ Name }));
  return Value === undefined || type === 'SecureString' ? { type } : { type, value: Value };
}

/** Tags are asked of any resource of SSM, so a name that is not there is an id that is not valid. */
const isNotThere = (e: Error): boolean => toErrorName(e) === 'InvalidResourceId';

async function listTags(client: SSMClient, ResourceId: string): Promise<Readonly<Record<string, string>>> {
  const { TagList = [] } = await client.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId }));
  return Object.fromEntries(TagList.map(({ Key = '', Value = '' }) => [Key, Value]));
}

async function listQualifiers(client: SSMClient): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const page of paginateGetParametersByPath({ client }, { Path: '/cdk-bootstrap', Recursive: true })) {
    for (const p of page.Parameters ?? []) found.add(/^\/cdk-bootstrap\/([^/]+)\/version$/.exec(p.Name ?? '')?.[1] ?? '');
  }
  return [...found].filter(Boolean).sort();
}
