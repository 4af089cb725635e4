import { queue, type SampleStack } from '../../../test/fakes/assembly.ts';
import { answers, both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const writing = (...names: string[]): SampleStack => ({
  resources: {
    Queue: queue(),
    Writer: {
      Type: 'Custom::CrossRegionExportWriter',
      Properties: {
        WriterProps: { region: 'eu-west-1', exports: Object.fromEntries(names.map((n) => [n, { 'Fn::GetAtt': ['Queue', 'Arn'] }])) },
      },
    },
  },
});
const before: Stacks = { Web: writing('/cdk/exports/Edge/a', '/cdk/exports/Edge/b') };
const read = answers('parameterTags', { name: '/cdk/exports/Edge/b' }, { 'aws-cdk:strong-ref:Edge': 'true', team: 'web' });

testCases(
  ['PF192'],
  [
    {
      code: 'PF192',
      name: 'a parameter that goes while a stack reads it',
      stacks: { Web: writing('/cdk/exports/Edge/a') },
      options: both(live(before), read),
      told: ['Web: Web removes /cdk/exports/Edge/b in eu-west-1, which Edge read.'],
    },
    {
      code: 'PF192',
      name: 'one that goes with all that its stack writes',
      stacks: { Web: { resources: { Queue: queue() } } },
      options: both(live(before), read),
      told: ['Web: Web removes /cdk/exports/Edge/b in eu-west-1, which Edge read.'],
    },
    { code: 'PF192', name: 'one that goes and that nobody reads', stacks: { Web: writing('/cdk/exports/Edge/a') }, options: live(before) },
    {
      code: 'PF192',
      name: 'one that goes and has other tags',
      stacks: { Web: writing('/cdk/exports/Edge/a') },
      options: both(live(before), answers('parameterTags', { name: '/cdk/exports/Edge/b' }, { team: 'web' })),
    },
    {
      code: 'PF192',
      name: 'one that stays',
      stacks: { Web: writing('/cdk/exports/Edge/a', '/cdk/exports/Edge/b', '/cdk/exports/Edge/c') },
      options: both(live(before), read),
    },
    {
      code: 'PF001',
      name: 'tags that may not be read',
      stacks: { Web: writing('/cdk/exports/Edge/a') },
      options: both(live(before), denies('ssm:ListTagsForResource')),
      told: ['Web: readers of /cdk/exports/Edge/b: needs the permission ssm:ListTagsForResource on /cdk/exports/Edge/b.'],
    },
  ],
);
