import type { DataResource, DataType } from '../../../engine/src/decision.ts';
import { regionalName } from '../../../engine/src/names.ts';
import type { SynthTarget } from '../../../engine/src/system.ts';
import { stackNames, type StackId } from './stack-names.ts';

const rows = {
  records: ['AWS::S3::Bucket', 'foundation'],
  frontend: ['AWS::ECR::Repository', 'foundation'],
  backend: ['AWS::ECR::Repository', 'foundation'],
  assets: ['AWS::S3::Bucket', 'edge'],
} as const satisfies Readonly<Record<string, readonly [DataType, StackId]>>;

/** The id of one of cloudweave's data resources. */
export type DataId = keyof typeof rows;

/**
 * Gives the buckets and repositories of one environment by id, with the names they have in the target's region.
 *
 * A bucket's name has the account in it, because no two accounts anywhere may have the same. Database and cache are no such
 * resources: they are their stack's alone.
 *
 * @throws Error in one line for an environment that cloudweave does not have.
 */
export function dataResources(target: SynthTarget): Readonly<Record<DataId, DataResource>> {
  const stacks = stackNames(target.environment);
  const resources = Object.entries<readonly [DataType, StackId]>(rows).map(([id, [type, stack]]): [string, DataResource] => {
    const base = type === 'AWS::S3::Bucket' ? `cloudweave-${id}-${target.account}` : `cloudweave/${id}`;
    const preferred = regionalName(type, `${base}-${target.environment}`, target);
    return [id, { id, type, stack: stacks[stack], preferred, fallback: regionalName(type, base, target) }];
  });
  return Object.fromEntries(resources) as Record<DataId, DataResource>;
}
