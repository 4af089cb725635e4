import { describe, expect, test } from '@jest/globals';
import { known, unknown, type Answer } from '../../../../engine/src/answer.ts';
import type { Template } from '../../../../engine/src/assembly/assembly.ts';
import type { Decision } from '../../../../engine/src/decision.ts';
import type { Presence, Readings } from '../../../../engine/src/readings.ts';
import type { LiveStack } from '../../../../engine/src/world.ts';
import { createFakeClock, startMs } from '../../../../test/fakes/clock.ts';
import { gatherSample } from '../../../../test/fakes/facts.ts';
import { bucket, queue, readSampleStack } from '../../../../test/fakes/assembly.ts';
import { judgeOutputs, readCreated, readCreatedIn } from './read-back.ts';

/** Readings that look names up, and can do nothing else. */
const only = (presence: Readings['presence']) => ({ presence }) as Readings;

const parameters: Template = { Parameters: { Suffix: { Type: 'String', Default: 'a' } } };
const live = (outputs: LiveStack['outputs']): LiveStack => ({
  id: 'arn',
  name: 'Shop',
  status: 'CREATE_COMPLETE',
  statusReason: '',
  parameters: { Suffix: 'live' },
  tags: {},
  outputs,
  terminationProtection: false,
});

test.each<[string, Template['Outputs'], LiveStack['outputs'], string[]]>([
  ['has all of them', { Url: { Value: 'x' } }, { Url: { value: 'https://a' } }, []],
  ['has none to have', undefined, {}, []],
  ['has more than that', {}, { Old: { value: 'x' } }, []],
  ['has an output whose value is empty', { Url: { Value: '' } }, { Url: { value: '' } }, []],
  ['lacks one', { Url: { Value: 'x' }, Name: { Value: 'y' } }, { Name: { value: 'y' } }, ['Shop has no output Url.']],
  ['lacks one that has a condition', { Url: { Value: 'x', Condition: 'C' } }, {}, []],
  [
    'has the export',
    { Vpc: { Value: 'x', Export: { Name: { 'Fn::Sub': '${AWS::StackName}-vpc' } } } },
    { Vpc: { value: 'x', exportName: 'Shop-vpc' } },
    [],
  ],
  [
    'has the output but not as an export',
    { Vpc: { Value: 'x', Export: { Name: 'net-vpc' } } },
    { Vpc: { value: 'x' } },
    ['The output Vpc of Shop is exported as nothing, not as net-vpc.'],
  ],
  [
    'exports it under another name',
    { Vpc: { Value: 'x', Export: { Name: 'net-vpc' } } },
    { Vpc: { value: 'x', exportName: 'old-vpc' } },
    ['The output Vpc of Shop is exported as old-vpc, not as net-vpc.'],
  ],
  [
    'has an export whose name was not known before',
    { Vpc: { Value: 'x', Export: { Name: { Ref: 'Queue' } } } },
    { Vpc: { value: 'x', exportName: 'anything' } },
    [],
  ],
  [
    'has an export whose name is of a parameter of the live stack',
    { Vpc: { Value: 'x', Export: { Name: { 'Fn::Sub': 'vpc-${Suffix}' } } } },
    { Vpc: { value: 'x', exportName: 'vpc-live' } },
    [],
  ],
])('outputs of a stack that %s', async (_name, outputs, there, told) => {
  const { stacks } = await gatherSample({ Shop: { ...(outputs ? { outputs } : {}), more: parameters } });
  const [facts] = stacks;
  const found = facts ? judgeOutputs(facts, live(there)) : [];
  expect(found.map((f) => f.message)).toEqual(told);
  expect(found.every((f) => f.code === 'DP130')).toBe(true);
});

