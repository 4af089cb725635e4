import { queue } from '../../../test/fakes/assembly.ts';
import { denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const full: Stacks = { Shop: { resources: { Queue: queue() } } };
const empty: Stacks = { Shop: { resources: {} } };
/** CloudFormation makes a stack of nothing of this: conditions are looked at after the template is taken. */
const leftOut: Stacks = {
  Shop: {
    resources: { Queue: { ...queue(), Condition: 'Never' } },
    more: { Conditions: { Never: { 'Fn::Equals': ['yes', 'no'] } } },
  },
};

testCases(
  ['PF320', 'PF321'],
  [
    { code: 'PF320', name: 'a new stack', stacks: empty, told: ['Shop: The template of Shop has no resources.'] },
    { code: 'PF320', name: 'a stack of which AWS was not asked', stacks: empty, options: { static: true }, told: [/Shop/] },
    {
      code: 'PF320',
      name: 'one of which nobody can say whether it is there',
      stacks: empty,
      options: denies('cloudformation:DescribeStacks'),
      told: [/Shop/],
    },
    { code: 'PF320', name: 'one that was deleted', stacks: empty, options: live(full, 'DELETE_COMPLETE'), told: [/Shop/] },
    { code: 'PF320', name: 'a stack with resources', stacks: full },
    { code: 'PF320', name: 'a stack all of whose resources a condition leaves out', stacks: leftOut },
    {
      code: 'PF321',
      name: 'a stack that is there',
      stacks: empty,
      options: live(full),
      told: ['Shop: Shop is there, in CREATE_COMPLETE, and its template has no resources any more.'],
    },
    { code: 'PF321', name: 'a stack all of whose resources a condition leaves out', stacks: leftOut, options: live(full) },
    { code: 'PF321', name: 'a new stack', stacks: empty },
  ],
);
