import { describe, expect, test } from '@jest/globals';
import { parseInputs } from '../../../engine/src/inputs.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import { queue, readSampleStack, toAssemblyFiles, type SampleStack } from '../../../test/fakes/assembly.ts';
import { createFakeWorld, type FakeWorld } from '../../../test/fakes/world.ts';
import { table } from './inputs.ts';
import { run } from './run.ts';

/* Where verifications look: an app of one stack at home, one in another region and one in another account. */
type Stacks = Readonly<Record<string, SampleStack>>;

const outputs = (values: Record<string, string>): SampleStack['outputs'] =>
  Object.fromEntries(Object.entries(values).map(([key, Value]) => [key, { Value }]));
const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const elsewhere = {
  account: '222222222222',
  region: 'us-west-2',
  properties: { assumeRoleArn: role('deploy'), lookupRole: { arn: role('look') } },
};
const stacks: Stacks = {
  Api: { resources: { Queue: queue(1) }, outputs: outputs({ Function: 'orders', Alarm: 'api-5xx' }) },
  Edge: {
    region: 'us-east-1',
    resources: { Queue: queue(1) },
    outputs: outputs({ Function: 'edge', Alarm: 'edge-5xx', Cluster: 'main', Url: 'https://edge' }),
  },
  Hub: { ...elsewhere, resources: { Queue: queue(1) }, outputs: outputs({ Function: 'hub', Alarm: 'hub-5xx' }) },
};

const inputs = (more: Record<string, string> = {}) => parseInputs(table, { 'cdk-out': 'cdk.out', ...more }).values;
const told = (report: Report): string[] => report.findings.filter((f) => f.code.startsWith('DP')).map((f) => `${f.code} ${f.message}`);

/** A world whose stacks are there already and as they should be. */
function withVerify(verify: readonly object[], more: Stacks = {}, url?: string): FakeWorld {
  const all = { ...stacks, ...more };
  const config = JSON.stringify({ environments: { prod: { branches: ['main'], verify, ...(url ? { url } : {}) } } });
  const made = createFakeWorld({ files: { ...toAssemblyFiles('cdk.out', all), '.github/spaceport.yml': config } });
  made.aws.bootstraps.set('us-east-1 /cdk-bootstrap/hnb659fds/version', 21);
  for (const [id, s] of Object.entries(all)) (s.account ? made.others(s.account) : made.aws).put(readSampleStack(s, id));
  return made;
}

const asked = ({ calls }: { readonly calls: readonly string[] }, call: string): string[] => calls.filter((c) => c.includes(` ${call} `));
const quiet = (names: readonly string[]) => names.map((name) => ({ name, state: 'OK', sinceMs: 0 }));
const alarms = { name: 'quiet', kind: 'alarms', within: 1 };
const ping = { name: 'ping', kind: 'lambda', within: 1 };

describe('a verification of a function', () => {
  test.each<[string, object, string]>([
    ['of an output looks where that stack is', { function: '${Edge.Function}' }, 'us-east-1 lambda:InvokeFunction edge'],
    ['by its name looks where the run goes', { function: 'orders' }, 'us-west-2 lambda:InvokeFunction orders'],
    ['with a stack looks where that is', { function: 'orders', stack: 'Edge' }, 'us-east-1 lambda:InvokeFunction orders'],
    [
      'by its ARN looks where that says, whatever else is said',
      { function: 'arn:aws:lambda:eu-west-1:111111111111:function:far', stack: 'Edge' },
      'eu-west-1 lambda:InvokeFunction arn:aws:lambda:eu-west-1:111111111111:function:far',
    ],
    [
      'of another account is called by its ARN, with the credentials of the job',
      { function: '${Hub.Function}' },
      'us-west-2 lambda:InvokeFunction arn:aws:lambda:us-west-2:222222222222:function:hub',
    ],
  ])('%s', async (_name, more, call) => {
    const made = withVerify([{ ...ping, ...more }]);
    made.aws.functions.set(call.split(' ')[2] ?? '', () => ({ payload: '{}' }));
    expect(told(await run(inputs(), made.world))).toEqual([]);
    expect(asked(made.aws, 'lambda:InvokeFunction')).toEqual([call]);
    expect(asked(made.others('222222222222'), 'lambda:InvokeFunction')).toEqual([]);
  });

  test('that another account does not let the job call could not be run, and says what is lacking', async () => {
    const made = withVerify([{ ...ping, function: '${Hub.Function}' }]);
    made.aws.denied.add('lambda:InvokeFunction');
    const arn = 'arn:aws:lambda:us-west-2:222222222222:function:hub';
    expect(told(await run(inputs(), made.world))).toEqual([`DP151 ping: needs the permission lambda:InvokeFunction on ${arn}.`]);
  });
});