describe('created data resources', () => {
  const created = (name: string): Decision => ({ id: name, type: 'AWS::DynamoDB::Table', stack: 'Shop', name, kind: 'create' });
  const active = known<Presence>({ kind: 'present', active: true });
  const making = known<Presence>({ kind: 'present', active: false });
  const absent = known<Presence>({ kind: 'absent' });
  const denied = unknown({ call: 'dynamodb:DescribeTable', resource: 'files', why: 'denied', message: '' });

  /** What each look gives, one after the other; the last one again and again. */
  const look = async (...answers: Answer<Presence>[]) => {
    const clock = createFakeClock();
    let looks = 0;
    const readings = only(async () => answers[Math.min(looks++, answers.length - 1)] ?? absent);
    const found = await readCreated([created('files')], readings, clock);
    return { told: found.map((f) => `${f.code} ${f.message}`), looks, seconds: (clock.now() - startMs) / 1000 };
  };

  test.each<[string, Answer<Presence>[], string[], number, number]>([
    ['that are active at once are looked at once', [active], [], 1, 0],
    ['that become active are waited for', [absent, making, active], [], 3, 4],
    ['that become active at the last look are fine', [making, making, making, making, active], [], 5, 8],
    [
      'that never become active are told, after a bounded wait',
      [making],
      ['DP131 The AWS::DynamoDB::Table files is there and not active.'],
      5,
      8,
    ],
    ['that never come are told too', [absent], ['DP131 The AWS::DynamoDB::Table files is not there.'], 5, 8],
    [
      'of another account count as not there',
      [known<Presence>({ kind: 'foreign' })],
      ['DP131 The AWS::DynamoDB::Table files is not there.'],
      5,
      8,
    ],
    [
      'that may not be looked at are told at once as not looked at',
      [denied],
      ['PF001 AWS::DynamoDB::Table files after its creation: dynamodb:DescribeTable denied.'],
      1,
      0,
    ],
  ])('%s', async (_name, answers, told, looks, seconds) => expect(await look(...answers)).toEqual({ told, looks, seconds }));

  test('are looked at side by side', async () => {
    const clock = createFakeClock();
    const readings = only(async () => making);
    expect(await readCreated(['a', 'b', 'c'].map(created), readings, clock)).toHaveLength(3);
    expect(clock.now() - startMs).toBe(8_000);
  });

  test('that are none take no look', async () => {
    const readings = only(async () => Promise.reject(new Error('nothing was created')));
    expect(await readCreated([], readings, createFakeClock())).toEqual([]);
  });
});

describe('what a run created in a stack', () => {
  const unnamed = { Type: 'AWS::S3::Bucket', Properties: {} };
  const sample = { resources: { Files: bucket('files'), Own: unnamed, Queue: queue() } };
  const physical = (name: string) => ({ logicalId: '', type: 'AWS::S3::Bucket', physicalId: name, status: 'CREATE_COMPLETE' });

  /** Reads back after a creation; what was there before is no creation. */
  async function read(deny?: string, there?: typeof sample) {
    const { stacks, made } = await gatherSample({ Shop: sample }, there ? { before: ({ aws }) => aws.put(readSampleStack(there)) } : {});
    const [facts] = stacks;
    made.aws.answers.set(
      'stackResources {"stack":"Shop"}',
      new Map([
        ['Files', physical('files')],
        ['Own', physical('shop-own-x')],
      ]),
    );
    made.aws.things.set('AWS::S3::Bucket files', { kind: 'present', active: true });
    made.aws.calls.length = 0;
    if (deny) made.aws.denied.add(deny);
    const found = facts ? await readCreatedIn(facts, made.aws.cloud('us-west-2'), made.clock) : [];
    return { told: found.map((f) => `${f.code} ${f.message}`), calls: made.aws.calls };
  }

  test('is looked at by the names that CloudFormation gave', async () => {
    expect((await read()).told).toEqual(['DP131 The AWS::S3::Bucket shop-own-x is not there.']);
  });

  test('that may not be listed is told as not looked at', async () => {
    const told = 'PF001 What Shop created: needs the permission cloudformation:ListStackResources on Shop.';
    expect((await read('cloudformation:ListStackResources')).told).toEqual([told]);
  });

  test('takes no call where nothing that holds data was made', async () => {
    expect((await read(undefined, sample)).calls).toEqual([]);
  });
});
