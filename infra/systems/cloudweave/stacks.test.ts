import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SynthRequest } from '../../../engine/src/system.ts';
import { synthesizeSample, type SampleTemplate } from '../sample.ts';
import { stackIds, stackNames, type StackId } from './stack-names.ts';
import { cloudWeave } from './system.ts';

// eslint-disable-next-line typescript/no-explicit-any -- a part of a template has any shape; what a test takes it for, its expectation checks
type Properties = Readonly<Record<string, any>>;
type Templates = Readonly<Record<StackId, SampleTemplate>>;

const environments = ['staging', 'production'] as const;

async function synthesize(environment: string, more: Partial<SynthRequest> = {}): Promise<Templates> {
  const { templates } = await synthesizeSample(cloudWeave, environment, more);
  const names = stackNames(environment);
  return Object.fromEntries(stackIds.map((id) => [id, templates[names[id]]])) as Templates;
}

const made = new Map<string, Promise<Templates>>();
function stacksOf(environment: string): Promise<Templates> {
  const found = made.get(environment) ?? synthesize(environment);
  made.set(environment, found);
  return found;
}

/** The anchors of the sections about alarms, each of which says what GitHub's heading becomes. */
const [, alarmSections = ''] = readFileSync(join(import.meta.dirname, '../../../docs/runbook/cloudweave.md'), 'utf8').split('# Alarms\n');
const sections = [...alarmSections.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-'));

/** Gives the resources of a type with their logical ids. */
const all = ({ Resources = {} }: SampleTemplate, type: string): readonly (readonly [id: string, properties: Properties])[] =>
  Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties = {} }]) => [id, Properties]);
