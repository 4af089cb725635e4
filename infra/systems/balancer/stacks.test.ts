import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleSettings, synthesizeSample, type Sample, type SampleTemplate } from '../sample.ts';
import { exportNames } from './export-names.ts';
import { dependencies, phases, stackNames, type StackId } from './stack-names.ts';
import { balancer } from './system.ts';

type Properties = Readonly<Record<string, unknown>>;

const everything = {
  ...sampleSettings['balancer'],
  alertEmails: ['ops@example.com'],
  pagerDutyEndpoint: 'https://events.pagerduty.com/integration/abc/enqueue',
  featureFlags: { 'new-search': true, 'old-search': false },
  commands: { worker: ['node', 'worker.js'] },
};
const samples: Readonly<Record<string, Sample>> = {
  development: await synthesizeSample(balancer, 'development'),
  staging: await synthesizeSample(balancer, 'staging'),
  production: await synthesizeSample(balancer, 'production'),
};
const full = await synthesizeSample(balancer, 'production', { settings: everything, imageTag: '1.41.8-abc123def' });
const environments = Object.keys(samples);
const ids = Object.values(phases).flat();

const stack = (id: StackId, environment = 'production', sample = samples[environment]): SampleTemplate =>
  sample?.templates[stackNames(environment)[id]] ?? {};
const ofType = (template: SampleTemplate, type: string): readonly Properties[] =>
  Object.values(template.Resources ?? {}).flatMap((resource) => (resource.Type === type ? [resource.Properties ?? {}] : []));
const importsOf = (template: SampleTemplate): readonly string[] => [
  ...new Set([...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name = '']) => name)),
];
const exportsOf = ({ Outputs = {} }: SampleTemplate): readonly string[] =>
  Object.values(Outputs).flatMap((output) => (output as { Export?: { Name: string } }).Export?.Name ?? []);

describe('the stacks', () => {
  test('are twelve in four phases, named after the system and the environment', () => {
    expect(ids).toHaveLength(12);
    expect(Object.keys(phases)).toEqual(['foundation', 'infrastructure', 'application', 'monitoring']);
    for (const environment of environments)
      expect(Object.keys(samples[environment]?.templates ?? {}).sort()).toEqual(ids.map((id) => `v3-backend-${environment}-${id}`).sort());
  });

  test.each(environments)('of %s export every name that there is, once, and import no other', (environment) => {
    const exported = ids.flatMap((id) => exportsOf(stack(id, environment)));
    expect([...exported].sort()).toEqual(Object.values(exportNames(environment)).sort());
    const imported = ids.flatMap((id) => importsOf(stack(id, environment)));
    expect(imported.filter((name) => !exported.includes(name))).toEqual([]);
  });

  test.each(environments)('of %s import only from those that they depend on', (environment) => {
    for (const id of ids) {
      const needed = ids.filter((other) =>
        exportsOf(stack(other, environment)).some((name) => importsOf(stack(id, environment)).includes(name)),
      );
      expect([id, needed.filter((other) => !dependencies[id]?.includes(other))]).toEqual([id, []]);
    }
  });

  test('need only those of their own phase and the ones before', () => {
    for (const [id, needed] of Object.entries(dependencies))
      for (const other of needed) expect([id, ids.slice(0, ids.indexOf(id as StackId))]).toEqual([id, expect.arrayContaining([other])]);
  });

  test.each(['networking', 's3', 'sqs', 'secrets', 'hosted-zone', 'waf'] as const)('%s needs no other stack', (id) => {
    expect(dependencies[id]).toBeUndefined();
    for (const environment of environments) expect(importsOf(stack(id, environment))).toEqual([]);
  });

  test('have the same bytes for the same request, and ask for no look-up of context', async () => {
    const synthesize = () => synthesizeSample(balancer, 'production');
    expect(await synthesize()).toEqual(await synthesize());
    expect(JSON.parse(samples['production']?.files['manifest.json'] ?? '{}')).not.toHaveProperty('missing');
  });

  test('everything that can have tags says whose it is', () => {
    const tags = ofType(stack('compute'), 'AWS::ECS::Cluster').flatMap(({ Tags }) => Tags as { Key: string; Value: string }[]);
    expect(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))).toEqual({
      system: 'balancer',
      environment: 'production',
      stack: 'v3-backend-production-compute',
      owner: 'balancer-team',
      'cost-centre': 'balancer-production',
    });
  });

  test('are kept from being deleted by accident in production only', () => {
    const guarded = (environment: string) =>
      [...(samples[environment]?.files['manifest.json'] ?? '').matchAll(/"terminationProtection": true/g)].length;
    expect(environments.map(guarded)).toEqual([0, 0, 12]);
  });
});

