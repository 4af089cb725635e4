import { describe, expect, test } from '@jest/globals';
import { toCanonicalJson } from '../../../engine/src/canonical.ts';
import { parseInputs } from '../../../engine/src/inputs.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import { bucket, queue, readSampleStack, toAssemblyFiles, type SampleStack } from '../../../test/fakes/assembly.ts';
import { createFakeWorld, type FakeWorld } from '../../../test/fakes/world.ts';
import { table } from './inputs.ts';
import { run } from './run.ts';

type Stacks = Readonly<Record<string, SampleStack>>;

const inputs = (more: Record<string, string> = {}) => parseInputs(table, { 'cdk-out': 'cdk.out', ...more }).values;
const told = (report: Report): string[] => report.findings.map((f) => `${f.code} ${f.message}`);
const withStacks = (stacks: Stacks): FakeWorld => createFakeWorld({ files: toAssemblyFiles('cdk.out', stacks) });
const orders = ({ aws }: FakeWorld): unknown[] => aws.deployOrders.map((o) => [o.stack.name, o.method, ...o.adopts]);

const one: Stacks = { Shop: { resources: { Queue: queue() } } };

describe('the method of a deployment', () => {
  test.each(['change-set', 'express', 'direct'])('%s is that of every stack that changes', async (method) => {
    const made = withStacks(one);
    expect(await run(inputs({ method }), made.world)).toMatchObject({ verdict: 'deployed' });
    expect(orders(made)).toEqual([['Shop', method]]);
    expect(await run(inputs({ method }), made.world)).toMatchObject({ verdict: 'unchanged' });
    expect(orders(made)).toHaveLength(1);
  });

  test('revert-drift looks at stacks that equal their template, too, and makes new ones as usual', async () => {
    const made = withStacks({ ...one, New: { resources: { Queue: queue() } } });
    made.aws.put(readSampleStack({ resources: { Queue: queue() } }, 'Shop'));
    const report = await run(inputs({ method: 'revert-drift' }), made.world);
    expect(orders(made)).toEqual([
      ['New', 'change-set'],
      ['Shop', 'revert-drift'],
    ]);
    expect(report.stacks.map((s) => s.outcome.kind)).toEqual(['deployed', 'unchanged']);
  });

  test('express names what was not steady yet', async () => {
    const made = withStacks(one);
    made.aws.scripts.set('Shop', { unsteady: ['Service', 'Table'] });
    const report = await run(inputs({ method: 'express' }), made.world);
    expect(report).toMatchObject({ verdict: 'deployed' });
    expect(told(report)).toEqual(['DP133 Shop: Service, Table.']);
  });

  test('revert-drift is not taken back, and does not say that it created what it brought in line', async () => {
    const config = 'environments: { prod: { branches: [main], verify: [{ name: s, kind: command, run: smoke }] } }\n';
    const made = createFakeWorld({ files: { ...toAssemblyFiles('cdk.out', one), '.github/spaceport.yml': config } });
    made.aws.put(readSampleStack({ resources: { Queue: queue() } }, 'Shop'));
    made.commands.set('smoke', () => ({ code: 1, lines: [] }));
    const connect: typeof made.world.connect = (c) => {
      const cloud = made.world.connect(c);
      return { ...cloud, deployer: { ...cloud.deployer, deploy: async () => ({ noOp: false }) } };
    };
    const report = await run(inputs({ method: 'revert-drift' }), { ...made.world, connect });
    expect(report).toMatchObject({ verdict: 'failed' });
    expect(told(report)).toContain('DP153 Shop: what had drifted is as its template says, and stays so.');
  });

  test('going back goes by change set', async () => {
    const config = 'environments: { prod: { branches: [main], verify: [{ name: s, kind: command, run: smoke }] } }\n';
    const made = createFakeWorld({
      files: { ...toAssemblyFiles('cdk.out', { Shop: { resources: { Queue: queue(5) } } }), '.github/spaceport.yml': config },
    });
    made.aws.put(readSampleStack({ resources: { Queue: queue() } }, 'Shop'));
    await run(inputs({ method: 'direct' }), made.world);
    expect(orders(made)).toEqual([
      ['Shop', 'direct'],
      ['Shop', 'change-set'],
    ]);
  });
});