describe('a verification of alarms', () => {
  test('looks for each where it is: by its name, its stack, or its ARN', async () => {
    const arn = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:far';
    const made = withVerify([{ ...alarms, names: ['api-5xx', '${Edge.Alarm}', arn, '${Hub.Alarm}', '${Api.Alarm}'] }]);
    made.aws.answers.set('alarms {"names":["api-5xx","api-5xx"]}', quiet(['api-5xx']));
    made.aws.answers.set('alarms {"names":["edge-5xx"]}', quiet(['edge-5xx']));
    made.aws.answers.set('alarms {"names":["far"]}', quiet(['far']));
    made.others('222222222222').answers.set('alarms {"names":["hub-5xx"]}', quiet(['hub-5xx']));
    expect(told(await run(inputs(), made.world))).toEqual([]);
    expect(asked(made.aws, 'cloudwatch:DescribeAlarms').map((c) => c.split(' ')[0])).toEqual(['us-west-2', 'us-east-1', 'eu-west-1']);
    expect(asked(made.others('222222222222'), 'cloudwatch:DescribeAlarms')).toHaveLength(1);
  });

  test('fails for one that is bad at any of the places, and for a place that cannot be read before that', async () => {
    const made = withVerify([{ ...alarms, names: ['api-5xx', '${Hub.Alarm}'] }]);
    made.aws.answers.set('alarms {"names":["api-5xx"]}', quiet(['api-5xx']));
    made.others('222222222222').answers.set('alarms {"names":["hub-5xx"]}', [{ name: 'hub-5xx', state: 'ALARM', sinceMs: 0 }]);
    expect(told(await run(inputs(), made.world))).toEqual(['DP150 quiet: hub-5xx is in ALARM.']);
    made.others('222222222222').denied.add('cloudwatch:DescribeAlarms');
    expect(told(await run(inputs(), made.world))).toEqual(['DP151 quiet: needs the permission cloudwatch:DescribeAlarms on *.']);
  });

  test('by the beginning of their names looks where the stack is that it names', async () => {
    const made = withVerify([{ ...alarms, prefix: 'edge-', stack: 'Edge' }]);
    made.aws.answers.set('alarms {"prefix":"edge-"}', quiet(['edge-5xx']));
    expect(told(await run(inputs(), made.world))).toEqual([]);
    expect(asked(made.aws, 'cloudwatch:DescribeAlarms').map((c) => c.split(' ')[0])).toEqual(['us-east-1']);
  });

  test('with a stack that the app does not have could not be run', async () => {
    const made = withVerify([{ ...alarms, prefix: 'edge-', stack: 'Edgy' }]);
    expect(told(await run(inputs(), made.world))).toEqual(['DP151 quiet: the app has no stack Edgy.']);
  });
});