describe('the network', () => {
  test.each([
    ['development', 1, 6],
    ['staging', 2, 6],
    ['production', 3, 9],
  ])('of %s has %d NAT gateways and %d subnets: public, private and isolated in each zone', (environment, gateways, subnets) => {
    const template = stack('networking', environment);
    expect(ofType(template, 'AWS::EC2::NatGateway')).toHaveLength(gateways);
    expect(ofType(template, 'AWS::EC2::Subnet')).toHaveLength(subnets);
    expect(ofType(template, 'AWS::EC2::Subnet').filter(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).toEqual([]);
  });

  test('lets groups in by groups: only the load balancer is open, and nothing but HTTPS leaves for the internet', () => {
    const groups = ofType(stack('security'), 'AWS::EC2::SecurityGroup');
    const open = groups.filter((group) => JSON.stringify(group['SecurityGroupIngress'] ?? []).includes('0.0.0.0/0'));
    expect(open.map(({ GroupName }) => GroupName)).toEqual(['v3-backend-production-alb-sg']);
    const ingress = ofType(stack('security'), 'AWS::EC2::SecurityGroupIngress').map(({ FromPort, ToPort }) => [FromPort, ToPort]);
    expect(ingress).toEqual([
      [8080, 8080],
      [5432, 5432],
      [443, 443],
    ]);
    const out = groups.flatMap((group) => (group['SecurityGroupEgress'] ?? []) as { CidrIp: string; FromPort: number }[]);
    expect(out.filter(({ CidrIp }) => CidrIp === '0.0.0.0/0').map(({ FromPort }) => FromPort)).toEqual([443]);
  });

  test('reaches the services that its environment lists by endpoints of their own, in the security stack with their group', () => {
    const count = (environment: string) => ofType(stack('security', environment), 'AWS::EC2::VPCEndpoint').length;
    expect(environments.map(count)).toEqual([2, 5, 7]);
    expect(environments.flatMap((environment) => ofType(stack('networking', environment), 'AWS::EC2::VPCEndpoint'))).toHaveLength(6);
  });
});

describe('what holds data', () => {
  test.each(environments)('of %s stays when its stack goes', (environment) => {
    const held = ids
      .flatMap((id) => Object.values(stack(id, environment).Resources ?? {}))
      .filter(({ Type }) =>
        /^AWS::(S3::Bucket|ECR::Repository|RDS::DBInstance|SecretsManager::Secret|KMS::Key|Route53::HostedZone)$/.test(Type),
      );
    // The key of the alerts encrypts nothing that lasts.
    const going = held.filter(({ DeletionPolicy = '' }) => !DeletionPolicy.startsWith('Retain'));
    expect(going.map(({ Properties = {} }) => Properties['Description'])).toEqual(['Encrypts the messages of the topics']);
    expect(held).toHaveLength(14);
  });

  test('is encrypted with keys of the account, but for the logs, which the load balancer delivers', () => {
    const encryption = (template: SampleTemplate) =>
      ofType(template, 'AWS::S3::Bucket').map(({ BucketName, BucketEncryption }) => [
        BucketName,
        /"SSEAlgorithm":"([^"]+)"/.exec(JSON.stringify(BucketEncryption))?.[1],
      ]);
    expect(encryption(stack('s3'))).toEqual([
      ['v3-backend-production-logs', 'AES256'],
      ['v3-backend-production-assets', 'aws:kms'],
      ['v3-backend-production-backups', 'aws:kms'],
    ]);
    for (const queue of ofType(stack('sqs'), 'AWS::SQS::Queue')) expect(queue).toHaveProperty('KmsMasterKeyId');
    for (const secret of ofType(stack('secrets'), 'AWS::SecretsManager::Secret')) expect(secret).toHaveProperty('KmsKeyId');
    expect(ofType(stack('database'), 'AWS::RDS::DBInstance')).toEqual([
      expect.objectContaining({ StorageEncrypted: true, KmsKeyId: expect.anything() }),
    ]);
    for (const group of ofType(stack('compute'), 'AWS::Logs::LogGroup')) expect(group).toHaveProperty('KmsKeyId');
  });

  test('the database is of the size of its environment', () => {
    const sizes = environments.map((environment) => {
      const [database] = ofType(stack('database', environment), 'AWS::RDS::DBInstance');
      const { DBInstanceClass, MultiAZ, BackupRetentionPeriod, DeletionProtection, EnablePerformanceInsights = false } = database ?? {};
      return [DBInstanceClass, MultiAZ, BackupRetentionPeriod, DeletionProtection, EnablePerformanceInsights];
    });
    expect(sizes).toEqual([
      ['db.t3.micro', false, 7, false, false],
      ['db.t3.medium', false, 14, false, false],
      ['db.m6g.large', true, 35, true, true],
    ]);
  });

  test('no template has a password: the database takes it from its secret', () => {
    const [database] = ofType(stack('database'), 'AWS::RDS::DBInstance');
    expect(database?.['MasterUserPassword']).toEqual({
      'Fn::Join': [
        '',
        ['{{resolve:secretsmanager:', { 'Fn::ImportValue': 'production-secrets-database-secret-arn' }, ':SecretString:password::}}'],
      ],
    });
  });

  test('files in the buckets for logs and backups move to cheaper storage and go in the end', () => {
    const rules = JSON.stringify(ofType(stack('s3'), 'AWS::S3::Bucket'));
    expect([...rules.matchAll(/"ExpirationInDays":2555,"Id":"move-and-expire"/g)]).toHaveLength(2);
  });

  test('is only referred to when it stays outside of the stack', async () => {
    const target = { environment: 'staging', account: '111111111111', region: 'us-west-2', firstRegion: 'us-west-2', protected: false };
    const decisions = balancer
      .dataResources(target)
      .map(({ id, type, stack: owner, fallback }) => ({ id, type, stack: owner, name: fallback, kind: 'reference' as const }));
    const sample = await synthesizeSample(balancer, 'staging', { decisions });
    expect(
      Object.values(stack('s3', 'staging', sample).Resources ?? {})
        .map(({ Type }) => Type)
        .sort(),
    ).toEqual(['AWS::KMS::Alias', 'AWS::KMS::Key']);
    expect(JSON.stringify(stack('log-forwarder', 'staging', sample))).toContain('v3-backend-logs/application/*');
  });
});

