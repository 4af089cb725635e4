import { describe, expect, test } from '@jest/globals';
import { parseInputs } from '../../../engine/src/inputs.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import type { StackResource } from '../../../engine/src/stack-readings.ts';
import { unknown } from '../../../engine/src/answer.ts';
import type { Connection } from '../../../engine/src/world.ts';
import { bucket, queue, readSampleStack, table as items, toAssemblyFiles, type SampleStack } from '../../../test/fakes/assembly.ts';
import { startMs } from '../../../test/fakes/clock.ts';
import { createFakeWorld, type FakeWorld, type FakeWorldOptions } from '../../../test/fakes/world.ts';
import { table, toOutputs } from './inputs.ts';
import { run } from './run.ts';

type Stacks = Readonly<Record<string, SampleStack>>;

const shop: Stacks = { Shop: { resources: { Queue: queue(9) } } };
const old: Stacks = { Shop: { resources: { Queue: queue() } } };

const inputs = (more: Record<string, string> = {}) => parseInputs(table, { 'cdk-out': 'cdk.out', ...more }).values;
const withStacks = (stacks: Stacks = shop, options: FakeWorldOptions = {}): FakeWorld =>
  createFakeWorld({ ...options, files: toAssemblyFiles('cdk.out', stacks) });
const put = ({ aws }: FakeWorld, stacks: Stacks, status: string, more: object = {}) =>
  Object.entries(stacks).forEach(([id, s]) => aws.put(readSampleStack(s, id), { status, ...more }));
const told = (report: Report): string[] => report.findings.map((f) => `${f.code} ${f.message}`);
const codesOf = (report: Report): string[] => report.findings.map((f) => f.code);
const kinds = (report: Report): Record<string, string> => Object.fromEntries(report.stacks.map((s) => [s.name, s.outcome.kind]));
/** What was done to stacks, in time. */
const writes = ({ aws }: FakeWorld): string[] =>
  aws.calls.filter((c) => / (deploy|destroy|continue|roll-back|cloudformation:Delete)/.test(c)).map((c) => c.replace('us-west-2 ', ''));
const holding = (made: FakeWorld, ...rows: (readonly [string, string, string, string])[]) => {
  const resources = rows.map(([logicalId, type, physicalId, status]): [string, StackResource] => [
    logicalId,
    { logicalId, type, physicalId, status },
  ]);
  made.aws.answers.set('stackResources {"stack":"Shop"}', new Map(resources));
};

