import type { DataResource, DataType } from '../../../engine/src/decision.ts';
import { regionalName } from '../../../engine/src/names.ts';
import type { SynthTarget } from '../../../engine/src/system.ts';
import { stackNames } from './stack-names.ts';

const rows = {
  logs: 'AWS::S3::Bucket',
  assets: 'AWS::S3::Bucket',
  backups: 'AWS::S3::Bucket',
  images: 'AWS::ECR::Repository',
} as const satisfies Readonly<Record<string, DataType>>;

/** The id of one of balancer's data resources. */
export type DataId = keyof typeof rows;

/**
 * Gives the buckets and the repository of one environment by id, with the names they have in the target's region.
 *
 * The database is no such resource: it is its stack's alone.
 *
 * @throws Error in one line for an environment that balancer does not have.
 */
export function dataResources(target: SynthTarget): Readonly<Record<DataId, DataResource>> {
  const { s3 } = stackNames(target.environment);
  const resources = Object.entries<DataType>(rows).map(([id, type]): [string, DataResource] => {
    const preferred = regionalName(type, `v3-backend-${target.environment}-${id}`, target);
    return [id, { id, type, stack: s3, preferred, fallback: regionalName(type, `v3-backend-${id}`, target) }];
  });
  return Object.fromEntries(resources) as Record<DataId, DataResource>;
}
