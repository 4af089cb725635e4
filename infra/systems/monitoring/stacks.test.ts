import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeSample, type Sample, type SampleTemplate } from '../sample.ts';
import { phases, stackNames, type StackId } from './stack-names.ts';
import { monitoring } from './system.ts';

type Properties = Readonly<Record<string, unknown>>;

const everything = {
  alertEmails: ['ops@example.com', 'night@example.com'],
  allowedOrigins: ['https://a.example.com'],
  healthEndpoints: ['https://a.example.com/health'],
  replicaRegion: 'us-east-1',
  githubRepository: 'octo-org/infrastructure',
};
const dev = await synthesizeSample(monitoring, 'dev');
const prod = await synthesizeSample(monitoring, 'prod');
const full = await synthesizeSample(monitoring, 'prod', { settings: everything });

const stack = (sample: Sample, id: StackId, environment = 'prod'): SampleTemplate => sample.templates[stackNames(environment)[id]] ?? {};
const ofType = (template: SampleTemplate, type: string): readonly Properties[] =>
  Object.values(template.Resources ?? {}).flatMap((resource) => (resource.Type === type ? [resource.Properties ?? {}] : []));
const importsOf = (template: SampleTemplate): readonly string[] =>
  [...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^":]+):/g)].map(([, name = '']) => name);

describe('the stacks', () => {
  test('are nine in three phases', () => {
    expect(Object.keys(prod.templates).sort()).toEqual(Object.values(stackNames('prod')).sort());
    expect(Object.values(phases).flat()).toHaveLength(9);
  });

  test('need only what comes before them, so that none waits for another in a circle', () => {
    const names = Object.values(stackNames('prod'));
    for (const [index, name] of names.entries())
      for (const needed of importsOf(prod.templates[name] ?? {}))
        expect([name, names.slice(0, index)]).toEqual([name, expect.arrayContaining([needed])]);
  });

  test('networking and security need no other stack: keys and roles do not know their users', () => {
    for (const id of ['networking', 'security'] as const) expect(importsOf(stack(full, id))).toEqual([]);
  });

  test('storage knows nobody who is told of its objects: EventBridge takes them to the log processor', () => {
    expect(new Set(importsOf(stack(full, 'storage')))).toEqual(new Set([stackNames('prod').security]));
    expect(ofType(stack(prod, 'storage'), 'AWS::S3::Bucket')).toEqual([
      expect.objectContaining({ NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } }),
    ]);
    expect(ofType(stack(prod, 'integrations'), 'AWS::Events::Rule')).toContainEqual(
      expect.objectContaining({ EventPattern: expect.objectContaining({ source: ['aws.s3'], 'detail-type': ['Object Created'] }) }),
    );
  });

  test('have the same bytes for the same request, and ask for no look-up of context', async () => {
    expect(await synthesizeSample(monitoring, 'prod')).toEqual(prod);
    expect(JSON.parse(prod.files['manifest.json'] ?? '{}')).not.toHaveProperty('missing');
  });

  test('everything that can have tags says whose it is', () => {
    const tags = ofType(stack(prod, 'compute'), 'AWS::Lambda::Function').map(({ Tags }) =>
      Object.fromEntries((Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value])),
    );
    const expected = {
      system: 'monitoring',
      environment: 'prod',
      stack: 'MonitoringComputeProdStack',
      owner: 'monitoring-team',
      'cost-centre': 'monitoring-production',
    };
    expect(tags).toEqual(Array(5).fill(expected));
  });
});

describe('the network', () => {
  test.each([
    ['dev', dev, 0, 2],
    ['prod', prod, 3, 6],
  ] as const)(
    'of %s has the NAT gateways that its environment says, in subnets of several zones',
    (environment, sample, gateways, subnets) => {
      const template = stack(sample, 'networking', environment);
      expect(ofType(template, 'AWS::EC2::NatGateway')).toHaveLength(gateways);
      expect(ofType(template, 'AWS::EC2::Subnet')).toHaveLength(subnets);
      const zones = new Set(ofType(template, 'AWS::EC2::Subnet').map(({ AvailabilityZone }) => JSON.stringify(AvailabilityZone)));
      expect(zones.size).toBeGreaterThan(1);
    },
  );

  test('reaches S3 and DynamoDB by gateways, and other services by the interfaces that are asked for', () => {
    const types = ofType(stack(dev, 'networking', 'dev'), 'AWS::EC2::VPCEndpoint').map(({ VpcEndpointType }) => VpcEndpointType);
    expect(types.map(String).sort((a, b) => a.localeCompare(b))).toEqual(['Gateway', 'Gateway', 'Interface', 'Interface', 'Interface']);
  });

  test('lets nothing in and only HTTPS out', () => {
    const groups = ofType(stack(prod, 'networking'), 'AWS::EC2::SecurityGroup');
    expect(groups).toContainEqual(
      expect.objectContaining({ SecurityGroupEgress: [expect.objectContaining({ FromPort: 443, ToPort: 443 })] }),
    );
    expect(groups.filter((group) => 'SecurityGroupIngress' in group)).toEqual([
      expect.objectContaining({ SecurityGroupIngress: [expect.objectContaining({ CidrIp: '10.42.0.0/16', FromPort: 443 })] }),
    ]);
  });
});