describe('what changes while it runs', () => {
  test('the address of each queue is a parameter, and so is each feature flag', () => {
    const parameters = [stack('sqs', 'production', full), stack('secrets', 'production', full)]
      .flatMap((template) => ofType(template, 'AWS::SSM::Parameter'))
      .map(({ Name, Value }) => [Name, typeof Value === 'string' ? Value : 'of the queue']);
    expect(parameters).toEqual([
      ['/v3-backend/production/queues/background-job-url', 'of the queue'],
      ['/v3-backend/production/queues/data-refresh-url', 'of the queue'],
      ['/v3-backend/production/queues/notification-url', 'of the queue'],
      ['/v3-backend/production/feature-flags/new-search', 'true'],
      ['/v3-backend/production/feature-flags/old-search', 'false'],
    ]);
  });

  test.each(['api', 'worker', 'scheduler'])('the %s may read every parameter of its environment, and decrypt API keys', (id) => {
    const statements = ofType(stack('compute'), 'AWS::IAM::Policy')
      .filter(({ PolicyName }) => PolicyName === `${id}-data`)
      .flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: readonly Properties[] }).Statement);
    expect(statements).toContainEqual(
      expect.objectContaining({ Action: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'] }),
    );
    expect(JSON.stringify(statements)).toContain(':parameter/v3-backend/production/*');
    expect(statements).toContainEqual(
      expect.objectContaining({ Action: 'kms:Decrypt', Resource: { 'Fn::ImportValue': 'production-secrets-key-arn' } }),
    );
  });
});