describe('a stack that was never created', () => {
  test.each(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED'])(
    'and is in %s is deleted and created, which is said before',
    async (status) => {
      const made = withStacks();
      put(made, old, status);
      const report = await run(inputs(), made.world);
      expect(report).toMatchObject({ verdict: 'deployed', findings: [{ code: 'PF112' }], plan: { stacks: [{ action: 'recover' }] } });
      expect(writes(made)).toEqual(['destroy Shop', 'deploy Shop']);
      const said = made.lines.findIndex((l) => l === `🩹 Shop is in ${status} and was never created: deleting what is left of it`);
      expect(said).toBeGreaterThan(made.lines.findIndex((l) => l.includes('PF112')));
    },
  );

  test('loses the protection that its failed creation left', async () => {
    const made = withStacks();
    put(made, old, 'ROLLBACK_COMPLETE', { terminationProtection: true });
    const report = await run(inputs(), made.world);
    expect(report.verdict).toBe('deployed');
    expect(made.aws.destroyOrders).toMatchObject([{ liftsProtection: true }]);
    expect(made.lines).toContain(
      '🩹 Shop is in ROLLBACK_COMPLETE and was never created: deleting what is left of it, turning its termination protection off',
    );
  });

  test('is deleted by its ARN and with the roles of the bootstrap', async () => {
    const role = (name: string) => `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${name}-\${AWS::Region}`;
    const made = withStacks({
      Shop: { ...shop['Shop'], properties: { assumeRoleArn: role('deploy'), cloudFormationExecutionRoleArn: role('exec') } },
    });
    put(made, old, 'ROLLBACK_COMPLETE');
    await run(inputs(), made.world);
    expect(made.aws.destroyOrders).toEqual([
      {
        id: 'arn:aws:cloudformation:us-west-2:111111111111:stack/Shop/1',
        liftsProtection: false,
        roles: {
          deploy: 'arn:aws:iam::111111111111:role/deploy-us-west-2',
          execution: 'arn:aws:iam::111111111111:role/exec-us-west-2',
        },
      },
    ]);
  });

  test('is not deployed where what is left of it cannot be deleted', async () => {
    const made = withStacks();
    put(made, old, 'CREATE_FAILED');
    made.aws.scripts.set('Shop', { endsIn: 'DELETE_FAILED' });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'stack-failed' });
    expect(told(report)).toContain('DP121 Shop: what is left of it could not be deleted: it is in DELETE_FAILED');
    expect(writes(made)).toEqual(['destroy Shop']);
  });

  test('is not touched where it got data after the look, even if the finding were suppressed', async () => {
    const config =
      'environments:\n  prod: { branches: [main] }\nsuppress:\n  - { code: PF110, where: "Shop", reason: "we know", until: 2027-01-01 }\n';
    const made = createFakeWorld({ files: { ...toAssemblyFiles('cdk.out', shop), '.github/spaceport.yml': config } });
    put(made, { Shop: { resources: { Orders: items('orders') } } }, 'CREATE_FAILED');
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'stack-failed' });
    expect(told(report).find((t) => t.startsWith('DP121'))).toMatch(/^DP121 Shop: it is in CREATE_FAILED; it would lose what holds data: /);
    expect(writes(made)).toEqual([]);
  });
});

test('what a stuck stack of another account holds is read as the role that looks there: the one that deploys may not', async () => {
  const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
  const properties = { assumeRoleArn: role('deploy'), lookupRole: { arn: role('look') } };
  const there: Stacks = { Shop: { account: '222222222222', region: 'us-west-2', resources: { Files: bucket('files') }, properties } };
  const made = withStacks({ ...there, Hub: {} });
  made.others('222222222222').put(readSampleStack(there['Shop'] ?? {}, 'Shop'), { status: 'CREATE_FAILED' });
  const no = async () => unknown({ call: 's3:ListBucket', resource: 'files', why: 'denied', message: '' });
  const connect = (connection: Connection) => {
    const cloud = made.world.connect(connection);
    const isDeploying = connection.elsewhere?.role === role('deploy');
    return isDeploying ? { ...cloud, readings: { ...cloud.readings, isEmpty: no, presence: no } } : cloud;
  };
  const report = await run(inputs(), { ...made.world, connect });
  expect(codesOf(report)).toEqual(['PF112']);
  expect(kinds(report)).toEqual({ Hub: 'deployed', Shop: 'deployed' });
});

