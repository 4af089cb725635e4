import { GetParameterCommand, paginateGetParametersByPath, SSMClient } from '@aws-sdk/client-ssm';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** Makes the readings of SSM's parameters. */
export function createParameterReadings(config: ClientConfig): Pick<Readings, 'parameter' | 'qualifiers'> {
  const client = new SSMClient({ ...clientDefaults, ...config });
  return {
    parameter: ({ name }) => ask('ssm:GetParameter', name, () => getParameter(client, name), isNotFound),
    qualifiers: () => ask('ssm:GetParametersByPath', '/cdk-bootstrap', () => listQualifiers(client)),
  };
}

const isNotFound = (e: Error): boolean => /^Parameter(Version)?NotFound/.test(toErrorName(e));

async function getParameter(client: SSMClient, Name: string): Promise<{ type: string; value?: string }> {
  const { Parameter: { Type: type = '', Value } = {} } = await client.send(new GetParameterCommand({ Name }));
  return Value === undefined || type === 'SecureString' ? { type } : { type, value: Value };
}

async function listQualifiers(client: SSMClient): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const page of paginateGetParametersByPath({ client }, { Path: '/cdk-bootstrap', Recursive: true })) {
    for (const p of page.Parameters ?? []) found.add(/^\/cdk-bootstrap\/([^/]+)\/version$/.exec(p.Name ?? '')?.[1] ?? '');
  }
  return [...found].filter(Boolean).sort();
}