describe('what holds data', () => {
  test('stays when its stack goes, and is encrypted with a key that is rotated', () => {
    for (const { Type, DeletionPolicy } of Object.values(stack(prod, 'storage').Resources ?? {}))
      if (Type !== 'AWS::S3::BucketPolicy' && Type !== 'AWS::SSM::Parameter') expect([Type, DeletionPolicy]).toEqual([Type, 'Retain']);
    expect(ofType(stack(prod, 'security'), 'AWS::KMS::Key').map(({ EnableKeyRotation }) => EnableKeyRotation)).toEqual([true, true, true]);
  });

  test.each([
    ['dev', dev, false],
    ['prod', prod, true],
  ] as const)('tables of %s can be set back to any moment, and are protected as the environment is', (environment, sample, guarded) => {
    const expected = expect.objectContaining({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: guarded,
      SSESpecification: expect.objectContaining({ SSEType: 'KMS' }),
    });
    expect(ofType(stack(sample, 'storage', environment), 'AWS::DynamoDB::Table')).toEqual([expected, expected]);
  });

  test('log files move to cheaper storage and go in the end', () => {
    expect(JSON.stringify(ofType(stack(prod, 'storage'), 'AWS::S3::Bucket'))).toContain(
      '"ExpirationInDays":2555,"Id":"move-and-expire","Status":"Enabled","Transitions":[{"StorageClass":"STANDARD_IA","TransitionInDays":30},{"StorageClass":"GLACIER_IR","TransitionInDays":90}]',
    );
  });

  test('log files are copied to another region where the settings ask for it, to the bucket of that region', async () => {
    const abroad = await synthesizeSample(monitoring, 'prod', { region: 'us-east-1' });
    const [there] = ofType(stack(abroad, 'storage'), 'AWS::S3::Bucket');
    expect(there?.['BucketName']).toBe('monitoring-logs-111111111111-prod-us-east-1');
    const [here] = ofType(stack(full, 'storage'), 'AWS::S3::Bucket');
    expect(JSON.stringify(here?.['ReplicationConfiguration'])).toContain(`:s3:::${String(there?.['BucketName'])}`);
    expect(ofType(stack(prod, 'storage'), 'AWS::S3::Bucket')[0]).not.toHaveProperty('ReplicationConfiguration');
  });

  test('is only referred to when it stays outside of the stack', async () => {
    const decisions = monitoring
      .dataResources({ environment: 'dev', account: '111111111111', region: 'us-west-2', firstRegion: 'us-west-2', protected: false })
      .map(({ id, type, stack: owner, fallback }) => ({ id, type, stack: owner, name: fallback, kind: 'reference' as const }));
    const sample = await synthesizeSample(monitoring, 'dev', { decisions });
    expect(Object.values(stack(sample, 'storage', 'dev').Resources ?? {}).map(({ Type }) => Type)).toEqual(['AWS::SSM::Parameter']);
  });
});

describe('messages', () => {
  test('each alert address of the settings is told, and none without them', () => {
    const addresses = ofType(stack(full, 'messaging'), 'AWS::SNS::Subscription').map(({ Protocol, Endpoint }) => [Protocol, Endpoint]);
    expect(addresses).toEqual([
      ['email', 'ops@example.com'],
      ['email', 'night@example.com'],
    ]);
    expect(ofType(stack(prod, 'messaging'), 'AWS::SNS::Subscription')).toEqual([]);
  });

  test('an analysis that fails again and again goes to a queue of its own', () => {
    expect(ofType(stack(prod, 'messaging'), 'AWS::SQS::Queue')).toContainEqual(
      expect.objectContaining({
        QueueName: 'monitoring-analysis-prod',
        RedrivePolicy: expect.objectContaining({ maxReceiveCount: 5 }),
        VisibilityTimeout: 720,
      }),
    );
  });
});