describe('a stack whose update failed', () => {
  test('has its rollback continued, and is deployed then', async () => {
    const made = withStacks();
    put(made, old, 'UPDATE_ROLLBACK_FAILED');
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'deployed', findings: [{ code: 'PF113' }], plan: { stacks: [{ action: 'update' }] } });
    expect(writes(made)).toEqual(['continue Shop', 'deploy Shop']);
    expect(made.lines).toContain('🩹 Shop is in UPDATE_ROLLBACK_FAILED: continuing its rollback first');
  });

  test('has it continued without the resources that the user names', async () => {
    const made = withStacks();
    put(made, old, 'UPDATE_ROLLBACK_FAILED');
    holding(made, ['Queue', 'AWS::SQS::Queue', 'q', 'UPDATE_FAILED']);
    const report = await run(inputs({ recover: 'auto\nShop/Queue' }), made.world);
    expect(report.verdict).toBe('deployed');
    expect(writes(made)).toEqual(['continue-Queue Shop', 'deploy Shop']);
  });

  test('has it continued without a resource of a nested stack, by the name that CloudFormation wants', async () => {
    const made = withStacks();
    put(made, old, 'UPDATE_ROLLBACK_FAILED');
    const inner = 'arn:aws:cloudformation:us-west-2:111111111111:stack/Shop-Inner-1X/2';
    holding(made, ['Inner', 'AWS::CloudFormation::Stack', inner, 'UPDATE_FAILED']);
    const queues = new Map([['Queue', { logicalId: 'Queue', type: 'AWS::SQS::Queue', physicalId: 'q', status: 'UPDATE_FAILED' }]]);
    made.aws.answers.set(`stackResources {"stack":"${inner}"}`, queues);
    const report = await run(inputs({ recover: 'Shop/Inner' }), made.world);
    expect(told(report)[0]).toMatch(/names Inner; what its rollback failed on is Shop-Inner-1X\.Queue;/);
    expect((await run(inputs({ recover: 'Shop/Shop-Inner-1X.Queue' }), made.world)).verdict).toBe('deployed');
    expect(writes(made)).toEqual(['continue-Shop-Inner-1X.Queue Shop', 'deploy Shop']);
  });

  test('fails in the words of CloudFormation when it is stuck again', async () => {
    const made = withStacks();
    put(made, old, 'UPDATE_ROLLBACK_FAILED');
    made.aws.recoveries.set('Shop', { error: 'The following resource(s) failed to update: [Queue].' });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'stack-failed' });
    expect(told(report)).toContain('DP121 Shop: The following resource(s) failed to update: [Queue].');
    expect(writes(made)).toEqual(['continue Shop']);
  });

  test('and was left so is rolled back first', async () => {
    const made = withStacks();
    put(made, old, 'UPDATE_FAILED');
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed', findings: [{ code: 'PF113' }] });
    expect(writes(made)).toEqual(['roll-back Shop', 'deploy Shop']);
  });

  test('and was left so is gone on with where failures are kept, data and all', async () => {
    const made = withStacks({ Shop: { resources: { Orders: items('orders'), Queue: queue() } } });
    put(made, { Shop: { resources: { Orders: items('orders') } } }, 'CREATE_FAILED');
    expect(await run(inputs({ 'on-failure': 'keep' }), made.world)).toMatchObject({ verdict: 'deployed', findings: [{ code: 'PF113' }] });
    expect(writes(made)).toEqual(['deploy Shop']);
    expect(made.aws.deployOrders).toMatchObject([{ keepsFailed: true }]);
  });

  test('and is gone on with loses no data of it that nobody has named', async () => {
    const made = withStacks();
    put(made, { Shop: { resources: { Orders: items('orders') } } }, 'CREATE_FAILED');
    const report = await run(inputs({ 'on-failure': 'keep' }), made.world);
    expect(report).toMatchObject({ verdict: 'blocked', plan: { stacks: [{ action: 'update' }] } });
    expect(told(report)[0]).toMatch(/Orders/);
    expect(writes(made)).toEqual([]);
  });

  test('is not touched where the input says never', async () => {
    const made = withStacks();
    put(made, old, 'UPDATE_ROLLBACK_FAILED');
    expect(codesOf(await run(inputs({ recover: 'never' }), made.world))).toEqual(['PF110']);
    expect(writes(made)).toEqual([]);
  });
});