describe('existing: adopt', () => {
  const kept = { ...bucket('files-prod'), DeletionPolicy: 'Retain' };
  const files: Stacks = { Files: { resources: { Bucket: kept, Queue: queue() } } };
  const present = { kind: 'present', active: true } as const;
  /** A world in which the bucket is there, and belongs to no stack. */
  const withBucket = (stacks: Stacks = files): FakeWorld => {
    const made = withStacks(stacks);
    made.aws.things.set('AWS::S3::Bucket files-prod', present);
    return made;
  };
  const tell = (made: FakeWorld, properties: unknown) =>
    made.aws.answers.set(`resource ${toCanonicalJson({ type: 'AWS::S3::Bucket', identifier: 'files-prod' })}`, properties);

  test('imports what belongs to no stack, and says that it does', async () => {
    const made = withBucket();
    const report = await run(inputs({ existing: 'adopt' }), made.world);
    expect(report).toMatchObject({ verdict: 'deployed' });
    expect(orders(made)).toEqual([['Files', 'change-set', 'Bucket']]);
    expect(report.plan?.stacks[0]?.resources.map((r) => `${r.logicalId} ${r.action}`)).toEqual(['Bucket import', 'Queue create']);
    expect(told(report)).toEqual([expect.stringMatching(/^PF311 The AWS::S3::Bucket files-prod is taken into Files/)]);
    expect(made.lines).toContain('✅ Adopting existing S3 bucket: files-prod');
    expect(await run(inputs({ existing: 'adopt' }), made.world)).toMatchObject({ verdict: 'unchanged' });
  });

  test('without it the same is an error, and so it is with fail', async () => {
    for (const more of [{}, { existing: 'fail' }] as Record<string, string>[]) {
      const report = await run(inputs(more), withBucket().world);
      expect(report).toMatchObject({ verdict: 'blocked' });
      expect(told(report)).toEqual([expect.stringMatching(/^PF120/)]);
    }
  });

  test('has nothing to do where the name is free', async () => {
    const made = withStacks(files);
    expect(told(await run(inputs({ existing: 'adopt' }), made.world))).toEqual([]);
    expect(orders(made)).toEqual([['Files', 'change-set']]);
  });

  test('takes nothing away from another stack', async () => {
    const made = withStacks(files);
    made.aws.put(readSampleStack({ resources: { Old: bucket('files-prod') } }, 'Legacy'));
    const report = await run(inputs({ existing: 'adopt' }), made.world);
    expect(report).toMatchObject({ verdict: 'blocked' });
    expect(told(report)).toEqual([expect.stringMatching(/^PF121/)]);
  });

  test.each<[string, SampleStack['resources'], RegExp]>([
    ['what its stack would delete', { Bucket: bucket('files-prod') }, /DeletionPolicy is Delete/],
    [
      'what has an expression for a name',
      { Bucket: { ...kept, Properties: { BucketName: { 'Fn::Join': ['', ['files', '-prod']] } } } },
      /its name is an expression/,
    ],
  ])('does not adopt %s', async (_name, resources, why) => {
    const made = withBucket({ Files: { resources } });
    const report = await run(inputs({ existing: 'adopt' }), made.world);
    expect(report).toMatchObject({ verdict: 'blocked' });
    expect(told(report)).toEqual([expect.stringMatching(/^PF310/)]);
    expect(told(report)[0]).toMatch(why);
    expect(made.aws.deployOrders).toEqual([]);
  });

  test('does not adopt other types than those that hold data', async () => {
    const topic = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' }, DeletionPolicy: 'Retain' };
    const made = withStacks({ News: { resources: { Topic: topic } } });
    made.aws.answers.set(
      `resource ${toCanonicalJson({ type: 'AWS::SNS::Topic', identifier: 'arn:aws:sns:us-west-2:111111111111:news' })}`,
      { TopicName: 'news', TopicArn: 'arn:aws:sns:us-west-2:111111111111:news' },
    );
    expect(told(await run(inputs({ existing: 'adopt' }), made.world))).toEqual([expect.stringMatching(/^PF120/)]);
  });

  test.each<[string, unknown, string]>([
    [
      'differ',
      { BucketName: 'files-prod', VersioningConfiguration: { Status: 'Suspended' } },
      'VersioningConfiguration is otherwise in the template',
    ],
    [
      'are those of the template, and more that AWS fills in',
      { VersioningConfiguration: { Status: 'Enabled' }, BucketEncryption: {} },
      'its settings are those of the template, as far as they are known',
    ],
  ])('says of settings that %s so', async (_name, live, said) => {
    const versioned = { ...kept, Properties: { BucketName: 'files-prod', VersioningConfiguration: { Status: 'Enabled' } } };
    const made = withBucket({ Files: { resources: { Bucket: versioned } } });
    tell(made, live);
    expect(told(await run(inputs({ existing: 'adopt' }), made.world))[0]).toContain(said);
  });

  test('goes only by change set', async () => {
    const made = withBucket();
    await expect(run(inputs({ existing: 'adopt', method: 'direct' }), made.world)).rejects.toMatchObject({ findings: [{ code: 'RT011' }] });
    expect(made.aws.calls).toEqual([]);
  });

  test('warns of a policy of which nobody knows what a rollback does with it', async () => {
    const made = withBucket({ Files: { resources: { Bucket: { ...kept, DeletionPolicy: 'RetainExceptOnCreate' } } } });
    expect(told(await run(inputs({ existing: 'adopt' }), made.world))[0]).toMatch(
      / Its DeletionPolicy is RetainExceptOnCreate: only Retain surely /,
    );
    expect(told(await run(inputs({ existing: 'adopt' }), withBucket().world))[0]).not.toContain('RetainExceptOnCreate');
  });

  describe('in a deployment that fails', () => {
    const failing = (endsIn: string, atEnd: (made: FakeWorld) => void = () => undefined): FakeWorld => {
      const made = withBucket();
      made.aws.scripts.set('Files', { endsIn, error: 'no', atEnd: () => atEnd(made) });
      return made;
    };
    const after = async (made: FakeWorld) => told(await run(inputs({ existing: 'adopt' }), made.world)).filter((t) => t.startsWith('DP13'));
    const own = (made: FakeWorld) => {
      const stack = made.aws.stacks.get('us-west-2 Files');
      if (stack) made.aws.stacks.set('us-west-2 Files', { ...stack, names: { Bucket: 'files-prod' } });
    };

    test.each<[string, FakeWorld, string]>([
      [
        'belongs to no stack where it was rolled back',
        failing('ROLLBACK_COMPLETE'),
        'DP137 The AWS::S3::Bucket files-prod is there; it belongs to no stack, as before.',
      ],
      [
        'is in its stack where that failed half way',
        failing('CREATE_FAILED', own),
        'DP137 The AWS::S3::Bucket files-prod is there; it is in the stack Files, as Bucket.',
      ],
      [
        'is missed where it is gone',
        failing('ROLLBACK_COMPLETE', ({ aws }) => void aws.things.delete('AWS::S3::Bucket files-prod')),
        'DP138 The AWS::S3::Bucket files-prod is not there any more.',
      ],
      [
        'is nobody knows where, where it cannot be read',
        failing('ROLLBACK_COMPLETE', ({ aws }) => void aws.failing.set('look:AWS::S3::Bucket', 'throttled')),
        'DP138 Nobody can say whether the AWS::S3::Bucket files-prod is there: look:AWS::S3::Bucket was throttled.',
      ],
      [
        'is there, and nobody knows whose, where that cannot be read',
        failing('ROLLBACK_COMPLETE', ({ aws }) => void aws.failing.set('cloudformation:DescribeStackResources', 'throttled')),
        'DP137 The AWS::S3::Bucket files-prod is there; whose it is cannot be read: cloudformation:DescribeStackResources was throttled.',
      ],
    ])('%s', async (_name, made, says) => expect(await after(made)).toEqual([says]));

    test('is adopted by the next run, which deletes the shell first', async () => {
      const made = failing('ROLLBACK_COMPLETE');
      expect(await run(inputs({ existing: 'adopt' }), made.world)).toMatchObject({ verdict: 'failed', failureReason: 'stack-failed' });
      made.aws.scripts.clear();
      expect(await run(inputs({ existing: 'adopt' }), made.world)).toMatchObject({ verdict: 'deployed' });
      expect(orders(made).at(-1)).toEqual(['Files', 'change-set', 'Bucket']);
    });
  });

  test('is no success where the bucket is not in its stack afterwards', async () => {
    const made = withBucket();
    made.aws.scripts.set('Files', {
      atEnd: () => {
        const stack = made.aws.stacks.get('us-west-2 Files');
        if (stack) made.aws.stacks.set('us-west-2 Files', { ...stack, names: {} });
      },
    });
    const report = await run(inputs({ existing: 'adopt' }), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'read-back' });
    expect(told(report)).toContainEqual(expect.stringMatching(/^DP132 The AWS::S3::Bucket files-prod is not in Files/));
  });
});

