import type { Evidence, Selector, Statement } from './statement.ts';

const environments = { staging: 'Staging', production: 'Production' } as const;
type Name = keyof typeof environments;
const stacksTest = 'infra/systems/cloudweave/stacks.test.ts';
const blueprintTest = 'infra/systems/cloudweave/blueprint.test.ts';
const environmentsTest = 'infra/environments/cloudweave.test.ts';
const checkTest = 'infra/systems/cloudweave/handlers/restore-check/check-restore.test.ts';
const lifeTest = 'test/e2e/cloudweave.test.ts';
const pipeline = '.github/workflows/cloudweave-pipeline.yml';

const test = (file: string, name: string): Evidence => ({ kind: 'test', file, name });
const application = (reason: string): Evidence => ({ kind: 'application', reason });
const job = (name: string): Evidence => ({ kind: 'workflow', file: pipeline, job: name });

/** Shows a resource in a stack of one environment. */
const inOne = (environment: Name, id: string, type: string, where: Readonly<Record<string, unknown>> = {}, atLeast = 1): Selector => ({
  kind: 'resource',
  environment,
  stack: `CloudWeave${id}${environments[environment]}Stack`,
  type,
  where,
  atLeast,
});

/** Shows a resource in a stack of both environments. */
const inBoth = (id: string, type: string, where: Readonly<Record<string, unknown>> = {}, atLeast = 1): readonly Selector[] =>
  (Object.keys(environments) as Name[]).map((environment) => inOne(environment, id, type, where, atLeast));

/** Shows the subnets of these blocks. */
const subnets = (...thirds: readonly number[]): readonly Selector[] =>
  thirds.flatMap((third) => inBoth('Network', 'AWS::EC2::Subnet', { CidrBlock: `10.0.${third}.0/24` }));

const blocks = test(stacksTest, 'have the nine blocks of addresses, three of each kind, in three zones');
const placed = test(stacksTest, 'have containers in private subnets, databases in their own, and load balancers where their callers are');
const chained = test(stacksTest, 'let the internet reach one load balancer, and everything else only what is before it');
const checked = test(stacksTest, 'check the health of both services by their paths: three successes, two failures, every 30 seconds');
const scaled = test(stacksTest, 'step up above 70 % of CPU in two periods, down below 30 % in five, and track a target beside');
const released = test(stacksTest, 'release both services blue and green, and go back when a check fails or an alarm rings');
const canary = test(stacksTest, 'a canary sends a tenth of the requests to the new tasks first');
const secretly = test(stacksTest, 'keep every secret in Secrets Manager, with the names and fields of its schema');
const named = test(stacksTest, 'with a domain CloudFront and the load balancer have names and certificates, and speak HTTPS');
const typed = test(environmentsTest, 'the data of an environment is an EnvironmentConfig, whose fields are those of the document');
const smaller = test(environmentsTest, 'staging is as production at a smaller scale: database and NAT gateways');
const flagged = test(stacksTest, 'a flag changes the stack of the flags and no other');
const paged = test(stacksTest, 'PagerDuty hears of what is critical, and mail addresses of everything');
const copied = test(
  stacksTest,
  'backups are copied to the region of the settings, to the vault of the same name, and nowhere without them',
);
const linked = test(stacksTest, 'log nothing unencrypted of the containers, and lead from every alarm to the runbook');
const branches = test(blueprintTest, 'main is production, which is protected, and develop is staging');
const restored = test(lifeTest, 'a snapshot of the database becomes a new one beside it, with its engine, size and encryption');
const judged = test(checkTest, '%s is judged');
const image = application('The application builds its images; the pipeline does so from its Dockerfiles.');
const code = application('Code of the application decides this; infrastructure has no part in it.');
const developer = application("Of a developer's machine: nothing of it is deployed.");

