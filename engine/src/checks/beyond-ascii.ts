import { finding } from '../finding.ts';
import { hasNoResources, isSameText } from '../plan/change.ts';
import { toPlace, type Check } from './check.ts';

/** Says which stacks count as unchanged although CloudFormation gives back some of their text as question marks. */
export const beyondAscii: Check = {
  name: 'text beyond ASCII',
  tier: 'read',
  judge: ({ stacks }) =>
    stacks
      .filter(
        ({ stack, change, liveTemplate }) =>
          change.action === 'unchanged' && !hasNoResources(stack.template) && liveTemplate && !isSameText(stack.template, liveTemplate),
      )
      .map(({ stack }) =>
        finding(
          'PF323',
          `${stack.name} counts as unchanged, and CloudFormation gives the text beyond ASCII in its template back as question marks.`,
          toPlace(stack),
        ),
      ),
};