describe('rollback alarms of the environment', () => {
  const arn = 'arn:aws:cloudwatch:us-west-2:111111111111:alarm:errors';
  const config = (lines: string) => ({ '.github/spaceport.yml': `environments:\n  prod:\n    branches: [main]\n${lines}` });
  const watched = config(
    '    rollback-alarms: [errors, "arn:aws:cloudwatch:us-west-2:111111111111:alarm:latency"]\n    monitoring-minutes: 10\n',
  );
  const withAlarms = (names: readonly string[]): FakeWorld => {
    const made = createFakeWorld({ files: { ...toAssemblyFiles('cdk.out', one), ...watched } });
    const alarms = names.map((name) => ({ name, state: 'OK', sinceMs: 0, ...(name === 'latency' ? { isComposite: true } : {}) }));
    made.aws.answers.set(`alarms ${toCanonicalJson({ names: ['errors', 'latency'] })}`, alarms);
    return made;
  };

  test('are watched in every deployment, by ARN, metric alarms and composite ones', async () => {
    const made = withAlarms(['errors', 'latency']);
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed' });
    expect(made.aws.deployOrders[0]?.triggers).toEqual({
      alarms: [
        { arn, isComposite: false },
        { arn: arn.replace('errors', 'latency'), isComposite: true },
      ],
      monitoringMinutes: 10,
      at: { account: '111111111111', region: 'us-west-2' },
    });
  });

  test('whose kinds may not be read are taken for metric alarms: CloudFormation refuses what is not so', async () => {
    const made = withAlarms(['errors', 'latency']);
    made.aws.denied.add('cloudwatch:DescribeAlarms');
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed', findings: [{ code: 'PF001' }] });
    expect(made.aws.deployOrders[0]?.triggers?.alarms.map((a) => a.isComposite)).toEqual([false, false]);
  });

  test('that were watched and are no longer are told, and taken off the stack', async () => {
    const made = createFakeWorld({ files: { ...toAssemblyFiles('cdk.out', one), ...config('    rollback-alarms: []\n') } });
    made.aws.put(readSampleStack({ resources: { Queue: queue(8) } }), { rollback: { alarms: [arn], monitoringMinutes: 10 } });
    expect(told(await run(inputs(), made.world))).toEqual(['PF313 Shop was rolled back on errors, and is not any more.']);
    expect(made.aws.deployOrders[0]?.triggers).toMatchObject({ alarms: [], monitoringMinutes: 0 });
    made.aws.put(readSampleStack({ resources: { Queue: queue(8) } }));
    await run(inputs(), made.world);
    expect(made.aws.deployOrders[1]?.triggers).toBeUndefined();
  });

  test('are taken off on the way back, which one that went off would not let through', async () => {
    const verify = '    verify: [{ name: site, kind: command, run: look, within: 1s }]\n';
    const made = createFakeWorld({ files: { ...toAssemblyFiles('cdk.out', one), ...config(`    rollback-alarms: [errors]\n${verify}`) } });
    made.aws.answers.set(`alarms ${toCanonicalJson({ names: ['errors'] })}`, [{ name: 'errors', state: 'OK', sinceMs: 0 }]);
    made.aws.put(readSampleStack({ resources: { Queue: queue(8) } }));
    made.commands.set('look', () => ({ code: 1, lines: [] }));
    const report = await run(inputs(), made.world);
    expect(report.verdict).toBe('rolled-back');
    expect(made.aws.deployOrders.map((o) => o.triggers?.alarms.length)).toEqual([1, 0]);
    expect(told(report)).toContainEqual(expect.stringMatching(/^DP152 Shop has .* No alarm watches it until its next deployment\.$/));
  });

  test('are no reason against direct where there are none, and a stack gets rid of its own by a change set', async () => {
    const made = createFakeWorld({ files: { ...toAssemblyFiles('cdk.out', one), ...config('    rollback-alarms: []\n') } });
    made.aws.put(readSampleStack({ resources: { Queue: queue(8) } }), { rollback: { alarms: [arn], monitoringMinutes: 10 } });
    await run(inputs({ method: 'direct' }), made.world);
    made.aws.put(readSampleStack({ resources: { Queue: queue(8) } }));
    await run(inputs({ method: 'direct' }), made.world);
    expect(made.aws.deployOrders.map((o) => [o.method, o.triggers?.alarms])).toEqual([
      ['change-set', []],
      ['direct', undefined],
    ]);
  });

  test('that are not there stop the deployment before it begins', async () => {
    const made = withAlarms(['errors']);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'blocked' });
    expect(told(report)).toEqual(['PF312 There is no alarm latency in 111111111111/us-west-2, where Shop goes.']);
  });

  test('need a change set', async () => {
    await expect(run(inputs({ method: 'direct' }), withAlarms(['errors', 'latency']).world)).rejects.toMatchObject({
      findings: [{ code: 'RT014' }],
    });
  });
});