describe('a stack that was created, and whose deletion failed', () => {
  const rest: Stacks = { Shop: { resources: { Queue: queue(), Topic: { Type: 'AWS::SNS::Topic' }, Orders: items('orders') } } };
  const wanted: Stacks = { Shop: { resources: { Topic: { Type: 'AWS::SNS::Topic' } } } };
  const withRest = (stacks: Stacks = wanted, ...rows: Parameters<typeof holding>[1][]): FakeWorld => {
    const made = withStacks(stacks);
    put(made, rest, 'DELETE_FAILED');
    holding(
      made,
      ['Orders', 'AWS::DynamoDB::Table', 'orders', 'DELETE_FAILED'],
      ['Topic', 'AWS::SNS::Topic', 't', 'CREATE_COMPLETE'],
      ...rows,
    );
    return made;
  };
  const keeping = { recover: 'Shop/Orders' };

  test('is left alone as long as nobody says what of it stays', async () => {
    const made = withRest();
    expect(codesOf(await run(inputs(), made.world))).toContain('PF110');
    expect(writes(made)).toEqual([]);
  });

  test('is deleted but for what is named, and made anew, which is said before', async () => {
    const made = withRest();
    const report = await run(inputs(keeping), made.world);
    expect(report).toMatchObject({ verdict: 'deployed', plan: { stacks: [{ action: 'recover' }] } });
    expect(told(report)).toEqual([
      'PF113 Shop is in DELETE_FAILED: its deletion never came to an end. Deploy deletes what is left of it, but Orders, which stays in AWS and belongs to no stack then, and creates the stack anew. Nothing of it holds data: AWS::SNS::Topic Topic (t).',
    ]);
    expect(writes(made)).toEqual(['destroy Shop', 'deploy Shop']);
    expect(made.aws.destroyOrders).toMatchObject([{ liftsProtection: false, retains: ['Orders'] }]);
    expect(made.lines).toContain('🩹 Shop is in DELETE_FAILED: deleting what is left of it but Orders');
  });

  test.each<[string, () => FakeWorld, Record<string, string>, RegExp]>([
    [
      'something else of it holds data',
      () => {
        const made = withRest(wanted, ['Carts', 'AWS::DynamoDB::Table', 'carts', 'CREATE_COMPLETE']);
        made.aws.things.set('AWS::DynamoDB::Table carts', { kind: 'present', active: true });
        return made;
      },
      keeping,
      /it would lose what holds data: AWS::DynamoDB::Table Carts \(carts\); /,
    ],
    [
      'its deletion did not fail on what is named',
      () => withRest(),
      { recover: 'Shop/Topic' },
      /names Topic; what its deletion failed on is Orders; /,
    ],
    [
      'what stays would be in the way of what is made anew',
      () => withRest({ Shop: { resources: { Orders: items('orders') } } }),
      keeping,
      /Orders \(orders\) would stay, and nothing can be made anew under its name; /,
    ],
    [
      'it is protected by now',
      () => {
        const made = withRest();
        put(made, rest, 'DELETE_FAILED', { terminationProtection: true });
        return made;
      },
      keeping,
      /it is protected from termination; /,
    ],
  ])('is left alone where %s', async (_name, make, more, says) => {
    const made = make();
    const report = await run(inputs(more), made.world);
    expect(report.findings.find((f) => f.code === 'PF110')?.message).toMatch(says);
    expect(writes(made)).toEqual([]);
  });
});

describe('the input recover', () => {
  test.each([
    ['always', /^RT010 `recover` is "always": allowed are auto, never and <stack>\/<logical id>\.$/],
    ['Shop/Queue/More', /^RT010 `recover` is "Shop\/Queue\/More": /],
    ['never\nShop/Queue', /^RT010 `recover` is "never, Shop\/Queue": never stands alone\.$/],
    ['Store/Queue', /^RT014 `recover` names resources of Store, which is none of the chosen stacks\.$/],
  ])('is refused as %j', async (recover, message) => {
    const made = withStacks();
    await expect(run(inputs({ recover }), made.world)).rejects.toThrow(message);
    expect(writes(made)).toEqual([]);
  });

  test.each(['auto', 'Shop/Queue', 'auto, Shop/Queue, Shop/Inner.Queue'])('may be %j', async (recover) => {
    expect((await run(inputs({ recover }), withStacks().world)).verdict).toBe('deployed');
  });
});

