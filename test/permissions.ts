import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../emulator/emulator.ts';
import { root } from '../tools/repository.ts';

/** Operations whose permission has another name. */
const others: Readonly<Record<string, string>> = {
  'cloudcontrolapi:GetResource': 'cloudformation:GetResource',
  'cloudcontrolapi:ListResources': 'cloudformation:ListResources',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  'apigateway:GetAccount': 'apigateway:GET',
  'lambda:GetFunction': 'lambda:GetFunctionConfiguration',
};

/** Gives the permission that a call needs. */
export const toPermission = ({ service, operation }: Call): string => {
  const name = `${service}:${operation}`;
  return others[name] ?? name;
};

/** Gives the permissions that docs/permissions.md grants a preflight, and those that need no grant. */
export const readAllowed = (): ReadonlySet<string> => readSection('Preflight');

/** Gives the permissions of the policy in a section of docs/permissions.md, and those that need no grant. */
export function readSection(title: string): ReadonlySet<string> {
  const document = readFileSync(join(root, 'docs/permissions.md'), 'utf8');
  const [, section = ''] = document.split(new RegExp(`^## ${title}$`, 'm'));
  const { Statement } = JSON.parse(/```json\n([^]*?)```/.exec(section)?.[1] ?? '') as { Statement: { Action: string[] }[] };
  return new Set(['sts:GetCallerIdentity', ...Statement.flatMap((s) => s.Action)]);
}