describe('the services', () => {
  interface Task {
    readonly ContainerDefinitions: readonly { readonly Name: string; readonly Command: readonly string[]; readonly Image: unknown }[];
  }
  const containers = (sample: Sample) =>
    ofType(stack('compute', 'production', sample), 'AWS::ECS::TaskDefinition').flatMap(
      (task) => (task as unknown as Task).ContainerDefinitions,
    );

  test('are the API, the worker and the scheduler, of one image with the tag that is asked for', () => {
    expect(containers(full).map(({ Name, Command }) => [Name, Command])).toEqual([
      ['api', ['api']],
      ['worker', ['node', 'worker.js']],
      ['scheduler', ['scheduler']],
    ]);
    const tags = (sample: Sample) => containers(sample).map(({ Image }) => /:([\w.-]+)"/.exec(JSON.stringify(Image).slice(-40))?.[1]);
    expect(tags(full)).toEqual(Array(3).fill('1.41.8-abc123def'));
    expect(tags(samples['production']!)).toEqual(Array(3).fill('latest'));
  });

  test('scale with their load; there is one scheduler, and never two', () => {
    const limits = (environment: string) =>
      ofType(stack('compute', environment), 'AWS::ApplicationAutoScaling::ScalableTarget').map(({ MinCapacity, MaxCapacity }) => [
        MinCapacity,
        MaxCapacity,
      ]);
    expect(environments.map(limits)).toEqual([
      [
        [1, 2],
        [1, 2],
      ],
      [
        [2, 4],
        [1, 4],
      ],
      [
        [3, 12],
        [2, 12],
      ],
    ]);
    const scheduler = ofType(stack('compute'), 'AWS::ECS::Service').find(
      ({ ServiceName }) => ServiceName === 'v3-backend-production-scheduler',
    );
    expect(scheduler).toMatchObject({ DesiredCount: 1, DeploymentConfiguration: { MaximumPercent: 100, MinimumHealthyPercent: 0 } });
    const policies = ofType(stack('compute'), 'AWS::ApplicationAutoScaling::ScalingPolicy').map(({ PolicyName }) => String(PolicyName));
    expect(policies.filter((name) => /TargetRequests/.test(name))).toHaveLength(1);
    expect(policies.filter((name) => /TargetBacklog/.test(name))).toHaveLength(1);
  });

  test('a deployment of tasks that do not start is taken back, and goes step by step', () => {
    for (const service of ofType(stack('compute'), 'AWS::ECS::Service'))
      expect(service).toMatchObject({
        DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
        DeploymentController: { Type: 'ECS' },
      });
  });

  test('run in private subnets, and get their secrets when they start', () => {
    for (const service of ofType(stack('compute'), 'AWS::ECS::Service')) {
      expect(JSON.stringify(service['NetworkConfiguration'])).toContain('production-networking-private-subnet-ids');
      expect(service).toMatchObject({ NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } } });
    }
    const allowed = JSON.stringify(ofType(stack('compute'), 'AWS::IAM::Policy').filter(({ PolicyName }) => PolicyName === 'secrets-key'));
    expect(allowed).toContain('"kms:Decrypt"');
    expect(allowed).toContain('production-security-execution-role-arn');
  });

  test('TLS ends at the load balancer, which sends HTTP on to HTTPS', () => {
    const listeners = ofType(stack('compute'), 'AWS::ElasticLoadBalancingV2::Listener').map(({ Port, Protocol, DefaultActions }) => [
      Port,
      Protocol,
      (DefaultActions as { Type: string }[])[0]?.Type,
    ]);
    expect(listeners).toEqual([
      [443, 'HTTPS', 'forward'],
      [80, 'HTTP', 'redirect'],
    ]);
  });

  test('the firewall is before the load balancer of production and of no other', () => {
    const guarded = (environment: string) => ofType(stack('compute', environment), 'AWS::WAFv2::WebACLAssociation').length;
    expect(environments.map(guarded)).toEqual([0, 0, 1]);
  });

  test('the name of the API leads to the load balancer, and the record stands in the compute stack', () => {
    expect(ofType(stack('compute'), 'AWS::Route53::RecordSet')).toEqual([
      expect.objectContaining({ Name: 'api.balancer.example.com.', Type: 'A' }),
    ]);
    expect(ofType(stack('hosted-zone'), 'AWS::Route53::RecordSet')).toEqual([expect.objectContaining({ Type: 'CAA' })]);
  });
});