describe('a stack that something else is changing', () => {
  const busy = (made: FakeWorld, endsIn: string, ms: number, stacks: Stacks = old) => {
    put(made, stacks, 'UPDATE_IN_PROGRESS', { changeSet: 'spaceport-41-1' });
    made.clock.at(ms, () => put(made, stacks, endsIn));
  };

  test('is awaited, and deployed after another look', async () => {
    const made = withStacks();
    busy(made, 'UPDATE_COMPLETE', 62_000);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'deployed', findings: [], seconds: 64 });
    expect(made.lines).toContain('⏳ Shop is in UPDATE_IN_PROGRESS: waiting for its end, 120 minutes at most');
  });

  test('and brings it to what is wanted leaves nothing to do', async () => {
    const made = withStacks();
    busy(made, 'UPDATE_COMPLETE', 12_000, shop);
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'unchanged', findings: [] });
    expect(writes(made)).toEqual([]);
  });

  test('and leaves it stuck has it brought back', async () => {
    const made = withStacks();
    busy(made, 'UPDATE_ROLLBACK_FAILED', 12_000);
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed', findings: [{ code: 'PF113' }] });
  });

  test('for longer than the run may take stops it, with who that is', async () => {
    const made = withStacks();
    busy(made, 'UPDATE_COMPLETE', 3_600_000);
    const report = await run(inputs({ 'timeout-minutes': '5' }), made.world);
    expect(report).toMatchObject({ verdict: 'blocked', failureReason: 'preflight' });
    expect(told(report)).toEqual([
      'PF111 Shop is in UPDATE_IN_PROGRESS, by the change set spaceport-41-1 (attempt 1 of the workflow run 41). It was waited for 5 minutes.',
    ]);
    expect(writes(made)).toEqual([]);
  });

  test('stops the run at once where the input says never', async () => {
    const made = withStacks();
    busy(made, 'UPDATE_COMPLETE', 60_000);
    expect(codesOf(await run(inputs({ recover: 'never' }), made.world))).toEqual(['PF111']);
    expect(made.clock.now()).toBe(startMs);
  });

  test('is not waited for any longer when the run is cancelled', async () => {
    const made = withStacks();
    busy(made, 'UPDATE_COMPLETE', 60_000);
    made.clock.at(7_000, made.cancel);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'cancelled', stacks: [] });
    expect(told(report)).toContain('RT002 Nothing was written.');
  });

  test('is waited for through answers that could not be had, and not where they are refused', async () => {
    const made = withStacks();
    busy(made, 'UPDATE_COMPLETE', 30_000);
    made.clock.at(4_000, () => made.aws.failing.set('cloudformation:DescribeStacks', 'throttled'));
    made.clock.at(21_000, () => made.aws.failing.clear());
    expect((await run(inputs(), made.world)).verdict).toBe('deployed');
    const refused = withStacks();
    busy(refused, 'UPDATE_COMPLETE', 3_000_000);
    refused.clock.at(4_000, () => refused.aws.denied.add('cloudformation:DescribeStacks'));
    await run(inputs(), refused.world);
    expect(refused.clock.now() - startMs).toBeLessThan(60_000);
  });

  test('since the look is not deployed over: who is first goes on', async () => {
    const made = withStacks();
    put(made, old, 'UPDATE_COMPLETE');
    made.aws.scripts.set('Shop', {
      endsIn: 'UPDATE_IN_PROGRESS',
      error: 'Stack:arn is in UPDATE_IN_PROGRESS state and can not be updated.',
    });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'still-running' });
    expect(told(report)).toEqual(['DP140 Shop is in UPDATE_IN_PROGRESS.']);
  });
});

