import { finding } from '../finding.ts';
import type { Check } from './check.ts';

/** Whether the app found all context that it looks up: where it did not, its templates hold placeholders. */
export const context: Check = {
  name: 'context',
  tier: 'static',
  judge: ({ assembly }) =>
    assembly.missing.map(({ key, provider }) =>
      finding('PF133', `${key} (of the look-up ${provider}) is missing.`, { file: 'cdk.context.json' }),
    ),
};
