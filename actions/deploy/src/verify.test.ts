import { describe, expect, test } from '@jest/globals';
import { parseInputs } from '../../../engine/src/inputs.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import { bucket, queue, readSampleStack, toAssemblyFiles, type SampleStack } from '../../../test/fakes/assembly.ts';
import { createFakeWorld, type FakeWorld } from '../../../test/fakes/world.ts';
import { table, toOutputs } from './inputs.ts';
import { run } from './run.ts';

/* The story of a deployment that is verified: what is asked, when it is given up, and what comes back. */
type Stacks = Readonly<Record<string, SampleStack>>;

const inputs = (more: Record<string, string> = {}) => parseInputs(table, { 'cdk-out': 'cdk.out', ...more }).values;
const told = (report: Report): string[] => report.findings.map((f) => `${f.code} ${f.message}`);
const kinds = (report: Report): Record<string, string> => Object.fromEntries(report.stacks.map((s) => [s.name, s.outcome.kind]));
const deploys = ({ aws }: FakeWorld): string[] => aws.calls.filter((c) => c.includes(' deploy ')).map((c) => c.split(' ')[2] ?? '');

const outputs = { Url: { Value: 'https://api' } };
const old: Stacks = { Net: { resources: { Queue: queue(1) } }, Api: { dependencies: ['Net'], resources: { Queue: queue(1) }, outputs } };
const wanted: Stacks = { Net: { resources: { Queue: queue(2) } }, Api: { dependencies: ['Net'], resources: { Queue: queue(2) }, outputs } };

/** A world with verifications in its config, and stacks that are there already. */
function withVerify(verify: readonly object[], there: Stacks = {}, stacks: Stacks = wanted): FakeWorld {
  const config = JSON.stringify({ environments: { prod: { branches: ['main'], verify } } });
  const made = createFakeWorld({ files: { ...toAssemblyFiles('cdk.out', stacks), '.github/spaceport.yml': config } });
  Object.entries(there).forEach(([id, s]) => made.aws.put(readSampleStack(s, id)));
  return made;
}

const site = { name: 'site', kind: 'http', url: '${Api.Url}/health' };
const ok = { status: 200, headers: {}, body: 'fine' };
const broken = { status: 503, headers: {}, body: 'starting' };

