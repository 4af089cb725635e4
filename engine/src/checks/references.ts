import { finding, type Finding } from '../finding.ts';
import { notRun, type Check } from './check.ts';

/** Whether what the decisions import by reference is there, in this region, and readable. */
export const references: Check = {
  name: 'imported resources',
  tier: 'read',
  judge: (facts) =>
    facts.references.flatMap(({ decision, presence }): Finding[] => {
      const place = { stack: decision.stack };
      if (presence.kind === 'unknown') return [notRun(`imported ${decision.type} ${decision.name}`, presence.because, place)];
      if (presence.value.kind !== 'present')
        return [finding('PF150', `The ${decision.type} ${decision.name} is not there or not in this account and region.`, place)];
      return presence.value.active ? [] : [finding('PF150', `The ${decision.type} ${decision.name} is there and not active.`, place)];
    }),
};
