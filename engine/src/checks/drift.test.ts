import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { expect, test } from '@jest/globals';
import { queue, table } from '../../../test/fakes/assembly.ts';
import { answers, both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import { judgeSample } from '../../../test/fakes/facts.ts';
import { identified } from './drift.ts';

const before: Stacks = { Shop: { resources: { Queue: queue(), Orders: table('orders') } } };
const updated: Stacks = { Shop: { resources: { Queue: queue(9), Orders: table('orders') } } };
const gone = answers('resource', { type: 'AWS::SQS::Queue', identifier: 'Shop-Queue' }, undefined);
const drifted = (logicalId: string, status: 'MODIFIED' | 'DELETED') =>
  answers('drifts', { stack: 'Shop' }, [{ logicalId, status, properties: ['/DelaySeconds'], day: '2026-11-01' }]);

testCases(
  ['PF201', 'PF202'],
  [
    {
      code: 'PF201',
      name: 'a queue that is gone and would be updated',
      stacks: updated,
      options: both(live(before), gone),
      told: ['Shop/Queue: The AWS::SQS::Queue Queue (Shop-Queue) of Shop is not there any more, and would be updated.'],
    },
    { code: 'PF201', name: 'a queue that is there', stacks: updated, options: live(before) },
    {
      code: 'PF201',
      name: 'a queue that was gone at the last drift detection, and is there again',
      stacks: updated,
      options: both(live(before), drifted('Queue', 'DELETED')),
    },
    {
      code: 'PF201',
      name: 'a queue that is gone and that nothing touches',
      stacks: { Shop: { resources: before['Shop']?.resources, outputs: { Name: { Value: 'x' } } } },
      options: both(live(before), gone),
    },
    {
      code: 'PF201',
      name: 'a queue that is gone and would be removed',
      stacks: { Shop: { resources: { Orders: table('orders') } } },
      options: { ...both(live(before), gone), allowDestructive: ['AWS::SQS::Queue'] },
    },
    {
      code: 'PF201',
      name: 'a resource of which only the metadata change',
      stacks: { Shop: { resources: { Queue: { ...queue(), Metadata: { a: 'b' } }, Orders: table('orders') } } },
      options: both(live(before), gone),
    },
    {
      code: 'PF201',
      name: 'a type that Cloud Control knows by another identifier',
      stacks: { Shop: { resources: { P: { Type: 'AWS::Lambda::Permission', Properties: { Principal: 'a', SourceAccount: 'b' } } } } },
      options: live({ Shop: { resources: { P: { Type: 'AWS::Lambda::Permission', Properties: { Principal: 'a' } } } } }),
    },
    {
      code: 'PF001',
      name: 'resources that may not be read, once',
      stacks: { Shop: { resources: { Queue: queue(9), More: queue(9) } } },
      options: both(live({ Shop: { resources: { Queue: queue(), More: queue() } } }), denies('cloudformation:GetResource')),
      told: [/^Shop: what Shop updates: needs the permission cloudformation:GetResource on AWS::SQS::Queue Shop-\w+\.$/],
    },

    {
      code: 'PF202',
      name: 'a queue that was changed by hand and would be updated',
      stacks: updated,
      options: both(live(before), drifted('Queue', 'MODIFIED')),
      told: ['Shop/Queue: Queue was changed outside of Shop: /DelaySeconds (drift detection of 2026-11-01).'],
    },
    {
      code: 'PF202',
      name: 'a table that was changed by hand and is left alone',
      stacks: updated,
      options: both(live(before), drifted('Orders', 'MODIFIED')),
    },
    {
      code: 'PF001',
      name: 'drifts that may not be read',
      stacks: updated,
      options: both(live(before), denies('cloudformation:DescribeStackResourceDrifts')),
      told: ['Shop: drift of Shop: needs the permission cloudformation:DescribeStackResourceDrifts on Shop.'],
    },
  ],
);

test('many resources of a type are looked up by one list, and one by one only those that it lacks', async () => {
  const ids = Array.from({ length: 20 }, (_, i) => `Q${i}`);
  const of = (delay: number): Stacks => ({ Shop: { resources: Object.fromEntries(ids.map((id) => [id, queue(delay)])) } });
  const listed = ids.slice(1).map((id) => ({ identifier: `Shop-${id}`, properties: {} }));
  const { findings, made } = await judgeSample(
    of(9),
    both(
      live(of(0)),
      answers('resources', { type: 'AWS::SQS::Queue' }, listed),
      answers('resource', { type: 'AWS::SQS::Queue', identifier: 'Shop-Q0' }, undefined),
    ),
  );
  expect(findings.map((f) => `${f.code} ${f.place.constructPath}`)).toEqual(['PF201 Shop/Q0']);
  expect(made.aws.calls.filter((c) => /:(Get|List)Resources? /.test(c))).toHaveLength(2);
});

test('the types that are looked up by their physical id have one identifier, and Ref gives it', async () => {
  const types = (await loadAwsServiceSpec()).all('resource').filter((r) => identified.has(r.cloudFormationType));
  const isOther = types.filter(
    (r) => r.primaryIdentifier?.length !== 1 || (r.cfnRefIdentifier ?? r.primaryIdentifier).join() !== r.primaryIdentifier.join(),
  );
  expect(types).toHaveLength(identified.size);
  expect(isOther.map((r) => r.cloudFormationType)).toEqual([]);
});