const properties = (template: SampleTemplate, type: string): readonly Properties[] => all(template, type).map(([, each]) => each);
const only = (template: SampleTemplate, type: string): Properties => {
  const found = properties(template, type);
  expect(found).toHaveLength(1);
  return found[0]!;
};
const importsOf = (template: SampleTemplate): readonly string[] => [
  ...new Set([...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^":]+):/g)].map(([, stack = '']) => stack)),
];

describe.each(environments)('the stacks of %s', (environment) => {
  test('are eight, and each needs only those before it', async () => {
    const stacks = await stacksOf(environment);
    const order = Object.values(stackNames(environment));
    expect(order).toHaveLength(8);
    for (const [index, id] of stackIds.entries())
      expect(importsOf(stacks[id]).filter((stack) => order.indexOf(stack) >= index)).toEqual([]);
  });

  test('have the nine blocks of addresses, three of each kind, in three zones', async () => {
    const { network } = await stacksOf(environment);
    const subnets = properties(network, 'AWS::EC2::Subnet').map(({ CidrBlock, AvailabilityZone, Tags }) => [
      (Tags as { Key: string; Value: string }[]).find(({ Key }) => Key === 'aws-cdk:subnet-name')?.Value,
      CidrBlock,
      AvailabilityZone,
    ]);
    expect(only(network, 'AWS::EC2::VPC')['CidrBlock']).toBe('10.0.0.0/16');
    expect(subnets).toEqual(
      Object.entries({ public: 0, private: 10, database: 20 }).flatMap(([name, first]) =>
        ['a', 'b', 'c'].map((zone, index) => [name, `10.0.${first + index + 1}.0/24`, `us-west-2${zone}`]),
      ),
    );
  });

  test('have containers in private subnets, databases in their own, and load balancers where their callers are', async () => {
    const { services, data } = await stacksOf(environment);
    const places = (value: unknown): readonly string[] => [
      ...new Set([...JSON.stringify(value).matchAll(/Vpc(public|private|database)Subnet/g)].map(([, kind = '']) => kind)),
    ];
    const networks = properties(services, 'AWS::ECS::Service').map((s) => s['NetworkConfiguration'].AwsvpcConfiguration);
    expect(networks.map((network) => [network.AssignPublicIp, places(network.Subnets)])).toEqual([
      ['DISABLED', ['private']],
      ['DISABLED', ['private']],
    ]);
    expect(places(only(data, 'AWS::RDS::DBSubnetGroup'))).toEqual(['database']);
    expect(places(only(data, 'AWS::ElastiCache::SubnetGroup'))).toEqual(['database']);
    const balancers = properties(services, 'AWS::ElasticLoadBalancingV2::LoadBalancer').map((b) => [b['Scheme'], places(b['Subnets'])]);
    expect(balancers).toEqual([
      ['internet-facing', ['public']],
      ['internal', ['private']],
    ]);
  });

  test('let the internet reach one load balancer, and everything else only what is before it', async () => {
    const { network } = await stacksOf(environment);
    const name = (reference: unknown): string => /"(\w+?)[0-9A-F]{8}"/.exec(JSON.stringify(reference))?.[1] ?? '';
    const open = all(network, 'AWS::EC2::SecurityGroup').flatMap(([id, { SecurityGroupIngress = [] }]) =>
      (SecurityGroupIngress as Properties[]).map((rule) => [id.slice(0, -8), rule['CidrIp'], rule['FromPort']]),
    );
    expect(open).toEqual([
      ['publicBalancer', '0.0.0.0/0', 80],
      ['publicBalancer', '0.0.0.0/0', 443],
    ]);
    const chain = properties(network, 'AWS::EC2::SecurityGroupIngress').map((rule) => [
      name(rule['SourceSecurityGroupId']),
      name(rule['GroupId']),
      rule['FromPort'],
      rule['ToPort'],
    ]);
    expect(chain).toEqual([
      ['publicBalancer', 'frontend', 80, 80],
      ['frontend', 'internalBalancer', 3001, 3001],
      ['internalBalancer', 'backend', 3001, 3001],
      ['backend', 'database', 5432, 5432],
      ['backend', 'cache', 6379, 6379],
    ]);
  });

  test('check the health of both services by their paths: three successes, two failures, every 30 seconds', async () => {
    const { services } = await stacksOf(environment);
    const checks = properties(services, 'AWS::ElasticLoadBalancingV2::TargetGroup').map((g) => [
      g['Port'],
      g['HealthCheckPath'],
      g['HealthyThresholdCount'],
      g['UnhealthyThresholdCount'],
      g['HealthCheckIntervalSeconds'],
      g['Matcher'],
    ]);
    const frontend = [80, '/health', 3, 2, 30, { HttpCode: '200' }];
    const backend = [3001, '/api/v1/health', 3, 2, 30, { HttpCode: '200' }];
    expect(checks).toEqual([backend, backend, frontend, frontend]);
  });

  test('step up above 70 % of CPU in two periods, down below 30 % in five, and track a target beside', async () => {
    const { services } = await stacksOf(environment);
    const alarms = properties(services, 'AWS::CloudWatch::Alarm').filter(({ MetricName }) => MetricName === 'CPUUtilization');
    const rules = alarms.map((a) => [a['ComparisonOperator'], a['Threshold'], a['EvaluationPeriods']]);
    const pair = [
      ['GreaterThanThreshold', 70, 2],
      ['LessThanThreshold', 30, 5],
    ];
    expect(rules).toEqual([...pair, ...pair]);
    const policies = properties(services, 'AWS::ApplicationAutoScaling::ScalingPolicy');
    expect(policies.filter(({ PolicyType }) => PolicyType === 'TargetTrackingScaling')).toHaveLength(2);
    const steps = policies.flatMap((p) => p['StepScalingPolicyConfiguration']?.StepAdjustments ?? []);
    expect(steps.map(({ ScalingAdjustment }: Properties) => ScalingAdjustment)).toEqual([1, -1, 1, -1]);
    const targets = properties(services, 'AWS::ApplicationAutoScaling::ScalableTarget').map((t) => [t['MinCapacity'], t['MaxCapacity']]);
    expect(targets).toEqual([
      [2, 20],
      [2, 10],
    ]);
  });

  test('release both services blue and green, and go back when a check fails or an alarm rings', async () => {
    const { services } = await stacksOf(environment);
    for (const service of properties(services, 'AWS::ECS::Service')) {
      expect(service['DeploymentConfiguration']).toMatchObject({
        Strategy: 'BLUE_GREEN',
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        Alarms: { Enable: true, Rollback: true, AlarmNames: [expect.anything()] },
      });
      expect(service['LoadBalancers'][0].AdvancedConfiguration).toEqual({
        AlternateTargetGroupArn: expect.anything(),
        ProductionListenerRule: expect.anything(),
        TestListenerRule: expect.anything(),
        RoleArn: expect.anything(),
      });
      // A release would set a service that had scaled out back to it.
      expect(service['DesiredCount']).toBeUndefined();
    }
  });

  test('keep every secret in Secrets Manager, with the names and fields of its schema', async () => {
    const { data, services } = await stacksOf(environment);
    const secrets = Object.fromEntries(properties(data, 'AWS::SecretsManager::Secret').map((s) => [s['Name'], s]));
    const folder = `cloudweave/${environment}`;
    const database = secrets[`${folder}/database`]?.['GenerateSecretString'];
    expect(database).toMatchObject({ GenerateStringKey: 'password' });
    expect(JSON.parse(database.SecretStringTemplate)).toEqual({
      username: 'cloudweave_user',
      database: environment === 'production' ? 'cloudweave_prod' : 'cloudweave_staging',
    });
    expect(only(data, 'AWS::SecretsManager::SecretTargetAttachment')).toMatchObject({ TargetType: 'AWS::RDS::DBInstance' });
    const jwt = secrets[`${folder}/jwt`]?.['GenerateSecretString'];
    expect(jwt).toMatchObject({ GenerateStringKey: 'secret', PasswordLength: 64, ExcludeCharacters: 'ghijklmnopqrstuvwxyz' });
    expect(JSON.parse(jwt.SecretStringTemplate)).toEqual({ expiresIn: '15m', refreshExpiresIn: '7d' });
    expect(JSON.stringify(secrets[`${folder}/redis`]?.['SecretString'])).toMatch(/endpoint.*PrimaryEndPoint\.Address.*port.*6379/);
    const backend = properties(services, 'AWS::ECS::TaskDefinition').find(({ Family }) => Family === `cloudweave-backend-${environment}`);
    expect(backend?.['ContainerDefinitions'][0].Secrets.map(({ Name }: Properties) => Name)).toEqual([
      'DATABASE',
      'JWT',
      'REDIS',
      'REDIS_TOKEN',
    ]);
    expect(backend?.['ContainerDefinitions'][0].Environment.map(({ Name }: Properties) => Name).join(' ')).not.toMatch(
      /PASSWORD|SECRET|TOKEN/,
    );
  });

  test('keep all data when their stack goes, and protect it as the environment is', async () => {
    const { data, foundation, edge } = await stacksOf(environment);
    const kept = [data, foundation, edge].flatMap(({ Resources = {} }) =>
      Object.values(Resources)
        .filter(({ Type }) => /^AWS::(S3::Bucket|ECR::Repository|RDS::DBInstance|ElastiCache::ReplicationGroup)$/.test(Type))
        .map(({ DeletionPolicy = '' }) => DeletionPolicy),
    );
    expect(kept).toHaveLength(7);
    expect(kept.filter((policy) => !policy.startsWith('Retain'))).toEqual([]);
    expect(only(data, 'AWS::RDS::DBInstance')['DeletionProtection']).toBe(environment === 'production');
  });

  test('log nothing unencrypted of the containers, and lead from every alarm to the runbook', async () => {
    const { services, monitoring } = await stacksOf(environment);
    const logs = properties(services, 'AWS::Logs::LogGroup').filter(({ LogGroupName }) => !LogGroupName);
    expect(logs.map(({ KmsKeyId }) => Boolean(KmsKeyId))).toEqual([true, true]);
    const telling = [services, monitoring].flatMap((template) =>
      properties(template, 'AWS::CloudWatch::Alarm').filter(({ MetricName }) => MetricName !== 'CPUUtilization' || template === monitoring),
    );
    expect(telling.length).toBeGreaterThan(10);
    for (const alarm of telling) {
      expect(sections).toContain(/docs\/runbook\/cloudweave\.md#([a-z-]+)$/.exec(alarm['AlarmDescription'])?.[1]);
      expect(alarm['AlarmActions']).toHaveLength(1);
    }
  });

  test('say of everything that can have tags whose it is', async () => {
    for (const template of Object.values(await stacksOf(environment)))
      for (const tags of Object.values(template.Resources ?? {}).flatMap(({ Properties }) =>
        Array.isArray(Properties?.['Tags']) ? [Properties['Tags']] : [],
      )) {
        const keys = tags.map(({ Key }: Properties) => Key);
        expect(keys).toEqual(expect.arrayContaining(['cost-centre', 'environment', 'owner', 'stack', 'system']));
      }
  });
});

test('a section of the runbook says what its alarm means, where to look and what to do', () => {
  const texts = alarmSections.split(/^## /m).slice(1);
  expect(texts).toHaveLength(sections.length);
  for (const text of texts) expect(text).toMatch(/\*\*Means\*\*[^]*\*\*Where to look\*\*[^]*\*\*What to do\*\*/);
});

test('the same request gives the same bytes, and asks for no look-up of context', async () => {
  const [first, second] = [await synthesizeSample(cloudWeave, 'production'), await synthesizeSample(cloudWeave, 'production')];
  expect(second).toEqual(first);
  expect(JSON.parse(first.files['manifest.json'] ?? '{}')).not.toHaveProperty('missing');
});

describe('settings', () => {
  test('a canary sends a tenth of the requests to the new tasks first', async () => {
    const { services } = await synthesize('production', { settings: { release: 'canary' } });
    for (const service of properties(services, 'AWS::ECS::Service'))
      expect(service['DeploymentConfiguration']).toMatchObject({
        Strategy: 'CANARY',
        CanaryConfiguration: { CanaryPercent: 10, CanaryBakeTimeInMinutes: 15 },
      });
  });

  test('a tag is the one that both services run', async () => {
    const { services } = await synthesize('staging', { imageTag: '1.4.0' });
    const images = properties(services, 'AWS::ECS::TaskDefinition').map((task) => JSON.stringify(task['ContainerDefinitions'][0].Image));
    expect(images).toHaveLength(2);
    for (const image of images) expect(image).toContain(':1.4.0"');
  });

  const domain = {
    name: 'app.example.com',
    hostedZoneId: 'Z0123456789',
    certificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/0a1b2c3d',
  };

  test('with a domain CloudFront and the load balancer have names and certificates, and speak HTTPS', async () => {
    const { services, edge } = await synthesize('production', { settings: { domain } });
    const config = only(edge, 'AWS::CloudFront::Distribution')['DistributionConfig'];
    expect(config).toMatchObject({
      Aliases: ['app.example.com'],
      ViewerCertificate: { AcmCertificateArn: domain.certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
    });
    expect(config.Origins[0]).toMatchObject({
      DomainName: 'origin.app.example.com',
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
    });
    expect(properties(edge, 'AWS::Route53::RecordSet').map(({ Name, Type }) => [Name, Type])).toEqual([
      ['app.example.com.', 'A'],
      ['app.example.com.', 'AAAA'],
      ['origin.app.example.com.', 'A'],
    ]);
    const listeners = properties(services, 'AWS::ElasticLoadBalancingV2::Listener').map(({ Port, Protocol, DefaultActions }) => [
      Port,
      Protocol,
      DefaultActions[0].Type,
    ]);
    expect(listeners).toEqual([
      [80, 'HTTP', 'redirect'],
      [443, 'HTTPS', 'fixed-response'],
      [3001, 'HTTP', 'fixed-response'],
    ]);
    expect(only(services, 'AWS::CertificateManager::Certificate')).toMatchObject({ DomainName: 'origin.app.example.com' });
  });

  test('without a domain there is no name and no certificate', async () => {
    const { services, edge } = await stacksOf('production');
    expect(properties(edge, 'AWS::Route53::RecordSet')).toEqual([]);
    expect(properties(services, 'AWS::CertificateManager::Certificate')).toEqual([]);
  });

  test('only who knows the origin key reaches the frontend, and CloudFront is told it', async () => {
    const { services, edge } = await stacksOf('production');
    const rules = properties(services, 'AWS::ElasticLoadBalancingV2::ListenerRule').filter((rule) =>
      JSON.stringify(rule).includes('x-cloudweave-origin'),
    );
    expect(rules).toHaveLength(2);
    for (const rule of rules) expect(JSON.stringify(rule)).toContain('{{resolve:secretsmanager:');
    const [frontend] = only(edge, 'AWS::CloudFront::Distribution')['DistributionConfig'].Origins;
    expect(frontend.OriginCustomHeaders).toEqual([{ HeaderName: 'x-cloudweave-origin', HeaderValue: expect.anything() }]);
  });

  test('PagerDuty hears of what is critical, and mail addresses of everything', async () => {
    const settings = { alertEmails: ['ops@example.com'], pagerDutyEndpoint: 'https://events.example.com/integration/enqueue' };
    const { foundation } = await synthesize('production', { settings });
    const told = properties(foundation, 'AWS::SNS::Subscription').map(({ Protocol, Endpoint, TopicArn }) => [
      Protocol,
      Endpoint,
      TopicArn.Ref.replace(/Topic.*/, ''),
    ]);
    expect(told).toEqual([
      ['email', 'ops@example.com', 'Alerts'],
      ['email', 'ops@example.com', 'Critical'],
      ['https', 'https://events.example.com/integration/enqueue', 'Critical'],
    ]);
  });

  test('backups are copied to the region of the settings, to the vault of the same name, and nowhere without them', async () => {
    const copies = async (settings: Readonly<Record<string, unknown>>) => {
      const { recovery } = await synthesize('production', { settings });
      return only(recovery, 'AWS::Backup::BackupPlan')['BackupPlan'].BackupPlanRule[0].CopyActions ?? [];
    };
    const [copy, ...more] = await copies({ recoveryRegion: 'us-east-1' });
    expect(JSON.stringify(copy.DestinationBackupVaultArn)).toContain(':backup:us-east-1:111111111111:backup-vault:cloudweave-production');
    expect(more).toEqual([]);
    expect(await copies({})).toEqual([]);
  });

  test('the role of the backups reaches the other region only where copies go there', async () => {
    const actions = async (settings: Readonly<Record<string, unknown>>) => {
      const { recovery } = await synthesize('production', { settings });
      const statements = properties(recovery, 'AWS::IAM::Policy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement as Properties[]);
      const there = statements.filter(({ Resource }) => JSON.stringify(Resource).includes(':us-east-1:'));
      return there.map(({ Action, Condition }) => [[Action].flat(), Condition?.['ForAnyValue:StringEquals']]);
    };
    expect(await actions({ recoveryRegion: 'us-east-1' })).toEqual([
      [['backup:CopyIntoBackupVault', 'backup:DescribeBackupVault'], undefined],
      [expect.arrayContaining(['rds:CopyDBSnapshot']), undefined],
      [expect.arrayContaining(['kms:CreateGrant']), { 'kms:ResourceAliases': 'alias/cloudweave-data-production-backups' }],
    ]);
    expect(await actions({})).toEqual([]);
  });

  test('a flag changes the stack of the flags and no other', async () => {
    const before = await stacksOf('staging');
    const after = await synthesize('staging', { settings: { featureFlags: { reports: true } } });
    expect(stackIds.filter((id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]))).toEqual(['flags']);
    expect(JSON.parse(only(after.flags, 'AWS::AppConfig::HostedConfigurationVersion')['Content'])).toEqual({
      version: '1',
      flags: { reports: { name: 'reports' } },
      values: { reports: { enabled: true } },
    });
  });

  test('images of staging may be pulled by the accounts of the settings', async () => {
    const { foundation } = await synthesize('staging', { settings: { imageReaders: ['222222222222'] } });
    for (const repository of properties(foundation, 'AWS::ECR::Repository'))
      expect(JSON.stringify(repository['RepositoryPolicyText'])).toContain(':iam::222222222222:root');
  });
});
