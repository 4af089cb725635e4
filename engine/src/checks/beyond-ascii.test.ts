import { queue, type SampleStack } from '../../../test/fakes/assembly.ts';
import { live, testCases } from '../../../test/fakes/check-cases.ts';

const shop = (Description: string, delay = 0): SampleStack => ({ resources: { Queue: queue(delay) }, more: { Description } });

testCases(
  ['PF323'],
  [
    {
      code: 'PF323',
      name: 'a stack that is unchanged as far as anybody can see',
      stacks: { Shop: shop('Größe') },
      options: live({ Shop: shop('Gr??e') }),
      told: [/^Shop: Shop counts as unchanged/],
    },
    {
      code: 'PF323',
      name: 'one that changes in what can be seen',
      stacks: { Shop: shop('Größe') },
      options: live({ Shop: shop('Gr??e', 1) }),
    },
    { code: 'PF323', name: 'one whose text CloudFormation kept', stacks: { Shop: shop('Größe') }, options: live({ Shop: shop('Größe') }) },
    { code: 'PF323', name: 'one without resources', stacks: { Shop: { resources: {} } }, options: live({ Shop: shop('Gr??e') }) },
  ],
);
