import { finding } from '../finding.ts';
import { judgeAnswer, type Check } from './check.ts';

/** Whether what the decisions import by reference is there, in this region, and readable. */
export const references: Check = {
  name: 'imported resources',
  tier: 'read',
  judge: ({ decisions, at }, ask) =>
    decisions
      .filter((decision) => decision.kind === 'reference')
      .flatMap(({ stack, type, name }) =>
        judgeAnswer(ask(at, 'presence', { type, name }), `imported ${type} ${name}`, { stack }, (presence) => {
          if (presence.kind !== 'present')
            return [finding('PF150', `The ${type} ${name} is not there or not in this account and region.`, { stack })];
          return presence.active ? [] : [finding('PF150', `The ${type} ${name} is there and not active.`, { stack })];
        }),
      ),
};
