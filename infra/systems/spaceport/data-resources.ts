import type { DataResource, DataType } from '../../../engine/src/decision.ts';
import { regionalName } from '../../../engine/src/names.ts';
import type { SynthTarget } from '../../../engine/src/system.ts';
import { stackNames, type StackNames } from './stack-names.ts';

interface Row {
  readonly type: DataType;
  readonly stack: keyof StackNames;
  /** The name without its environment: what a resource from before environments is called. */
  readonly base: string;
}

const rows = {
  uploads: { type: 'AWS::S3::Bucket', stack: 'main', base: 'spaceport-uploads' },
  'file-metadata': { type: 'AWS::DynamoDB::Table', stack: 'main', base: 'Spaceport-FileMetadata' },
  projects: { type: 'AWS::DynamoDB::Table', stack: 'main', base: 'Spaceport-Projects' },
  'ml-processing': { type: 'AWS::S3::Bucket', stack: 'mlPipeline', base: 'spaceport-ml-processing' },
  sfm: { type: 'AWS::ECR::Repository', stack: 'mlPipeline', base: 'spaceport/sfm' },
  '3dgs': { type: 'AWS::ECR::Repository', stack: 'mlPipeline', base: 'spaceport/3dgs' },
} as const satisfies Readonly<Record<string, Row>>;

/** The id of one of spaceport's data resources. */
export type DataId = keyof typeof rows;

/**
 * Gives the buckets, tables and repositories of one environment by id, with the names they have in the target's region.
 *
 * @throws Error in one line for an environment that spaceport does not have.
 */
export function dataResources(target: SynthTarget): Readonly<Record<DataId, DataResource>> {
  const stacks = stackNames(target.environment);
  const resources = Object.entries<Row>(rows).map(([id, { type, stack, base }]): [string, DataResource] => [
    id,
    {
      id,
      type,
      stack: stacks[stack],
      preferred: regionalName(type, `${base}-${target.environment}`, target),
      fallback: regionalName(type, base, target),
    },
  ]);
  return Object.fromEntries(resources) as Record<DataId, DataResource>;
}
