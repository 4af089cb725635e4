import type { DataResource, DataType } from '../../../engine/src/decision.ts';
import { regionalName } from '../../../engine/src/names.ts';
import type { SynthTarget } from '../../../engine/src/system.ts';
import { stackNames } from './stack-names.ts';

const rows = {
  logs: 'AWS::S3::Bucket',
  events: 'AWS::DynamoDB::Table',
  circuits: 'AWS::DynamoDB::Table',
} as const satisfies Readonly<Record<string, DataType>>;

/** The id of one of monitoring's data resources. */
export type DataId = keyof typeof rows;

/**
 * Gives the bucket and the tables of one environment by id, with the names they have in the target's region.
 *
 * A bucket's name has the account in it, because no two accounts anywhere may have the same.
 *
 * @throws Error in one line for an environment that monitoring does not have.
 */
export function dataResources(target: SynthTarget): Readonly<Record<DataId, DataResource>> {
  const { storage } = stackNames(target.environment);
  const resources = Object.entries<DataType>(rows).map(([id, type]): [string, DataResource] => {
    const base = type === 'AWS::S3::Bucket' ? `monitoring-${id}-${target.account}` : `monitoring-${id}`;
    const preferred = regionalName(type, `${base}-${target.environment}`, target);
    return [id, { id, type, stack: storage, preferred, fallback: regionalName(type, base, target) }];
  });
  return Object.fromEntries(resources) as Record<DataId, DataResource>;
}