describe('a deployment that is verified', () => {
  test('asks what the config says, with the outputs of its stacks, and is a success', async () => {
    const made = withVerify([
      { ...site, contains: 'fi', matches: '^f.ne$', headers: { 'Content-Type': 'json' } },
      { name: 'ping', kind: 'lambda', function: 'Ping', payload: { a: 1 }, status: 200, contains: 'pong' },
      { name: 'smoke', kind: 'command', run: 'npm run smoke' },
      { name: 'quiet', kind: 'alarms', prefix: 'api-', 'ok-for': '1m' },
      { name: 'steady', kind: 'ecs', cluster: 'main', services: ['web'] },
    ]);
    made.sites.set('https://api/health', () => ({ ...ok, headers: { 'content-type': 'application/json' } }));
    made.aws.functions.set('Ping', (payload) => ({ payload: JSON.stringify({ statusCode: 200, body: `pong ${payload}` }) }));
    let variables: Readonly<Record<string, string>> = {};
    made.commands.set('npm run smoke', (given) => ((variables = given), { code: 0, lines: [] }));
    made.aws.answers.set('alarms {"prefix":"api-"}', [{ name: 'api-5xx', state: 'OK', sinceMs: 0 }]);
    const deployments = [{ status: 'PRIMARY', rollout: 'COMPLETED', reason: '', failed: 0 }];
    const web = { name: 'web', status: 'ACTIVE', desired: 2, running: 2, deployments };
    made.aws.answers.set('containerServices {"cluster":"main","services":["web"]}', [web]);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'deployed', findings: [] });
    expect(variables).toEqual({ OUTPUT_Api_Url: 'https://api', SPACEPORT_OUTPUTS: '{"Net":{},"Api":{"Url":"https://api"}}' });
    expect(report.verifications?.map((v) => `${v.name} ${v.outcome} ${v.seconds}`)).toEqual([
      'site passed 0',
      'ping passed 0',
      'smoke passed 0',
      'quiet passed 60',
      'steady passed 0',
    ]);
    expect(report.seconds).toBe(62); // two stacks of a second, and alarms in OK for a minute
  });

  test('waits for what is not yet as it should be, and says so', async () => {
    const made = withVerify([site]);
    made.sites.set('https://api/health', (ms) => (ms < 12_000 ? broken : ok));
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed', seconds: 12 });
    expect(made.lines.filter((l) => l.includes('site'))).toEqual([
      '🔎 Verifying site',
      '   site: not yet, https://api/health: it answers 503, not 200: "starting"',
      '✅ site: verified in 10.0 s',
    ]);
  });

  test('that fails leaves what it created, and says what is left', async () => {
    const made = withVerify([{ ...site, within: '20s' }]);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'verification', seconds: 22 });
    expect(kinds(report)).toEqual({ Net: 'deployed', Api: 'deployed' });
    expect(told(report)).toEqual([
      'DP150 site: https://api/health gives no answer: no such host.',
      'DP153 Api: this run created it, and deletes nothing.',
      'DP153 Net: what needs Net is as this run left it.',
    ]);
    expect(report.findings[0]?.place).toMatchObject({ file: '.github/spaceport.yml' });
    expect(made.aws.stacks.size).toBe(2);
  });

  test('is not verified where a stack failed', async () => {
    const made = withVerify([site]);
    made.aws.scripts.set('Api', { endsIn: 'CREATE_FAILED', error: 'no' });
    expect(told(await run(inputs(), made.world))).toEqual(['DP121 Api: no']);
    expect(made.lines).not.toContain('🔎 Verifying site');
  });

  test('is verified when nothing changed, too: a rerun does not turn green', async () => {
    const made = withVerify([{ ...site, within: 1 }], wanted);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'verification' });
    expect(deploys(made)).toEqual([]);
    expect(told(report)).toHaveLength(1);
  });

  test.each<[string, string, string[]]>([
    ['all of them', 'auto', ['site', 'ping']],
    ['none', 'never', []],
    ['those that are named', 'ping', ['ping']],
  ])('by %s', async (_name, verify, names) => {
    const made = withVerify(
      [
        { ...site, within: 1 },
        { name: 'ping', kind: 'lambda', function: 'Ping', within: 1 },
      ],
      wanted,
    );
    const report = await run(inputs({ verify }), made.world);
    expect(new Set(report.findings.map((f) => f.message.split(':')[0]))).toEqual(new Set(names));
  });

  test('by one that there is not, is refused before anything is written', async () => {
    const made = withVerify([site]);
    await expect(run(inputs({ verify: 'sight' }), made.world)).rejects.toThrow(
      'RT010 `verify` names `sight`; the verifications of the environment are site.',
    );
    expect(deploys(made)).toEqual([]);
  });

  test('passes over what refers to a stack of the app that is not there yet, and nothing else', async () => {
    const made = withVerify([site, { ...site, name: 'typo', url: '${Appi.Url}' }]);
    const report = await run(inputs({ stacks: 'Net' }), made.world);
    expect(told(report)).toEqual(['DP151 typo: there is no stack Appi.', 'DP154 site: there is no stack Api.']);
  });

  test('goes on when AWS answers again', async () => {
    const made = withVerify([{ name: 'ping', kind: 'lambda', function: 'Ping' }], old);
    made.aws.functions.set('Ping', () => ({ payload: '{}' }));
    made.aws.failing.set('lambda:InvokeFunction', 'throttled');
    made.clock.at(12_000, () => made.aws.failing.clear());
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed', verifications: [{ outcome: 'passed' }] });
  });

  const service = (name: string) => `arn:aws:ecs:us-west-2:111111111111:service/main/${name}`;
  const holding = (made: FakeWorld, stack: string, ...rows: (readonly [string, string, string])[]) =>
    made.aws.answers.set(
      `stackResources {"stack":"${stack}"}`,
      new Map(rows.map(([logicalId, type, physicalId]) => [logicalId, { logicalId, type, physicalId, status: 'CREATE_COMPLETE' }])),
    );

  test('looks at the services of nested stacks, too', async () => {
    const made = withVerify([{ name: 'steady', kind: 'ecs', within: 1 }], wanted);
    holding(made, 'Net', ['Inner', 'AWS::CloudFormation::Stack', 'arn:inner']);
    holding(made, 'arn:inner', ['Web', 'AWS::ECS::Service', service('web')]);
    const web = { name: 'web', status: 'ACTIVE', desired: 2, running: 0, deployments: [] };
    made.aws.answers.set('containerServices {"cluster":"main","services":["web"]}', [web]);
    expect(told(await run(inputs(), made.world))).toEqual(['DP150 steady: web runs 0 of 2 tasks.']);
  });

  test('does not claim that services are steady where there is none', async () => {
    const made = withVerify([{ name: 'steady', kind: 'ecs' }], wanted);
    const report = await run(inputs(), made.world);
    expect(told(report)).toEqual(['DP154 steady: none of the chosen stacks has a service of ECS.']);
    expect(report).toMatchObject({ verdict: 'unchanged', verifications: [{ outcome: 'passed-over' }] });
  });

  test('ends at once when the run is cancelled, without a word on what it did not come to say', async () => {
    const made = withVerify([site], old);
    made.clock.at(30_000, made.cancel);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'cancelled', seconds: 30 });
    expect(told(report)).toEqual(['RT002 Nothing is running in AWS.']);
    expect(deploys(made)).toEqual(['Net', 'Api']);
    expect(report.verifications).toMatchObject([{ outcome: 'interrupted' }]);
  });
});

