import { live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const index = (name: string, key = 'a', more: object = {}) => ({
  IndexName: name,
  KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
  ...more,
});
const projecting = (...NonKeyAttributes: string[]) => index('one', 'a', { Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes } });
const table = (...GlobalSecondaryIndexes: object[]): Stacks => ({
  Shop: {
    resources: {
      Files: {
        Type: 'AWS::DynamoDB::Table',
        Properties: { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], GlobalSecondaryIndexes },
      },
    },
  },
});

testCases(
  ['PF288'],
  [
    {
      code: 'PF288',
      name: 'the attributes of an index in another order',
      stacks: table(projecting('a', 'b')),
      options: live(table(projecting('b', 'a'))),
    },
    {
      code: 'PF288',
      name: 'other attributes of an index',
      stacks: table(projecting('a', 'b')),
      options: live(table(projecting('a'))),
      told: ['Shop/Files: One update allows one of these steps: remove one, make one.'],
    },
    {
      code: 'PF288',
      name: 'two indexes that are made',
      stacks: table(index('one'), index('two'), index('three')),
      options: live(table(index('one'))),
      told: ['Shop/Files: One update allows one of these steps: make two, make three.'],
    },
    {
      code: 'PF288',
      name: 'an index with another key',
      stacks: table(index('one', 'b')),
      options: live(table(index('one'))),
      told: ['Shop/Files: One update allows one of these steps: remove one, make one.'],
    },
    { code: 'PF288', name: 'one index that is made', stacks: table(index('one'), index('two')), options: live(table(index('one'))) },
    { code: 'PF288', name: 'one index that is removed', stacks: table(index('two')), options: live(table(index('one'), index('two'))) },
    {
      code: 'PF288',
      name: 'other capacities of two indexes',
      stacks: table(
        index('one', 'a', { ProvisionedThroughput: { ReadCapacityUnits: 9 } }),
        index('two', 'a', { ProvisionedThroughput: { ReadCapacityUnits: 9 } }),
      ),
      options: live(table(index('one'), index('two'))),
    },
    { code: 'PF288', name: 'the indexes of a new table', stacks: table(index('one'), index('two')) },
  ],
);
