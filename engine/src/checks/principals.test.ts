import { answers, denies, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import type { FakeWorld } from '../../../test/fakes/world.ts';
import { account } from '../../../test/fakes/world.ts';

const arn = (kind: string, owner = account) => `arn:aws:iam::${owner}:${kind}`;
const key = (...AWS: string[]): Stacks => ({
  Shop: {
    resources: { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS } }] } } } },
  },
});
const worker = arn('role/jobs/worker');

testCases(
  ['PF291'],
  [
    {
      code: 'PF291',
      name: 'a role that is not there',
      stacks: key(worker),
      told: [`Shop/Key: The policy names ${worker}, which is not there.`],
    },
    {
      code: 'PF291',
      name: 'a user who is not there',
      stacks: key(arn('user/ann')),
      told: [`Shop/Key: The policy names ${arn('user/ann')}, which is not there.`],
    },
    {
      code: 'PF291',
      name: 'a role that is there',
      stacks: key(worker),
      options: { before: ({ aws }: FakeWorld) => void aws.things.set('AWS::IAM::Role worker', { kind: 'present', active: true }) },
    },
    {
      code: 'PF291',
      name: 'a user who is there',
      stacks: key(arn('user/ann')),
      options: answers('resource', { type: 'AWS::IAM::User', identifier: 'ann' }, { UserName: 'ann' }),
    },
    {
      code: 'PF291',
      name: 'a role of another account, and the account itself',
      stacks: key(arn('role/worker', '222222222222'), arn('root')),
    },
    {
      code: 'PF291',
      name: 'a role that this run makes',
      stacks: {
        Shop: { resources: { ...key(worker)['Shop']?.resources, R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'worker' } } } },
      },
    },
    {
      code: 'PF001',
      name: 'a role that may not be read',
      stacks: key(worker),
      options: denies('look:AWS::IAM::Role'),
      told: [`Shop/Key: ${worker}: needs the permission look:AWS::IAM::Role on worker.`],
    },
  ],
);
