import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { Request } from '../request.ts';

/**
 * Judges whether the promotion goes this way: PM103 for a target that it does not list, RT032 for a source that is
 * neither its own nor one of its targets.
 */
export function judgeRoute({
  promotion,
  from,
  to,
  sources,
  targets,
}: Pick<Request, 'promotion' | 'from' | 'to' | 'sources' | 'targets'>): readonly Finding[] {
  return [
    ...(targets.includes(to.environment)
      ? []
      : [finding('PM103', `\`${to.environment}\` is none of the targets of ${promotion}: ${targets.join(', ')}.`)]),
    ...(isOnRoute({ from, sources })
      ? []
      : [
          finding(
            'RT032',
            `\`${from.environment}\` is none of the environments that ${promotion} takes artifacts from: ${sources.join(', ')}.`,
          ),
        ]),
  ];
}

/** Says whether a promotion takes artifacts from this environment, so that looking there makes sense. */
export const isOnRoute = ({ from, sources }: Pick<Request, 'from' | 'sources'>): boolean => sources.includes(from.environment);