describe('the previous version', () => {
  const failing = { ...site, within: 1 };
  const delays = ({ aws }: FakeWorld) =>
    [...aws.stacks.values()].map((s) => `${s.name} ${String(s.template.Resources?.['Queue']?.Properties?.['DelaySeconds'])}`);

  test('comes back in the opposite order, with its parameters and tags', async () => {
    const parameters = { Size: { Type: 'Number', Default: 1 }, Secret: { Type: 'String', NoEcho: true, Default: 'x' } };
    const there = { ...old, Net: { ...old['Net'], more: { Parameters: parameters }, tags: { team: 'a' } } };
    const made = withVerify([failing], there, {
      ...wanted,
      Net: { ...wanted['Net'], more: { Parameters: parameters }, tags: { team: 'b' } },
    });
    const report = await run(inputs({ parameters: 'Size=3' }), made.world);
    expect(report).toMatchObject({ verdict: 'rolled-back', failureReason: 'verification' });
    expect(deploys(made)).toEqual(['Net', 'Api', 'Api', 'Net']);
    expect(delays(made)).toEqual(['Net 1', 'Api 1']);
    expect(made.aws.stacks.get('us-west-2 Net')).toMatchObject({ parameters: { Size: '1' }, tags: { team: 'a' } });
    expect(kinds(report)).toEqual({ Net: 'rolled-back', Api: 'rolled-back' });
    expect(toOutputs(report)).toMatchObject({ deployed: '[]', failed: '["Net","Api"]' });
    expect(told(report)).toEqual([
      'DP150 site: https://api/health gives no answer: no such host.',
      'DP152 Api has the template, parameters and tags that it had before.',
      'DP152 Net has the template, parameters and tags that it had before.',
    ]);
  });

  test.each<[string, Record<string, string>, boolean, string]>([
    [
      'is told where the run gave it',
      { parameters: 'Secret=new' },
      true,
      ', but for the hidden Secret: nobody can read what that was, and it is as this run left it',
    ],
    [
      'is told where the run took it away',
      {},
      false,
      ', but for the hidden Secret: nobody can read what that was, and it is as this run left it',
    ],
    ['is what it was where the run did not give it', {}, true, ''],
  ])('a hidden parameter %s', async (_name, given, isKept, but) => {
    const more = { Parameters: { Secret: { Type: 'String', NoEcho: true, Default: 'x' } } };
    const made = withVerify([failing], { Api: { ...old['Api'], more } }, { Api: { ...wanted['Api'], ...(isKept ? { more } : {}) } });
    expect(told(await run(inputs(given), made.world)).slice(-1)).toEqual([
      `DP152 Api has the template, parameters and tags that it had before${but}.`,
    ]);
  });

  test.each([true, false])('brings back a termination protection that was %s', async (isProtected) => {
    const there = { Api: { ...old['Api'], protected: isProtected } };
    const made = withVerify([failing], there, { Api: { ...wanted['Api'], protected: !isProtected } });
    await run(inputs(), made.world);
    expect(deploys(made)).toEqual(['Api', 'Api']);
    expect(made.aws.stacks.get('us-west-2 Api')).toMatchObject({ terminationProtection: isProtected });
  });

  test('brings back the topics for its events', async () => {
    const telling = (topic: string) => ({ notificationArns: [`arn:aws:sns:us-west-2:111111111111:${topic}`] });
    const there = { Api: { ...old['Api'], properties: telling('ops') } };
    const made = withVerify([failing], there, { Api: { ...wanted['Api'], properties: telling('nobody') } });
    await run(inputs(), made.world);
    expect(deploys(made)).toEqual(['Api', 'Api']);
    expect(made.aws.stacks.get('us-west-2 Api')).toMatchObject(telling('ops'));
    const written = [...made.files].find(([path]) => /previous-Api.*manifest.json$/.test(path))?.[1] ?? '{}';
    expect(JSON.parse(written)).toMatchObject({ artifacts: { Api: { properties: telling('ops') } } });
  });

  test('comes back in the region where the run changed it, and is not looked for in another', async () => {
    const shop = (id: string, region: string, delay: number): Stacks => ({
      [id]: { name: 'Shop', region, resources: { Queue: queue(delay) } },
    });
    const made = withVerify(
      [{ name: 'smoke', kind: 'command', run: 'false' }],
      {},
      { ...shop('West', 'us-west-2', 1), ...shop('East', 'us-east-1', 2) },
    );
    made.aws.bootstraps.set('us-east-1 /cdk-bootstrap/hnb659fds/version', 21);
    made.aws.put(readSampleStack(shop('West', 'us-west-2', 1)['West'] ?? {}, 'West'));
    made.aws.put(readSampleStack(shop('East', 'us-east-1', 1)['East'] ?? {}, 'East'));
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'rolled-back' });
    expect(report.stacks.map((s) => `${s.region} ${s.outcome.kind}`)).toEqual(['us-east-1 rolled-back', 'us-west-2 unchanged']);
    expect(made.aws.calls.filter((c) => c.includes(' deploy '))).toEqual(['us-east-1 deploy Shop', 'us-east-1 deploy Shop']);
  });

  test.each<[string, Stacks, Stacks, string]>([
    [
      'data was added',
      { Net: { resources: {} } },
      { Net: { resources: { Files: bucket('files') } } },
      'DP153 Net: data might be lost in Net/Files.',
    ],
    [
      'data was replaced',
      { Net: { resources: { Files: { Type: 'AWS::S3::Bucket', Properties: {} } } } },
      { Net: { resources: { Files: bucket('files') } } },
      'DP153 Net: data might be lost in Net/Files.',
    ],
    [
      'a nested stack changed',
      { Net: { resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://a' } } } } },
      { Net: { resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://b' } } } } },
      'DP153 Net: data might be lost in Net/Inner.',
    ],
  ])('does not come back where %s', async (_name, there, now, why) => {
    const made = withVerify([{ name: 'smoke', kind: 'command', run: 'false' }], there, now);
    made.commands.set('false', () => ({ code: 1, lines: ['one', 'two'] }));
    const report = await run(inputs({ 'allow-destructive': 'AWS::S3::Bucket' }), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'verification' });
    expect(told(report).slice(0, 2)).toEqual(['DP150 smoke: false: it ended with 1:\none\ntwo.', why]);
    expect(deploys(made)).toEqual(['Net']);
  });

  test.each(['UPDATE_FAILED', 'UPDATE_ROLLBACK_FAILED'])(
    'does not come back of a stack that was in %s: that may be what failed',
    async (status) => {
      const made = withVerify([failing], {}, { Api: { resources: { Queue: queue(2) }, outputs } });
      made.aws.put(readSampleStack({ resources: { Queue: queue(1) }, outputs }, 'Api'), { status });
      const report = await run(inputs(), made.world);
      expect(told(report)).toContain(`DP153 Api: it was in ${status} before, and not as anything had been deployed.`);
      expect(deploys(made)).toEqual(['Api']);
    },
  );

  test('does not come back where nobody could say what that would delete', async () => {
    const made = withVerify([failing], {}, { Api: { resources: { Queue: queue(2), Files: bucket('files') }, outputs } });
    made.aws.put(readSampleStack({ resources: { Queue: queue(1) }, outputs }, 'Api'));
    made.aws.failing.set('cloudformation:GetTemplate', 'throttled');
    const { files } = made.world;
    const write = (path: string, text: string) => (made.aws.failing.clear(), files.write(path, text)); // once the look is over AWS answers again
    const report = await run(inputs(), { ...made.world, files: { ...files, write } });
    expect(told(report)).toContain('DP153 Api: it could not be read before.');
    expect(deploys(made)).toEqual(['Api']);
  });

  test('does not come back from YAML, of which a parser keeps less than it says', async () => {
    const made = withVerify([failing], {}, { Api: { resources: { Queue: queue(2) }, outputs } });
    made.aws.put(readSampleStack({ resources: { Queue: queue(1) }, outputs }, 'Api'), { templateText: 'Resources: !Sub x' });
    const report = await run(inputs(), made.world);
    expect(told(report)).toContain('DP153 Api: its template was YAML with short forms, so that only what sent it can send it again.');
  });

  test('does not come back for a verification that could not be run: nothing is known then', async () => {
    const made = withVerify([{ name: 'quiet', kind: 'alarms', prefix: 'a' }], old);
    made.aws.denied.add('cloudwatch:DescribeAlarms');
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'verification' });
    expect(told(report)).toEqual(['DP151 quiet: needs the permission cloudwatch:DescribeAlarms on *.']);
    expect(deploys(made)).toEqual(['Net', 'Api']);
  });

  test('does not come back for an AWS that gives no answer: nobody knows that anything is wrong', async () => {
    const made = withVerify(
      [
        { name: 'quiet', kind: 'alarms', prefix: 'a', within: '1m' },
        { name: 'ping', kind: 'lambda', function: 'Ping', within: '1m' },
      ],
      old,
    );
    made.aws.failing.set('cloudwatch:DescribeAlarms', 'unreachable');
    made.aws.failing.set('lambda:InvokeFunction', 'throttled');
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'verification' });
    expect(told(report)).toEqual([
      'DP151 ping: lambda:InvokeFunction was throttled.',
      'DP151 quiet: cloudwatch:DescribeAlarms got no answer.',
    ]);
    expect(report.verifications?.map((v) => v.outcome)).toEqual(['not-run', 'not-run']);
    expect(deploys(made)).toEqual(['Net', 'Api']);
  });

  test('that cannot be deployed is told with its cause, and what that stack needs stays with it', async () => {
    const made = withVerify([failing], old);
    const events = [{ logicalId: 'Queue', type: 'AWS::SQS::Queue', status: 'UPDATE_FAILED', reason: 'Access Denied' }];
    const back = { endsIn: 'UPDATE_ROLLBACK_COMPLETE', error: 'no', progress: events };
    made.aws.scripts.set('Api', { atEnd: () => void made.aws.scripts.set('Api', back) });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'verification' });
    expect(told(report).slice(1)).toEqual([
      'DP153 Api: Queue (AWS::SQS::Queue): Access Denied.',
      'DP153 Net: what needs Net is as this run left it.',
    ]);
    expect(kinds(report)).toEqual({ Net: 'deployed', Api: 'deployed' });
  });

  test('is awaited no longer when the run is cancelled: it is still on its way in AWS', async () => {
    const made = withVerify([failing], old);
    made.aws.scripts.set('Api', { atEnd: () => void made.aws.scripts.set('Api', { hangs: true }) });
    made.clock.at(60_000, made.cancel);
    const report = await run(inputs(), made.world);
    expect(kinds(report)).toEqual({ Net: 'deployed', Api: 'still-running' });
    expect(told(report)).toContain('RT002 Still running in AWS: Api.');
  });

  test('is awaited no longer than the deployment was to take', async () => {
    const made = withVerify([failing], old);
    made.aws.scripts.set('Api', { atEnd: () => void made.aws.scripts.set('Api', { hangs: true }) });
    const report = await run(inputs({ 'timeout-minutes': '5' }), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'timeout', seconds: 302 });
    expect(kinds(report)).toEqual({ Net: 'deployed', Api: 'still-running' });
    expect(told(report)).toContain('DP153 Net: the time of the run was over.');
  });

  test('is not even kept where nothing is verified', async () => {
    const made = withVerify([], old);
    await run(inputs(), made.world);
    const templates = made.aws.calls.filter((c) => c.includes('GetTemplate'));
    expect(templates).toHaveLength(2);
  });
});