describe('the functions', () => {
  test('are five, each with its circuits in the table, and with a queue for what it fails on', () => {
    const functions = ofType(stack(prod, 'compute'), 'AWS::Lambda::Function');
    expect(functions.map(({ FunctionName }) => String(FunctionName)).sort((a, b) => a.localeCompare(b))).toEqual(
      ['ai-analysis', 'api', 'backup', 'health-monitor', 'log-processor'].map((name) => `monitoring-${name}-prod`),
    );
    for (const { Environment } of functions)
      expect(Environment).toMatchObject({
        Variables: { CIRCUITS_TABLE: expect.anything(), CIRCUIT_FAILURES: '5', CIRCUIT_OPEN_SECONDS: '60' },
      });
    expect(ofType(stack(prod, 'compute'), 'AWS::Lambda::EventInvokeConfig')).toHaveLength(5);
  });

  test('have the concurrency that their environment says, kept and scaled', () => {
    const api = ofType(stack(prod, 'compute'), 'AWS::Lambda::Function').find(({ FunctionName }) => FunctionName === 'monitoring-api-prod');
    expect(api).toMatchObject({ ReservedConcurrentExecutions: 100, MemorySize: 1024 });
    const targets = ofType(stack(prod, 'compute'), 'AWS::ApplicationAutoScaling::ScalableTarget').map(({ MinCapacity, MaxCapacity }) => [
      MinCapacity,
      MaxCapacity,
    ]);
    expect(targets).toEqual([
      [2, 20],
      [1, 10],
    ]);
    expect(ofType(stack(dev, 'compute', 'dev'), 'AWS::ApplicationAutoScaling::ScalableTarget')).toEqual([]);
  });

  test('run in the network; health checks outside of it where it has no way out', () => {
    const inside = (sample: Sample, environment: string) =>
      ofType(stack(sample, 'compute', environment), 'AWS::Lambda::Function').filter((properties) => 'VpcConfig' in properties).length;
    expect([inside(dev, 'dev'), inside(prod, 'prod')]).toEqual([4, 5]);
  });
});

describe('the API', () => {
  test('limits how often it is called, and keeps answers where the environment has a cache', () => {
    const [stage] = ofType(stack(prod, 'api'), 'AWS::ApiGateway::Stage');
    expect(stage).toMatchObject({ CacheClusterEnabled: true, CacheClusterSize: '1.6', TracingEnabled: true });
    expect(stage?.['MethodSettings']).toContainEqual(
      expect.objectContaining({ ResourcePath: '/*', ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 }),
    );
    expect(stage?.['MethodSettings']).toContainEqual(
      expect.objectContaining({
        ResourcePath: '/~1events',
        HttpMethod: 'GET',
        CachingEnabled: true,
        CacheTtlInSeconds: 60,
        CacheDataEncrypted: true,
      }),
    );
    expect(stage?.['MethodSettings']).toContainEqual(
      expect.objectContaining({ ResourcePath: '/~1circuits', HttpMethod: 'GET', CachingEnabled: false }),
    );
    expect(ofType(stack(dev, 'api', 'dev'), 'AWS::ApiGateway::Stage')[0]).not.toHaveProperty('CacheClusterEnabled');
  });

  test('wants signed requests, but for its own health and what browsers ask before', () => {
    const methods = (sample: Sample) =>
      ofType(stack(sample, 'api'), 'AWS::ApiGateway::Method').map(
        ({ HttpMethod, AuthorizationType }) => `${String(HttpMethod)} ${String(AuthorizationType)}`,
      );
    expect(methods(prod).sort()).toEqual(['GET AWS_IAM', 'GET AWS_IAM', 'GET NONE', 'POST AWS_IAM', 'POST AWS_IAM']);
    expect(methods(full).filter((method) => method.startsWith('OPTIONS'))).toHaveLength(5);
  });

  test('answers pages of the origins that the settings name, and of no other', () => {
    expect(JSON.stringify(stack(full, 'api'))).toContain("'https://a.example.com'");
    expect(JSON.stringify(stack(prod, 'api'))).not.toContain('Access-Control-Allow-Origin');
  });
});

