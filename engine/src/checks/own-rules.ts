import { toSentence } from '../answer.ts';
import { finding, type Finding } from '../finding.ts';
import { toPlace, type Check } from './check.ts';

/** Whether the templates meet the rules of the team that deploys them. */
export const ownRules: Check = {
  name: 'own rules',
  tier: 'static',
  judge: ({ ownRules: answer, templates }) => {
    if (!answer) return [];
    if (answer.kind === 'unknown') {
      const { why, message } = answer.because;
      return [finding('PF176', `${why === 'failed' ? message : toSentence(answer.because)}.`)];
    }
    const byId = new Map(templates.map(({ stack }) => [stack.id, stack]));
    return answer.value.flatMap(({ stackId, logicalId, level, message, rule }): Finding[] => {
      const stack = byId.get(stackId);
      return stack ? [finding(level === 'warning' ? 'PF175' : 'PF174', `${message} (rule ${rule})`, toPlace(stack, logicalId))] : [];
    });
  },
};