describe('what watches', () => {
  const alarms = ofType(stack('monitoring', 'production', full), 'AWS::CloudWatch::Alarm');

  test('every alarm leads to a section of the runbook, tells the topic, and tells when it is over; so does the dashboard', () => {
    const runbook = readFileSync(join(import.meta.dirname, '../../../docs/runbook/balancer.md'), 'utf8');
    const sections = new Set([...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-')));
    const linked = alarms.map(({ AlarmDescription }) => /docs\/runbook\/balancer\.md#([\w-]+)$/.exec(String(AlarmDescription))?.[1]);
    expect(linked.length).toBeGreaterThan(20);
    expect(linked.filter((section) => !section || !sections.has(section))).toEqual([]);
    expect([...sections].filter((section) => !linked.includes(section))).toEqual([]);
    for (const alarm of alarms) expect(alarm['AlarmActions']).toEqual(alarm['OKActions']);
    const [dashboard] = ofType(stack('monitoring'), 'AWS::CloudWatch::Dashboard');
    expect(JSON.stringify(dashboard)).toContain('docs/runbook/balancer.md#the-api-is-slow');
  });

  test('the topic tells the addresses and the PagerDuty service of the settings, and nobody without them', () => {
    const told = (sample: Sample) =>
      ofType(stack('monitoring', 'production', sample), 'AWS::SNS::Subscription').map(({ Protocol, Endpoint }) => [Protocol, Endpoint]);
    expect(told(full)).toEqual([
      ['email', 'ops@example.com'],
      ['https', 'https://events.pagerduty.com/integration/abc/enqueue'],
    ]);
    expect(told(samples['production']!)).toEqual([]);
  });

  test('errors in the logs are counted, for each service', () => {
    const filters = ofType(stack('monitoring'), 'AWS::Logs::MetricFilter').map(({ MetricTransformations }) =>
      JSON.stringify(MetricTransformations),
    );
    expect(filters).toHaveLength(3);
    for (const [index, id] of ['api', 'worker', 'scheduler'].entries())
      expect(filters[index]).toContain(`"MetricName":"${id}-logged-errors","MetricNamespace":"V3Backend/production"`);
  });

  test('the log of each service is forwarded, and what cannot be goes to a queue', () => {
    expect(ofType(stack('log-forwarder'), 'AWS::Logs::SubscriptionFilter')).toHaveLength(3);
    expect(ofType(stack('log-forwarder'), 'AWS::Lambda::EventInvokeConfig')).toHaveLength(1);
    expect(ofType(stack('log-forwarder'), 'AWS::SQS::Queue')).toEqual([
      expect.objectContaining({ QueueName: 'v3-backend-production-log-forwarder-dlq', KmsMasterKeyId: expect.anything() }),
    ]);
  });
});