const cluster = inBoth('Services', 'AWS::ECS::Cluster');
const fargate = inBoth('Services', 'AWS::ECS::Service', { LaunchType: 'FARGATE' }, 2);
const publicBalancer = inBoth('Services', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing' });
const database = inBoth('Data', 'AWS::RDS::DBInstance', { Engine: 'postgres' });
const cache = inBoth('Data', 'AWS::ElastiCache::ReplicationGroup', { Engine: 'redis' });
const distribution = inBoth('Edge', 'AWS::CloudFront::Distribution');
const repositories = inBoth('Foundation', 'AWS::ECR::Repository', {}, 2);
const firewall = inBoth('Services', 'AWS::WAFv2::WebACLAssociation');
const alarms = inBoth('Monitoring', 'AWS::CloudWatch::Alarm', {}, 10);
const traced = inBoth('Services', 'AWS::XRay::SamplingRule');
const flags = inBoth('Flags', 'AWS::AppConfig::Deployment');
const encryptedKey = inBoth('Foundation', 'AWS::KMS::Key', { EnableKeyRotation: true });
const tested = inBoth('Recovery', 'AWS::Backup::RestoreTestingSelection', { ProtectedResourceType: 'RDS' });
const hourly = inBoth('Recovery', 'AWS::Backup::BackupPlan', {
  BackupPlan: { BackupPlanRule: [{ ScheduleExpression: 'cron(0 0/1 * * ? *)' }] },
});
const records = inBoth('Foundation', 'AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } });
const recordsKey = inBoth('Foundation', 'AWS::S3::Bucket', {
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
});
const task = (family: string, cpu: number, memory: number): readonly Selector[] =>
  (Object.keys(environments) as Name[]).map((environment) =>
    inOne(environment, 'Services', 'AWS::ECS::TaskDefinition', {
      Family: `cloudweave-${family}-${environment}`,
      Cpu: String(cpu),
      Memory: String(memory),
    }),
  );
const scale = (least: number, most: number): readonly Selector[] =>
  inBoth('Services', 'AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: least, MaxCapacity: most });
const target = (port: number, path: string): readonly Selector[] =>
  inBoth('Services', 'AWS::ElasticLoadBalancingV2::TargetGroup', { Port: port, Protocol: 'HTTP', HealthCheckPath: path }, 2);
const egress = inBoth('Network', 'AWS::EC2::NatGateway');
const group = (description: string): readonly Selector[] =>
  inBoth('Network', 'AWS::EC2::SecurityGroupIngress', { Description: description });
const secret = (item: string): readonly Selector[] =>
  (Object.keys(environments) as Name[]).map((environment) =>
    inOne(environment, 'Data', 'AWS::SecretsManager::Secret', { Name: `cloudweave/${environment}/${item}` }),
  );

/** What the document of cloudweave says. */
export const cloudWeave: readonly Statement[] = [
  { line: 5, says: 'CloudWeave is deployed to production.', shown: [...cluster, branches] },
  {
    line: 7,
    says: 'There are staging and production, deployed by a pipeline.',
    shown: [branches, job('deploy-staging'), job('deploy-production')],
  },
  { line: 21, says: 'CloudFront is the CDN.', shown: distribution },
  { line: 22, says: 'Route 53 has the names.', shown: [named] },
  { line: 26, says: 'An application load balancer is before the services.', shown: publicBalancer },
  { line: 29, says: 'The services run on ECS Fargate.', shown: fargate },
  { line: 30, says: 'A picture has the frontend in public subnets; the text of line 80 rules.', shown: [placed] },
  { line: 31, says: 'There are two tasks of the frontend.', shown: scale(2, 10) },
  { line: 35, says: 'The backend is in private subnets.', shown: [placed] },
  { line: 36, says: 'There are two tasks of the backend.', shown: scale(2, 20) },
  { line: 42, says: 'RDS PostgreSQL has the data.', shown: database },
  { line: 43, says: 'ElastiCache Redis is the cache.', shown: cache },
  { line: 47, says: 'ECR has the images.', shown: repositories },
  {
    line: 48,
    says: 'S3 has static files.',
    shown: [...inBoth('Edge', 'AWS::S3::Bucket'), ...inBoth('Edge', 'AWS::CloudFront::OriginAccessControl')],
  },
  { line: 52, says: 'Secrets Manager has the secrets.', shown: [secretly] },
  { line: 53, says: 'KMS encrypts.', shown: encryptedKey },
  { line: 54, says: 'AWS WAF guards.', shown: firewall },
  { line: 58, says: 'CloudWatch watches.', shown: alarms },
  { line: 59, says: 'X-Ray traces.', shown: traced },
  {
    line: 63,
    says: 'Users come by CloudFront, and CloudFront asks the load balancer.',
    shown: [test(stacksTest, 'only who knows the origin key reaches the frontend, and CloudFront is told it')],
  },
  { line: 65, says: 'The load balancer asks the frontend, this the backend, and this database and cache.', shown: [chained] },
  { line: 78, says: 'The network spans three zones.', shown: [blocks] },
  {
    line: 79,
    says: 'Public subnets have 10.0.1.0/24 to 10.0.3.0/24, with load balancers and NAT gateways.',
    shown: [...subnets(1, 2, 3), blocks, placed, ...egress, inOne('production', 'Network', 'AWS::EC2::NatGateway', {}, 3)],
  },
  {
    line: 80,
    says: 'Private subnets have 10.0.11.0/24 to 10.0.13.0/24, with the containers.',
    shown: [...subnets(11, 12, 13), blocks, placed],
  },
  { line: 81, says: 'Database subnets have 10.0.21.0/24 to 10.0.23.0/24.', shown: [...subnets(21, 22, 23), blocks, placed] },
  {
    line: 84,
    says: 'The load balancer takes HTTP and HTTPS from the internet.',
    shown: [
      chained,
      ...inBoth('Network', 'AWS::EC2::SecurityGroup', {
        SecurityGroupIngress: [
          { CidrIp: '0.0.0.0/0', FromPort: 80 },
          { CidrIp: '0.0.0.0/0', FromPort: 443 },
        ],
      }),
    ],
  },
  {
    line: 85,
    says: 'The frontend takes requests from the load balancer only.',
    shown: [chained, ...group('port 80 from the public load balancer')],
  },
  {
    line: 86,
    says: 'The backend takes requests of the frontend only, by a load balancer that admits nobody else.',
    shown: [chained, ...group('port 3001 from the frontend'), ...group('port 3001 from the internal load balancer')],
  },
  { line: 87, says: 'The database takes PostgreSQL from the backend only.', shown: [chained, ...group('port 5432 from the backend')] },
  { line: 93, says: 'The frontend is React behind Nginx.', shown: [image, job('build')] },
  { line: 106, says: 'The frontend listens on port 80.', shown: target(80, '/health') },
  { line: 109, says: 'The backend is a Go program in a small image.', shown: [image, job('build')] },
  { line: 123, says: 'The backend listens on port 3001.', shown: target(3001, '/api/v1/health') },
  { line: 130, says: 'A task of the frontend has 2 vCPU and 4 GB.', shown: task('frontend', 2048, 4096) },
  { line: 131, says: 'The frontend has 2 to 10 tasks.', shown: [...scale(2, 10), scaled] },
  { line: 132, says: 'The health of the frontend is asked at /health on port 80.', shown: [...target(80, '/health'), checked] },
  { line: 133, says: 'The target group of the frontend is HTTP on port 80.', shown: target(80, '/health') },
  { line: 136, says: 'A task of the backend has 1 vCPU and 2 GB.', shown: task('backend', 1024, 2048) },
  { line: 137, says: 'The backend has 2 to 20 tasks.', shown: [...scale(2, 20), scaled] },
  {
    line: 138,
    says: 'The health of the backend is asked at /api/v1/health on port 3001.',
    shown: [...target(3001, '/api/v1/health'), checked],
  },
  { line: 139, says: 'The target group of the backend is HTTP on port 3001.', shown: target(3001, '/api/v1/health') },
  { line: 144, says: 'PostgreSQL is of version 15.', shown: inBoth('Data', 'AWS::RDS::DBInstance', { EngineVersion: '15.13' }) },
  {
    line: 145,
    says: 'The instance is db.t3.medium in production and db.t3.micro in staging.',
    shown: [
      inOne('production', 'Data', 'AWS::RDS::DBInstance', { DBInstanceClass: 'db.t3.medium' }),
      inOne('staging', 'Data', 'AWS::RDS::DBInstance', { DBInstanceClass: 'db.t3.micro' }),
    ],
  },
  {
    line: 146,
    says: 'Production is in several zones.',
    shown: [inOne('production', 'Data', 'AWS::RDS::DBInstance', { MultiAZ: true }), smaller],
  },
  { line: 147, says: 'Backups are kept for 7 days.', shown: inBoth('Data', 'AWS::RDS::DBInstance', { BackupRetentionPeriod: 7 }) },
  {
    line: 148,
    says: 'The database is encrypted with KMS.',
    shown: [...inBoth('Data', 'AWS::RDS::DBInstance', { StorageEncrypted: true }), ...encryptedKey],
  },
  {
    line: 149,
    says: 'A parameter group of its own sets the database.',
    shown: inBoth('Data', 'AWS::RDS::DBParameterGroup', {
      Family: 'postgres15',
      Parameters: { 'rds.force_ssl': '1', log_min_duration_statement: '1000' },
    }),
  },
  { line: 152, says: 'Redis is of version 7.', shown: inBoth('Data', 'AWS::ElastiCache::ReplicationGroup', { EngineVersion: '7.1' }) },
  {
    line: 153,
    says: 'Nodes of the cache are cache.t3.micro.',
    shown: inBoth('Data', 'AWS::ElastiCache::ReplicationGroup', { CacheNodeType: 'cache.t3.micro' }),
  },
  {
    line: 154,
    says: 'The cache has one primary and one replica.',
    shown: inBoth('Data', 'AWS::ElastiCache::ReplicationGroup', { NumNodeGroups: 1, ReplicasPerNodeGroup: 1 }),
  },
  {
    line: 155,
    says: 'The cache is encrypted in transit and at rest.',
    shown: inBoth('Data', 'AWS::ElastiCache::ReplicationGroup', { TransitEncryptionEnabled: true, AtRestEncryptionEnabled: true }),
  },
  {
    line: 156,
    says: 'The cache holds sessions and answers of the API.',
    shown: [
      ...secret('redis'),
      ...inBoth('Data', 'AWS::ElastiCache::ParameterGroup', { Properties: { 'maxmemory-policy': 'volatile-lru' } }),
      code,
    ],
  },
  {
    line: 162,
    says: 'A push to main or develop starts the pipeline.',
    shown: [
      test(
        'test/workflows.test.ts',
        'cloudweave goes from a push to staging, and from main, once it was tested there and approved, to production',
      ),
      branches,
    ],
  },
  { line: 164, says: 'It tests: units, integration, security.', shown: [job('backend-tests'), job('frontend-tests'), job('security')] },
  { line: 165, says: 'It builds images with a semantic version.', shown: [job('build')] },
  { line: 166, says: 'It pushes the images to ECR.', shown: [job('push'), test(stacksTest, 'a tag is the one that both services run')] },
  { line: 167, says: 'It deploys to staging.', shown: [job('deploy-staging')] },
  { line: 168, says: 'It runs end-to-end tests there.', shown: [job('end-to-end')] },
  {
    line: 169,
    says: 'After an approval it deploys to production.',
    shown: [
      job('deploy-production'),
      test(
        'test/workflows.test.ts',
        'cloudweave goes from a push to staging, and from main, once it was tested there and approved, to production',
      ),
    ],
  },
  { line: 173, says: 'Updates are blue and green, without a pause.', shown: [released] },
  { line: 174, says: 'A release goes back when health checks fail.', shown: [released] },
  {
    line: 175,
    says: 'Feature flags roll features out step by step.',
    shown: [
      ...flags,
      flagged,
      inOne('production', 'Flags', 'AWS::AppConfig::DeploymentStrategy', { GrowthFactor: 20, DeploymentDurationInMinutes: 20 }),
    ],
  },
  { line: 182, says: 'The configuration of an environment has a type.', shown: [typed] },
  {
    line: 183,
    says: 'The environment is staging or production.',
    shown: [typed, test(blueprintTest, 'an environment that cloudweave does not have is refused in one line')],
  },
  {
    line: 184,
    says: 'It has a region.',
    shown: [typed, test(blueprintTest, 'in another region the zones have the same letters, or are those of the settings')],
  },
  { line: 185, says: 'It has the block of its VPC and the names of its zones.', shown: [typed, blocks] },
  { line: 189, says: 'It has the class of its database, its zones, and how long backups are kept.', shown: [typed, smaller] },
  {
    line: 194,
    says: 'It has CPU, memory and the least and most tasks of both services.',
    shown: [typed, test(environmentsTest, 'everything that is wrong is said at once')],
  },
  { line: 215, says: 'A secret has host, user, password and name of the database.', shown: [secretly, ...secret('database')] },
  {
    line: 221,
    says: 'A secret has the key of the tokens, 256 bits, valid for 15 minutes and 7 days.',
    shown: [secretly, ...secret('jwt')],
  },
  { line: 226, says: 'A secret has host and port of the cache.', shown: [secretly, ...secret('redis')] },
  {
    line: 236,
    says: 'State is remote, in S3, with versions: CloudFormation holds the state itself; a versioned bucket keeps plans and records.',
    shown: records,
  },
  {
    line: 237,
    says: 'A table locks the state: CloudFormation locks a stack that it changes, so there is none.',
    shown: [
      application('CloudFormation refuses a second change of a stack while one is under way; a table would lock what it locks already.'),
    ],
  },
  {
    line: 238,
    says: 'Staging and production have a state each.',
    shown: [test(blueprintTest, 'no two environments share a name, nor do two regions share a bucket'), ...records],
  },
  { line: 239, says: 'State is encrypted with KMS.', shown: recordsKey },
  { line: 245, says: 'Errors of the backend have one form.', shown: [code] },
  { line: 262, says: 'The frontend meets errors of React.', shown: [code] },
  { line: 263, says: 'The frontend asks again when the API fails.', shown: [code] },
  {
    line: 264,
    says: 'Users see a page when nothing answers.',
    shown: [
      ...inBoth('Edge', 'AWS::CloudFront::Distribution', {
        DistributionConfig: { CustomErrorResponses: [{ ErrorCode: 503, ResponsePagePath: '/assets/unavailable.html' }] },
      }),
      code,
    ],
  },
  { line: 265, says: 'Errors go to CloudWatch Logs.', shown: [linked, ...inBoth('Services', 'AWS::Logs::LogGroup', {}, 3)] },
  {
    line: 270,
    says: 'A task is added above 70 % of CPU for 2 periods.',
    shown: [
      scaled,
      ...inBoth(
        'Services',
        'AWS::CloudWatch::Alarm',
        { MetricName: 'CPUUtilization', ComparisonOperator: 'GreaterThanThreshold', Threshold: 70, EvaluationPeriods: 2 },
        2,
      ),
    ],
  },
  {
    line: 271,
    says: 'A task is taken below 30 % of CPU for 5 periods.',
    shown: [
      scaled,
      ...inBoth(
        'Services',
        'AWS::CloudWatch::Alarm',
        { MetricName: 'CPUUtilization', ComparisonOperator: 'LessThanThreshold', Threshold: 30, EvaluationPeriods: 5 },
        2,
      ),
    ],
  },
  {
    line: 272,
    says: 'A target is tracked beside.',
    shown: [scaled, ...inBoth('Services', 'AWS::ApplicationAutoScaling::ScalingPolicy', { PolicyType: 'TargetTrackingScaling' }, 2)],
  },
  {
    line: 275,
    says: 'A task is well when it answers 200.',
    shown: [checked, ...inBoth('Services', 'AWS::ElasticLoadBalancingV2::TargetGroup', { Matcher: { HttpCode: '200' } }, 4)],
  },
  {
    line: 276,
    says: 'Three successes in a row make a task well.',
    shown: [checked, ...inBoth('Services', 'AWS::ElasticLoadBalancingV2::TargetGroup', { HealthyThresholdCount: 3 }, 4)],
  },
  {
    line: 277,
    says: 'Two failures in a row make it unwell.',
    shown: [checked, ...inBoth('Services', 'AWS::ElasticLoadBalancingV2::TargetGroup', { UnhealthyThresholdCount: 2 }, 4)],
  },
  {
    line: 278,
    says: 'A check is made every 30 seconds.',
    shown: [checked, ...inBoth('Services', 'AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckIntervalSeconds: 30 }, 4)],
  },
  { line: 281, says: 'The backend breaks its circuit when the database fails.', shown: [code] },
  { line: 282, says: 'The backend goes to the database when the cache fails.', shown: [code] },
  { line: 283, says: 'Answers that are kept stand in for others that fail.', shown: [code] },
  { line: 290, says: 'The backend has unit tests with a coverage above 80 %.', shown: [job('backend-tests')] },
  { line: 291, says: 'The frontend has unit tests with Vitest.', shown: [job('frontend-tests')] },
  {
    line: 292,
    says: 'They run before the build.',
    shown: [
      test(
        'test/workflows.test.ts',
        'cloudweave goes from a push to staging, and from main, once it was tested there and approved, to production',
      ),
    ],
  },
  { line: 295, says: 'The API is tested with a database.', shown: [job('backend-tests')] },
  { line: 296, says: 'Migrations of the database are tested.', shown: [job('backend-tests'), code] },
  { line: 297, says: 'Containers are tested together with Docker Compose.', shown: [job('backend-tests')] },
  { line: 300, says: 'Playwright tests staging.', shown: [job('end-to-end')] },
  { line: 301, says: 'What users do most is tested.', shown: [job('end-to-end'), code] },
  { line: 302, says: 'Load is simulated.', shown: [job('performance')] },
  { line: 307, says: 'Developers have database and cache by Docker Compose.', shown: [developer] },
  { line: 308, says: 'Developers see changes at once.', shown: [developer] },
  { line: 309, says: 'Developers have stand-ins for services of others.', shown: [developer] },
  { line: 312, says: 'Staging is as production, but smaller.', shown: [smaller, inOne('staging', 'Network', 'AWS::EC2::NatGateway')] },
  {
    line: 313,
    says: 'Staging has real services.',
    shown: [inOne('staging', 'Data', 'AWS::RDS::DBInstance'), inOne('staging', 'Services', 'AWS::ECS::Service', {}, 2)],
  },
  { line: 314, says: 'Develop deploys staging by itself.', shown: [branches, job('deploy-staging')] },
  { line: 317, says: 'Production is deployed blue and green with health checks.', shown: [released] },
  { line: 318, says: 'A canary is for changes of high risk.', shown: [canary] },
  { line: 319, says: 'Production is watched, and alerts are told.', shown: [linked, paged, ...alarms] },
  { line: 324, says: 'gosec checks the backend.', shown: [job('security')] },
  { line: 325, says: 'ESLint and a scan of dependencies check the frontend.', shown: [job('frontend-tests'), job('security')] },
  {
    line: 326,
    says: 'The infrastructure is scanned: preflight and cdk-nag do so, since there is no Terraform.',
    shown: [job('security'), test('infra/compliance.test.ts', '%s in %s breaks no rule of AwsSolutions')],
  },
  { line: 329, says: 'OWASP ZAP scans in the pipeline.', shown: [job('dynamic-scan')] },
  {
    line: 330,
    says: 'Staging is tested for penetration.',
    shown: [application('People do that, by an order of their own; the scan of every release is the part that a pipeline can have.')],
  },
  { line: 331, says: 'Snyk scans dependencies.', shown: [job('security')] },
  { line: 336, says: 'Artillery loads the API.', shown: [job('performance')] },
  { line: 337, says: 'Lighthouse measures the pages.', shown: [job('performance')] },
  {
    line: 338,
    says: 'Queries of the database are watched.',
    shown: inBoth('Data', 'AWS::RDS::DBInstance', { EnablePerformanceInsights: true, EnableCloudwatchLogsExports: ['postgresql'] }),
  },
  {
    line: 341,
    says: 'Numbers of the business are metrics.',
    shown: [
      ...inBoth(
        'Services',
        'AWS::IAM::Policy',
        {
          PolicyDocument: {
            Statement: [{ Action: 'cloudwatch:PutMetricData', Condition: { StringEquals: { 'cloudwatch:namespace': 'CloudWeave' } } }],
          },
        },
        2,
      ),
      ...inBoth('Monitoring', 'AWS::CloudWatch::Dashboard'),
      code,
    ],
  },
  {
    line: 342,
    says: 'X-Ray follows a request through the services.',
    shown: [...traced, ...inBoth('Services', 'AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Name: 'traces' }] }, 2)],
  },
  { line: 343, says: 'PagerDuty hears of what is critical.', shown: [paged] },
  {
    line: 348,
    says: 'A restore is tested by itself.',
    shown: [...tested, ...inBoth('Recovery', 'AWS::Lambda::Function'), judged, restored],
  },
  {
    line: 349,
    says: 'Backups are copied to another region, and copies that fail are told of.',
    shown: [
      copied,
      ...inBoth('Monitoring', 'AWS::CloudWatch::Alarm', {
        Metrics: [{ MetricStat: { Metric: { MetricName: 'NumberOfCopyJobsFailed' } } }],
      }),
    ],
  },
  {
    line: 350,
    says: 'Four hours until the database is back.',
    shown: [judged, ...inBoth('Recovery', 'AWS::Lambda::Function', { Environment: { Variables: { RECOVERY_TIME_HOURS: '4' } } })],
  },
  {
    line: 351,
    says: 'At most one hour of changes is lost.',
    shown: [
      judged,
      ...hourly,
      ...inBoth('Recovery', 'AWS::Lambda::Function', { Environment: { Variables: { RECOVERY_POINT_HOURS: '1' } } }),
    ],
  },
  {
    line: 354,
    says: 'The failover of the database is tried.',
    shown: [
      inOne('production', 'Data', 'AWS::RDS::DBInstance', { MultiAZ: true }),
      application('Somebody tries it, with the command of the runbook: a schedule that fails over production would be a fault of its own.'),
    ],
  },
  { line: 355, says: 'Scaling is tried under load.', shown: [scaled, job('performance')] },
  {
    line: 356,
    says: 'The failover of the CDN and invalidations of its cache are tried.',
    shown: [
      ...inBoth('Edge', 'AWS::CloudFront::Distribution', { DistributionConfig: { CustomErrorResponses: [{ ErrorCode: 502 }] } }),
      { kind: 'output', environment: 'production', stack: 'CloudWeaveEdgeProductionStack', key: 'DistributionId' },
      application('Somebody tries it, with the commands of the runbook; CloudFront in front of a broken origin is not of the emulator.'),
    ],
  },
];
