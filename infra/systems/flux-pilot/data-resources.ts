import type { DataResource } from '../../../engine/src/decision.ts';
import { regionalName } from '../../../engine/src/names.ts';
import type { SynthTarget } from '../../../engine/src/system.ts';
import { stackNames } from './stack-names.ts';

const type = 'AWS::S3::Bucket';
const base = 'flux-systems-artifacts';

/**
 * Gives the bucket that promotions to one environment go to, with the name it has in the target's region.
 *
 * The database and the users are no such resources: they are their stack's alone.
 *
 * @throws Error in one line for an environment that flux-pilot does not have.
 */
export function artifactsResource(target: SynthTarget): DataResource {
  return {
    id: 'artifacts',
    type,
    stack: stackNames(target.environment).artifacts,
    preferred: regionalName(type, `${base}-${target.environment}`, target),
    fallback: regionalName(type, base, target),
  };
}