describe('a verification of services', () => {
  const steady = { name: 'steady', kind: 'ecs', within: 1 };
  const deployments = [{ status: 'PRIMARY', rollout: 'COMPLETED', reason: '', failed: 0 }];
  const web = { name: 'web', status: 'ACTIVE', desired: 1, running: 1, deployments };

  test('looks for all of them where one of them is known to be', async () => {
    const made = withVerify([{ ...steady, cluster: '${Edge.Cluster}', services: ['web'] }]);
    made.aws.answers.set('containerServices {"cluster":"main","services":["web"]}', [web]);
    expect(told(await run(inputs(), made.world))).toEqual([]);
    expect(asked(made.aws, 'ecs:DescribeServices')).toEqual(['us-east-1 ecs:DescribeServices main']);
  });

  test('that are known to be at several places could not be run, unless a stack says where', async () => {
    const wanted = { ...steady, cluster: '${Edge.Cluster}', services: ['${Api.Function}'] };
    const made = withVerify([wanted, { ...wanted, name: 'said', stack: 'Hub' }]);
    made.others('222222222222').answers.set('containerServices {"cluster":"main","services":["orders"]}', [{ ...web, name: 'orders' }]);
    expect(told(await run(inputs(), made.world))).toEqual([
      'DP151 steady: what it names is at several places (111111111111/us-east-1 and 111111111111/us-west-2); `stack` says at which to look.',
    ]);
  });

  test('with a stack alone are those of that stack', async () => {
    const made = withVerify([{ ...steady, stack: 'Edge' }]);
    const physicalId = 'arn:aws:ecs:us-east-1:111111111111:service/main/web';
    const service = { logicalId: 'Web', type: 'AWS::ECS::Service', physicalId, status: 'CREATE_COMPLETE' };
    made.aws.answers.set('stackResources {"stack":"Edge"}', new Map([['Web', service]]));
    made.aws.answers.set('containerServices {"cluster":"main","services":["web"]}', [{ ...web, running: 0 }]);
    expect(told(await run(inputs({ stacks: 'Api' }), made.world))).toEqual(['DP150 steady: web runs 0 of 1 tasks.']);
    expect(asked(made.aws, 'ecs:DescribeServices')).toEqual(['us-east-1 ecs:DescribeServices main']);
  });
});

describe('an output', () => {
  test('of a stack that was not chosen is read where that stack is', async () => {
    const made = withVerify([{ name: 'site', kind: 'http', url: '${Edge.Url}/health', within: 1 }], {}, '${Edge.Url}');
    made.sites.set('https://edge/health', () => ({ status: 200, headers: {}, body: '' }));
    const report = await run(inputs({ stacks: 'Api' }), made.world);
    expect(report).toMatchObject({ verdict: 'unchanged', environmentUrl: 'https://edge', verifications: [{ outcome: 'passed' }] });
  });

  const shop = (region: string, url: string): SampleStack => ({
    name: 'Shop',
    region,
    resources: { Queue: queue(1) },
    outputs: outputs({ Url: url }),
  });

  test('of stacks of one name is that of where the run goes; an id means the other', async () => {
    const more = { East: shop('us-east-1', 'https://east'), West: shop('us-west-2', 'https://west') };
    const made = withVerify([{ name: 'site', kind: 'http', url: '${East.Url}', within: 1 }], more, '${Shop.Url}');
    made.sites.set('https://east', () => ({ status: 200, headers: {}, body: '' }));
    expect(await run(inputs(), made.world)).toMatchObject({ environmentUrl: 'https://west', verifications: [{ outcome: 'passed' }] });
  });

  test('of stacks of one name that are all elsewhere is nobody’s', async () => {
    const more = { East: shop('us-east-1', 'https://east'), Hubs: { ...shop('us-west-2', 'https://hub'), ...elsewhere } };
    const made = withVerify([], more, '${Shop.Url}');
    expect(told(await run(inputs(), made.world))).toEqual([
      'DP134 ${Shop.Url}: several stacks are called Shop, which are told apart by their ids: East in 111111111111/us-east-1, Hubs in 222222222222/us-west-2.',
    ]);
  });
});