describe('what watches', () => {
  const alarms = (sample: Sample) => ofType(stack(sample, 'monitoring'), 'AWS::CloudWatch::Alarm');
  const composites = (sample: Sample) => ofType(stack(sample, 'monitoring'), 'AWS::CloudWatch::CompositeAlarm');

  test('the error budget of 99.9 % has alarms on its pace, in windows of an hour, six hours and a day', () => {
    const thresholds = alarms(prod)
      .filter(({ AlarmName }) => String(AlarmName).includes('availability-budget'))
      .map(({ AlarmName, Threshold }) => [AlarmName, Threshold]);
    expect(thresholds).toEqual([
      ['monitoring-availability-budget-fast-long-prod', 1.44],
      ['monitoring-availability-budget-fast-short-prod', 1.44],
      ['monitoring-availability-budget-medium-long-prod', 0.6],
      ['monitoring-availability-budget-medium-short-prod', 0.6],
      ['monitoring-availability-budget-slow-long-prod', 0.3],
      ['monitoring-availability-budget-slow-short-prod', 0.3],
    ]);
    expect(composites(prod).map(({ AlarmName }) => AlarmName)).toContain('monitoring-availability-budget-fast-prod');
  });

  test('two dashboards show what runs and what is left of the error budgets', () => {
    const dashboards = ofType(stack(prod, 'monitoring'), 'AWS::CloudWatch::Dashboard');
    expect(dashboards.map(({ DashboardName }) => DashboardName)).toEqual(['monitoring-overview-prod', 'monitoring-objectives-prod']);
    expect(JSON.stringify(dashboards)).toContain('Left of the error budget');
  });

  test('every alarm that tells people leads to a section of the runbook, and so do the dashboards', () => {
    const runbook = readFileSync(join(import.meta.dirname, '../../../docs/runbook/monitoring.md'), 'utf8');
    const sections = new Set([...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-')));
    const telling = [...alarms(prod), ...composites(prod)].filter((alarm) => 'AlarmActions' in alarm);
    const linked = telling.map(({ AlarmDescription }) => /docs\/runbook\/monitoring\.md#([\w-]+)$/.exec(String(AlarmDescription))?.[1]);
    expect(linked.length).toBeGreaterThan(20);
    expect(linked.filter((section) => !section || !sections.has(section))).toEqual([]);
    expect([...sections].filter((section) => !linked.includes(section))).toEqual([]);
    expect(JSON.stringify(ofType(stack(prod, 'monitoring'), 'AWS::CloudWatch::Dashboard'))).toContain('[what to do](');
  });

  test('an alarm that tells people says as well when it is over', () => {
    for (const alarm of [...alarms(prod), ...composites(prod)]) expect('AlarmActions' in alarm).toBe('OKActions' in alarm);
  });
});

describe('permissions', () => {
  const statements = Object.values(full.templates)
    .flatMap((template) => [...ofType(template, 'AWS::IAM::Policy'), ...ofType(template, 'AWS::IAM::ManagedPolicy')])
    .flatMap(
      ({ PolicyDocument }) =>
        (PolicyDocument as { Statement: { Effect: string; Action: string | string[]; Resource: unknown }[] }).Statement,
    )
    .filter(({ Effect }) => Effect === 'Allow');

  test('name every action', () => {
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
    expect(JSON.stringify(stack(full, 'security'))).not.toMatch(/"kms:[^"]*\*"/);
  });

  test('are on all resources only where an action knows none', () => {
    const all = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    expect([...new Set(all)].filter((action) => !/^(xray:Put|ec2:(Assign|Create|Delete|Describe|Unassign))/.test(action)).sort()).toEqual([
      'cloudformation:ListExports',
      'dynamodb:ListBackups',
      's3:ListAllMyBuckets',
    ]);
  });

  test('across stacks come with the integrations', () => {
    expect(ofType(stack(prod, 'integrations'), 'AWS::IAM::Policy').map(({ PolicyName }) => PolicyName)).toEqual(Array(5).fill('data'));
  });
});

describe('the pipeline', () => {
  test('trusts one repository: its jobs in the environment to deploy, its pull requests to look', () => {
    const subjects = ofType(stack(full, 'pipeline'), 'AWS::IAM::Role').map(
      ({ AssumeRolePolicyDocument }) => /"token[^"]*:sub":"([^"]+)"/.exec(JSON.stringify(AssumeRolePolicyDocument))?.[1],
    );
    expect(subjects).toEqual(['repo:octo-org/infrastructure:environment:production', 'repo:octo-org/infrastructure:pull_request']);
  });

  test('makes the provider once for an account: not in a further region, and not where there is one', async () => {
    const made = (sample: Sample) => ofType(stack(sample, 'pipeline'), 'AWS::IAM::OIDCProvider').length;
    const abroad = await synthesizeSample(monitoring, 'prod', { settings: { githubRepository: 'a/b' }, region: 'us-east-1' });
    const existing = await synthesizeSample(monitoring, 'prod', { settings: { githubRepository: 'a/b', githubProvider: 'existing' } });
    expect([full, abroad, existing].map(made)).toEqual([1, 0, 0]);
  });

  test('has no role without a repository', () => {
    expect(ofType(stack(prod, 'pipeline'), 'AWS::IAM::Role')).toEqual([]);
  });
});