describe('the time of a run', () => {
  test('ends with nothing more started, and what is still running told', async () => {
    const made = withStacks({ Net: {}, Shop: { dependencies: ['Net'] } });
    made.aws.scripts.set('Net', { hangs: true });
    const report = await run(inputs({ 'timeout-minutes': '10' }), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'timeout', seconds: 600 });
    expect(told(report)).toEqual([
      'DP122 Shop: the time of the run was over.',
      'DP140 Net is in CREATE_IN_PROGRESS.',
      'DP141 Still running in AWS: Net. Not started: Shop.',
    ]);
    expect(toOutputs(report)).toMatchObject({ 'failure-reason': 'timeout', failed: '["Net","Shop"]' });
  });

  test('counts the waiting before, too', async () => {
    const made = withStacks();
    put(made, old, 'UPDATE_IN_PROGRESS');
    made.clock.at(240_000, () => put(made, old, 'UPDATE_COMPLETE'));
    made.aws.scripts.set('Shop', { hangs: true });
    expect(await run(inputs({ 'timeout-minutes': '5' }), made.world)).toMatchObject({ failureReason: 'timeout', seconds: 300 });
  });

  test('is not over for a run that ends just in time', async () => {
    const made = withStacks();
    made.aws.scripts.set('Shop', { ms: 59_000 });
    expect(await run(inputs({ 'timeout-minutes': '1' }), made.world)).toMatchObject({ verdict: 'deployed', findings: [] });
  });
});

describe('on-failure', () => {
  const three: Stacks = { A: {}, B: {}, C: {} };

  test('stop starts nothing more after a failure, and lets what runs come to its end', async () => {
    const made = withStacks(three);
    made.aws.scripts.set('A', { endsIn: 'ROLLBACK_COMPLETE', error: 'no' });
    made.aws.scripts.set('B', { ms: 5_000 });
    const report = await run(inputs({ 'on-failure': 'stop', concurrency: '2' }), made.world);
    expect(kinds(report)).toEqual({ A: 'failed', B: 'deployed', C: 'not-started' });
    expect(told(report)).toContain('DP122 C: A failed, and `on-failure` is stop.');
  });

  test.each(['rollback', 'keep'])('%s lets the others finish', async (choice) => {
    const made = withStacks(three);
    made.aws.scripts.set('A', { endsIn: choice === 'keep' ? 'CREATE_FAILED' : 'ROLLBACK_COMPLETE', error: 'no' });
    const report = await run(inputs({ 'on-failure': choice, concurrency: '1' }), made.world);
    expect(kinds(report)).toEqual({ A: 'failed', B: 'deployed', C: 'deployed' });
    expect(made.aws.deployOrders.map((o) => o.keepsFailed)).toEqual(Array(3).fill(choice === 'keep'));
  });
});

describe('change sets that earlier runs left', () => {
  const made = (name: string, ageMs: number) => ({ name, day: '2026-11-20', createdMs: startMs - ageMs });
  const hour = 3_600_000;

  test('are removed when their run is over for sure, and left alone otherwise', async () => {
    const world = withStacks();
    put(world, old, 'CREATE_COMPLETE');
    world.aws.answers.set('changeSets {"stack":"Shop"}', [
      made('spaceport-42-0', 0),
      made('spaceport-42-1', 7 * hour),
      made('spaceport-41-1', hour),
      made('spaceport-40-2', 7 * hour),
      made('spaceport-preflight-40-1', 7 * hour),
      made('spaceport-40-1-back', 7 * hour),
      made('spaceport-40-1-draft', 7 * hour),
      made('review', 99 * hour),
    ]);
    expect((await run(inputs(), world.world)).verdict).toBe('deployed');
    expect(writes(world)).toEqual([
      'cloudformation:DeleteChangeSet spaceport-42-0 spaceport-42-1 spaceport-40-2 spaceport-preflight-40-1 spaceport-40-1-back spaceport-40-1-draft',
      'deploy Shop',
    ]);
    expect(world.lines.find((l) => l.startsWith('🧹'))).toMatch(/^🧹 Shop: removed the change sets of earlier runs: spaceport-42-0, /);
  });

  test('that may not be removed stop nothing', async () => {
    const world = withStacks();
    put(world, old, 'CREATE_COMPLETE');
    world.aws.answers.set('changeSets {"stack":"Shop"}', [made('spaceport-40-2', 7 * hour)]);
    world.aws.denied.add('cloudformation:DeleteChangeSet');
    expect(await run(inputs(), world.world)).toMatchObject({ verdict: 'deployed', findings: [] });
  });
});
