import { queue, table } from '../../../test/fakes/assembly.ts';
import { answers, both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const before: Stacks = { Shop: { resources: { Queue: queue(), Orders: table('orders') } } };
const updated: Stacks = { Shop: { resources: { Queue: queue(9), Orders: table('orders') } } };
const removed: Stacks = { Shop: { resources: { Orders: table('orders') } } };
const allowed = { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' };
const deny = (more: object) => ({ Effect: 'Deny', Principal: '*', Action: 'Update:*', Resource: '*', ...more });

/** A live stack with a policy of these statements. */
const policy = (...Statement: object[]): FactsOptions => ({
  ...both(live(before), answers('stackPolicy', { stack: 'Shop' }, JSON.stringify({ Statement }))),
  allowDestructive: ['**'],
});
const queues = { StringEquals: { ResourceType: ['AWS::SQS::Queue'] } };
const refused = ['Shop/Queue: The policy of Shop does not allow Update:Modify of Queue (AWS::SQS::Queue).'];

testCases(
  ['PF200'],
  [
    { code: 'PF200', name: 'what no statement allows', stacks: updated, options: policy(), told: refused },
    { code: 'PF200', name: 'what a statement denies', stacks: updated, options: policy(allowed, deny({})), told: refused },
    {
      code: 'PF200',
      name: 'a resource that a statement denies by a pattern',
      stacks: updated,
      options: policy(allowed, deny({ Resource: ['LogicalResourceId/Qu*'] })),
      told: refused,
    },
    {
      code: 'PF200',
      name: 'a type that a statement denies',
      stacks: updated,
      options: policy(allowed, deny({ Condition: queues })),
      told: refused,
    },
    {
      code: 'PF200',
      name: 'all resources but another one, which a statement denies',
      stacks: updated,
      options: policy(allowed, { Effect: 'Deny', Principal: '*', Action: 'Update:*', NotResource: 'LogicalResourceId/Orders' }),
      told: refused,
    },
    {
      code: 'PF200',
      name: 'a removal that a statement denies',
      stacks: removed,
      options: policy(allowed, deny({ Action: ['Update:Delete', 'Update:Replace'] })),
      told: ['Shop/Queue: The policy of Shop does not allow Update:Delete of Queue (AWS::SQS::Queue).'],
    },
    {
      code: 'PF200',
      name: 'a statement about another resource',
      stacks: updated,
      options: policy(allowed, deny({ Resource: 'LogicalResourceId/Orders' })),
    },
    {
      code: 'PF200',
      name: 'a statement about another type',
      stacks: updated,
      options: policy(allowed, deny({ Condition: { StringLike: { ResourceType: 'AWS::DynamoDB::*' } } })),
    },
    {
      code: 'PF200',
      name: 'a statement about replacements',
      stacks: updated,
      options: policy(allowed, deny({ Action: 'Update:Replace' })),
    },
    {
      code: 'PF200',
      name: 'a statement about everything but modifications',
      stacks: updated,
      options: policy(allowed, { Effect: 'Deny', Principal: '*', NotAction: 'Update:Modify', Resource: '*' }),
    },
    {
      code: 'PF200',
      name: 'a new resource: policies are about updates',
      stacks: { Shop: { resources: { ...before['Shop']?.resources, More: queue() } } },
      options: policy(deny({})),
    },
    { code: 'PF200', name: 'a stack without a policy', stacks: updated, options: live(before) },
    {
      code: 'PF001',
      name: 'a policy that may not be read',
      stacks: updated,
      options: both(live(before), denies('cloudformation:GetStackPolicy')),
      told: ['Shop: policy of the stack Shop: needs the permission cloudformation:GetStackPolicy on Shop.'],
    },
  ],
);
