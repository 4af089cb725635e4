import type { Evidence, Selector, Statement } from './statement.ts';

const environments = ['development', 'staging', 'production'] as const;
const stacksTest = 'infra/systems/balancer/stacks.test.ts';
const blueprintTest = 'infra/systems/balancer/blueprint.test.ts';
const environmentsTest = 'infra/environments/balancer.test.ts';
const lifeTest = 'test/e2e/balancer.test.ts';
const forwarderTest = 'infra/systems/balancer/handlers/log-forwarder/forward.test.ts';

const test = (file: string, name: string): Evidence => ({ kind: 'test', file, name });
const application = (reason: string): Evidence => ({ kind: 'application', reason });

/** Shows a stack in every environment. */
const stack = (id: string): readonly Selector[] =>
  environments.map((environment) => ({ kind: 'stack', environment, name: `v3-backend-${environment}-${id}` }));

/** Shows a resource in a stack of one environment. */
const inOne = (
  environment: (typeof environments)[number],
  id: string,
  type: string,
  where: Readonly<Record<string, unknown>> = {},
  atLeast = 1,
): Selector => ({ kind: 'resource', environment, stack: `v3-backend-${environment}-${id}`, type, where, atLeast });

/** Shows a resource in a stack of every environment. */
const everywhere = (id: string, type: string, where: Readonly<Record<string, unknown>> = {}, atLeast = 1): readonly Selector[] =>
  environments.map((environment) => inOne(environment, id, type, where, atLeast));

/** Shows a resource of a name that follows the naming convention, in every environment. */
const named = (id: string, type: string, property: string, end: string): readonly Selector[] =>
  environments.map((environment) => inOne(environment, id, type, { [property]: `v3-backend-${environment}-${end}` }));

/** Shows an export of every environment. */
const exported = (name: string): readonly Selector[] =>
  environments.map((environment) => ({ kind: 'export', environment, name: `${environment}-${name}` }));

const securityGroup = (end: string): readonly Selector[] => named('security', 'AWS::EC2::SecurityGroup', 'GroupName', end);
const bucket = (id: string): readonly Selector[] => named('s3', 'AWS::S3::Bucket', 'BucketName', id);
const queue = (id: string): readonly Selector[] => named('sqs', 'AWS::SQS::Queue', 'QueueName', id);
const service = (id: string): readonly Selector[] => named('compute', 'AWS::ECS::Service', 'ServiceName', id);
const task = (id: string): readonly Selector[] => named('compute', 'AWS::ECS::TaskDefinition', 'Family', id);

const twelve = test(stacksTest, 'are twelve in four phases, named after the system and the environment');
const exportsOnce = test(stacksTest, 'of %s export every name that there is, once, and import no other');
const onlyNeeded = test(stacksTest, 'of %s import only from those that they depend on');
const inPhases = test(stacksTest, 'need only those of their own phase and the ones before');
const alone = test(stacksTest, '%s needs no other stack');
const tagged = test(stacksTest, 'everything that can have tags says whose it is');
const subnets = test(stacksTest, 'of %s has %d NAT gateways and %d subnets: public, private and isolated in each zone');
const byGroups = test(
  stacksTest,
  'lets groups in by groups: only the load balancer is open, and nothing but HTTPS leaves for the internet',
);
const endpoints = test(
  stacksTest,
  'reaches the services that its environment lists by endpoints of their own, in the security stack with their group',
);
const kept = test(stacksTest, 'of %s stays when its stack goes');
const encrypted = test(stacksTest, 'is encrypted with keys of the account, but for the logs, which the load balancer delivers');
const databaseSize = test(stacksTest, 'the database is of the size of its environment');
const noPassword = test(stacksTest, 'no template has a password: the database takes it from its secret');
const lifecycle = test(stacksTest, 'files in the buckets for logs and backups move to cheaper storage and go in the end');
const parameters = test(stacksTest, 'the address of each queue is a parameter, and so is each feature flag');
const mayRead = test(stacksTest, 'the %s may read every parameter of its environment, and decrypt API keys');
const byTag = test(stacksTest, 'are the API, the worker and the scheduler, of one image with the tag that is asked for');
const scaled = test(stacksTest, 'scale with their load; there is one scheduler, and never two');
const takenBack = test(stacksTest, 'a deployment of tasks that do not start is taken back, and goes step by step');
const privately = test(stacksTest, 'run in private subnets, and get their secrets when they start');
const tls = test(stacksTest, 'TLS ends at the load balancer, which sends HTTP on to HTTPS');
const guarded = test(stacksTest, 'the firewall is before the load balancer of production and of no other');
const record = test(stacksTest, 'the name of the API leads to the load balancer, and the record stands in the compute stack');
const linked = test(
  stacksTest,
  'every alarm leads to a section of the runbook, tells the topic, and tells when it is over; so does the dashboard',
);
const told = test(stacksTest, 'the topic tells the addresses and the PagerDuty service of the settings, and nobody without them');
const counted = test(stacksTest, 'errors in the logs are counted, for each service');
const forwarded = test(stacksTest, 'the log of each service is forwarded, and what cannot be goes to a queue');
const protectedOnes = test(stacksTest, 'are kept from being deleted by accident in production only');
const regions = test(
  blueprintTest,
  'each environment is in the regions of its configuration, and no branch stands for one: who deploys names it',
);
const apart = test(blueprintTest, 'no two environments share a name, nor do two regions share a bucket');
const atOnce = test(blueprintTest, 'one error lists every bad setting, tag, decision and name');
const whichImage = test(blueprintTest, 'the image is the one that is asked for, or else that of the environment');
const alwaysProtected = test(blueprintTest, 'production is protected, also where the config of a project forgets to say so');
const withinLimits = test(environmentsTest, 'what is set for %s is within the limits of the services');
const sizes = test(environmentsTest, 'development is the smallest: one NAT gateway and a t3.micro; production has all of everything');
const onlyProduction = test(
  environmentsTest,
  'only production is protected, watches the load of its database, and stands behind the firewall',
);
const foundationFirst = test(lifeTest, 'the foundation comes first, and needs no other phase');
const laterBrings = test(lifeTest, 'a later phase brings what it needs, and leaves alone what is there');
const missingNamed = test(lifeTest, 'a phase alone is not deployed while what it imports is missing, and that is named');
const unaided = test(lifeTest, 'the rest needs nobody to carry values from stack to stack');
const otherImage = test(lifeTest, 'another image is a change of the compute stack and of no other');
const servicesAlone = test(lifeTest, 'code alone is for the three services together, and for no stack');
const logKept = test(lifeTest, 'what a service logs is kept in the bucket for logs');
const fullDeployment: Evidence = { kind: 'workflow', file: '.github/workflows/deploy.yml', job: 'deploy' };
const leastActions = test('infra/compliance.test.ts', '%s in %s names every action, and resources wherever an action knows them');
const exportInUse = test(
  'test/contract/emulator.test.ts',
  'can be neither removed nor changed nor deleted while it is imported, and can afterwards',
);

const codeAlone = test(
  'test/workflows.test.ts',
  'a deployment of code alone builds and scans without rights in AWS, then gives the image to the services of one stack, and touches none',
);

/** What the document says of code-only deployments. */
const codeOnly: readonly Statement[] = [
  { line: 234, says: 'Code is deployed by a workflow of its own.', shown: [codeAlone] },
  { line: 235, says: 'It touches no infrastructure.', shown: [codeAlone, servicesAlone] },
  { line: 236, says: 'It is for changes of the application and of its configuration.', shown: [codeAlone, parameters, mayRead] },
  {
    line: 237,
    says: 'It updates the services with new task definitions.',
    shown: [codeAlone, servicesAlone, ...task('api'), ...task('worker'), ...task('scheduler'), takenBack],
  },
  {
    line: 238,
    says: 'It builds and pushes the image by itself.',
    shown: [codeAlone, ...named('s3', 'AWS::ECR::Repository', 'RepositoryName', 'images')],
  },
];

/** What the document of balancer says. */
export const balancer: readonly Statement[] = [
  {
    line: 5,
    says: 'It is an app of several stacks for several environments, and deploys a new one from nothing.',
    shown: [twelve, foundationFirst, unaided],
  },
  {
    line: 10,
    says: 'There are development, staging and production, isolated from each other.',
    shown: [...stack('networking'), apart, exportsOnce],
  },
  { line: 11, says: 'Environments may be in accounts and regions of their own.', shown: [regions, apart] },
  { line: 12, says: 'Each has its configuration.', shown: [withinLimits, sizes] },
  { line: 15, says: 'The infrastructure is split into stacks.', shown: [twelve] },
  { line: 16, says: 'Each stack has one responsibility.', shown: [twelve, ...stack('compute'), ...stack('security')] },
  { line: 17, says: 'Stacks deploy independently, with what they need.', shown: [laterBrings, missingNamed, alone] },
  { line: 20, says: 'Stacks are joined by exports and imports.', shown: [exportsOnce, onlyNeeded] },
  { line: 21, says: 'Dependencies are explicit, and a new environment works.', shown: [onlyNeeded, unaided] },
  { line: 22, says: 'An export in use is not deleted.', shown: [exportInUse, protectedOnes] },
  { line: 25, says: 'The configuration of environments is TypeScript.', shown: [withinLimits] },
  {
    line: 26,
    says: 'The configuration is validated.',
    shown: [atOnce, test(environmentsTest, 'everything that is wrong is said at once')],
  },
  { line: 27, says: 'Types keep the configuration from drifting.', shown: [withinLimits] },
  {
    line: 36,
    says: 'The application layer has the stacks of monitoring, the log forwarder and the firewall.',
    shown: [...stack('monitoring'), ...stack('log-forwarder'), ...stack('waf')],
  },
  {
    line: 43,
    says: 'The compute layer has the stacks of compute, the certificate and the database.',
    shown: [...stack('compute'), ...stack('certificate'), ...stack('database')],
  },
  {
    line: 50,
    says: 'The infrastructure layer has networking, security and S3.',
    shown: [...stack('networking'), ...stack('security'), ...stack('s3')],
  },
  {
    line: 54,
    says: 'It has SQS, secrets and the hosted zone as well.',
    shown: [...stack('sqs'), ...stack('secrets'), ...stack('hosted-zone')],
  },
  { line: 64, says: 'There is a networking stack.', shown: stack('networking') },
  {
    line: 65,
    says: 'It is the network.',
    shown: environments.map((environment) =>
      inOne(environment, 'networking', 'AWS::EC2::VPC', { Tags: [{ Key: 'Name', Value: `v3-backend-${environment}-vpc` }] }),
    ),
  },
  {
    line: 67,
    says: 'The VPC has public, private and isolated subnets.',
    shown: [subnets, ...everywhere('networking', 'AWS::EC2::Subnet', {}, 6)],
  },
  {
    line: 68,
    says: 'The number of NAT gateways is that of the environment.',
    shown: [subnets, ...everywhere('networking', 'AWS::EC2::NatGateway'), inOne('production', 'networking', 'AWS::EC2::NatGateway', {}, 3)],
  },
  { line: 69, says: 'There is an internet gateway.', shown: everywhere('networking', 'AWS::EC2::InternetGateway') },
  { line: 70, says: 'There are route tables.', shown: everywhere('networking', 'AWS::EC2::RouteTable', {}, 6) },
  {
    line: 71,
    says: 'Services of AWS have endpoints in the network.',
    shown: [...everywhere('networking', 'AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }, 2), endpoints],
  },
  {
    line: 72,
    says: 'There is a subnet group for the database.',
    shown: named('networking', 'AWS::RDS::DBSubnetGroup', 'DBSubnetGroupName', 'db-subnet-group'),
  },
  ...[
    'networking-vpc-id',
    'networking-public-subnet-ids',
    'networking-private-subnet-ids',
    'networking-isolated-subnet-ids',
    'networking-availability-zones',
    'networking-db-subnet-group-name',
  ].map((name, index) => ({ line: 75 + index, says: `The stack exports ${name}.`, shown: exported(name) })),
  { line: 82, says: 'Networking needs no other stack.', shown: [alone] },
  { line: 84, says: 'There is a security stack.', shown: stack('security') },
  {
    line: 85,
    says: 'It holds security groups and roles.',
    shown: [...everywhere('security', 'AWS::EC2::SecurityGroup', {}, 4), ...everywhere('security', 'AWS::IAM::Role', {}, 4)],
  },
  { line: 87, says: 'The load balancer has a security group.', shown: securityGroup('alb-sg') },
  { line: 88, says: 'The tasks have a security group.', shown: securityGroup('ecs-sg') },
  { line: 89, says: 'The database has a security group.', shown: securityGroup('database-sg') },
  { line: 90, says: 'The endpoints have a security group.', shown: [...securityGroup('vpc-endpoint-sg'), endpoints] },
  {
    line: 92,
    says: 'Security imports the network.',
    shown: [
      onlyNeeded,
      ...environments.map((environment) =>
        inOne(environment, 'security', 'AWS::EC2::SecurityGroup', { VpcId: { 'Fn::ImportValue': `${environment}-networking-vpc-id` } }, 4),
      ),
    ],
  },
  { line: 94, says: 'There is a stack of S3.', shown: stack('s3') },
  { line: 95, says: 'It stores logs, assets and backups.', shown: [...everywhere('s3', 'AWS::S3::Bucket', {}, 3), kept] },
  { line: 97, says: 'There is a bucket for logs.', shown: bucket('logs') },
  { line: 98, says: 'There is a bucket for assets.', shown: bucket('assets') },
  { line: 99, says: 'There is a bucket for backups.', shown: bucket('backups') },
  { line: 100, says: 'Files in them have rules for their life.', shown: [lifecycle] },
  { line: 102, says: 'S3 needs no other stack.', shown: [alone] },
  { line: 104, says: 'There is a stack of SQS.', shown: stack('sqs') },
  { line: 105, says: 'It has queues for work in the background.', shown: everywhere('sqs', 'AWS::SQS::Queue', {}, 6) },
  { line: 107, says: 'There is a queue for background jobs.', shown: queue('background-job-queue') },
  { line: 108, says: 'There is a queue for refreshing data.', shown: queue('data-refresh-queue') },
  { line: 109, says: 'There is a queue for notifications.', shown: queue('notification-queue') },
  {
    line: 110,
    says: 'Each queue has one for what failed.',
    shown: [
      ...queue('background-job-dlq'),
      ...queue('data-refresh-dlq'),
      ...queue('notification-dlq'),
      ...everywhere('sqs', 'AWS::SQS::Queue', { RedrivePolicy: { maxReceiveCount: 3 } }, 3),
    ],
  },
  {
    line: 111,
    says: 'Queues are encrypted with a key of the account.',
    shown: [encrypted, ...everywhere('sqs', 'AWS::KMS::Key', { EnableKeyRotation: true })],
  },
  { line: 113, says: 'SQS needs no other stack.', shown: [alone] },
  { line: 115, says: 'There is a secrets stack.', shown: stack('secrets') },
  {
    line: 116,
    says: 'It keeps the configuration of the application in Secrets Manager.',
    shown: everywhere('secrets', 'AWS::SecretsManager::Secret', {}, 2),
  },
  {
    line: 118,
    says: 'There is a secret with the configuration.',
    shown: named('secrets', 'AWS::SecretsManager::Secret', 'Name', 'config'),
  },
  {
    line: 119,
    says: 'There are credentials of the database.',
    shown: [...named('secrets', 'AWS::SecretsManager::Secret', 'Name', 'database-credentials'), noPassword],
  },
  { line: 121, says: 'Secrets need no other stack.', shown: [alone] },
  { line: 123, says: 'There is a stack of the hosted zone.', shown: stack('hosted-zone') },
  { line: 124, says: 'It is for DNS.', shown: [record] },
  {
    line: 126,
    says: 'There is a hosted zone.',
    shown: everywhere('hosted-zone', 'AWS::Route53::HostedZone', { Name: 'balancer.example.com.' }),
  },
  {
    line: 127,
    says: 'There are DNS records.',
    shown: [
      ...everywhere('hosted-zone', 'AWS::Route53::RecordSet', { Type: 'CAA' }),
      ...everywhere('compute', 'AWS::Route53::RecordSet', { Type: 'A' }),
    ],
  },
  { line: 129, says: 'The hosted zone needs no other stack.', shown: [alone] },
  { line: 133, says: 'There is a database stack.', shown: stack('database') },
  { line: 134, says: 'It is a PostgreSQL of RDS.', shown: everywhere('database', 'AWS::RDS::DBInstance', { Engine: 'postgres' }) },
  { line: 136, says: 'There is an instance.', shown: named('database', 'AWS::RDS::DBInstance', 'DBInstanceIdentifier', 'database') },
  {
    line: 137,
    says: 'It has a parameter group.',
    shown: named('database', 'AWS::RDS::DBParameterGroup', 'DBParameterGroupName', 'database-parameters'),
  },
  {
    line: 138,
    says: 'Backups are made by themselves.',
    shown: [databaseSize, ...everywhere('database', 'AWS::RDS::DBInstance', { DeleteAutomatedBackups: false })],
  },
  {
    line: 139,
    says: 'Production has Performance Insights.',
    shown: [databaseSize, inOne('production', 'database', 'AWS::RDS::DBInstance', { EnablePerformanceInsights: true })],
  },
  { line: 141, says: 'The database needs networking and security.', shown: [onlyNeeded] },
  { line: 143, says: 'There is a certificate stack.', shown: stack('certificate') },
  { line: 144, says: 'It is for TLS.', shown: [tls] },
  {
    line: 146,
    says: 'There is a certificate of ACM.',
    shown: everywhere('certificate', 'AWS::CertificateManager::Certificate', { DomainName: 'balancer.example.com' }),
  },
  {
    line: 147,
    says: 'It is validated by DNS.',
    shown: everywhere('certificate', 'AWS::CertificateManager::Certificate', { ValidationMethod: 'DNS' }),
  },
  { line: 149, says: 'The certificate needs the hosted zone.', shown: [onlyNeeded] },
  { line: 151, says: 'There is a compute stack.', shown: stack('compute') },
  {
    line: 152,
    says: 'It runs containers behind a load balancer.',
    shown: [privately, ...named('compute', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'Name', 'alb')],
  },
  { line: 154, says: 'There is a cluster of ECS.', shown: named('compute', 'AWS::ECS::Cluster', 'ClusterName', 'cluster') },
  {
    line: 155,
    says: 'There are three services: API, worker and scheduler.',
    shown: [...service('api'), ...service('worker'), ...service('scheduler'), byTag],
  },
  {
    line: 156,
    says: 'There is an application load balancer.',
    shown: named('compute', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'Name', 'alb'),
  },
  { line: 157, says: 'There is a target group.', shown: named('compute', 'AWS::ElasticLoadBalancingV2::TargetGroup', 'Name', 'api') },
  { line: 158, says: 'There are task definitions.', shown: [...task('api'), ...task('worker'), ...task('scheduler')] },
  {
    line: 159,
    says: 'Services scale by themselves.',
    shown: [
      scaled,
      ...everywhere('compute', 'AWS::ApplicationAutoScaling::ScalableTarget', {}, 2),
      ...everywhere('compute', 'AWS::ApplicationAutoScaling::ScalingPolicy', {}, 6),
    ],
  },
  { line: 161, says: 'Compute needs networking, security, database, certificate, SQS, secrets and S3.', shown: [onlyNeeded, laterBrings] },
  { line: 165, says: 'There is a WAF stack.', shown: stack('waf') },
  { line: 166, says: 'It is a firewall for the web.', shown: named('waf', 'AWS::WAFv2::WebACL', 'Name', 'waf') },
  { line: 168, says: 'There is a web ACL.', shown: everywhere('waf', 'AWS::WAFv2::WebACL', { Scope: 'REGIONAL' }) },
  {
    line: 169,
    says: 'It limits how much one address may ask for.',
    shown: everywhere('waf', 'AWS::WAFv2::WebACL', {
      Rules: [{ Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 2000 } } }],
    }),
  },
  {
    line: 170,
    says: 'It has rules of security.',
    shown: everywhere('waf', 'AWS::WAFv2::WebACL', {
      Rules: [{ Name: 'AWSManagedRulesCommonRuleSet' }, { Name: 'AWSManagedRulesSQLiRuleSet' }],
    }),
  },
  { line: 172, says: 'The firewall needs no other stack.', shown: [alone] },
  { line: 174, says: 'There is a monitoring stack.', shown: stack('monitoring') },
  { line: 175, says: 'It watches and tells.', shown: [linked, told] },
  { line: 177, says: 'There is a dashboard.', shown: named('monitoring', 'AWS::CloudWatch::Dashboard', 'DashboardName', 'dashboard') },
  { line: 178, says: 'There are alarms.', shown: [linked, ...everywhere('monitoring', 'AWS::CloudWatch::Alarm', {}, 20)] },
  { line: 179, says: 'Alerts go to a topic.', shown: [told, ...named('monitoring', 'AWS::SNS::Topic', 'TopicName', 'alerts')] },
  { line: 181, says: 'Monitoring needs compute.', shown: [onlyNeeded] },
  { line: 183, says: 'There is a stack of the log forwarder.', shown: stack('log-forwarder') },
  { line: 184, says: 'It collects and forwards logs.', shown: [forwarded, logKept] },
  {
    line: 186,
    says: 'A function works on the logs.',
    shown: [
      ...named('log-forwarder', 'AWS::Lambda::Function', 'FunctionName', 'log-forwarder'),
      test(forwarderTest, 'a batch becomes one object of lines, below its service and day'),
    ],
  },
  { line: 187, says: 'It has log groups.', shown: [forwarded, ...everywhere('log-forwarder', 'AWS::Logs::LogGroup')] },
  { line: 189, says: 'The log forwarder needs compute.', shown: [onlyNeeded] },
  {
    line: 194,
    says: 'Exports carry the VPC, the subnets and the security groups.',
    shown: [...exported('networking-vpc-id'), ...exported('security-ecs-security-group-id')],
  },
  { line: 196, says: 'Dependencies are managed explicitly.', shown: [onlyNeeded] },
  {
    line: 197,
    says: 'A stack deploys or rolls back as a whole.',
    shown: [application('CloudFormation does that for every stack; deploy reports which it was.')],
  },
  { line: 198, says: 'An import is checked at deployment.', shown: [missingNamed] },
  { line: 199, says: 'What is needed is not deleted.', shown: [exportInUse] },
  {
    line: 204,
    says: 'An export is an output of its stack, such as VpcIdExport.',
    shown: environments.map((environment) => ({
      kind: 'output' as const,
      environment,
      stack: `v3-backend-${environment}-networking`,
      key: 'VpcIdExport',
    })),
  },
  {
    line: 206,
    says: 'The export of the VPC is named after the environment and the stack.',
    shown: exported('networking-vpc-id'),
  },
  {
    line: 210,
    says: 'Others import it by that name.',
    shown: environments.map((environment) =>
      inOne(environment, 'compute', 'AWS::ElasticLoadBalancingV2::TargetGroup', {
        VpcId: { 'Fn::ImportValue': `${environment}-networking-vpc-id` },
      }),
    ),
  },
  { line: 214, says: 'What changes while the application runs is in the parameter store.', shown: [parameters, mayRead] },
  {
    line: 216,
    says: 'It is changed without a deployment.',
    shown: [mayRead, application('The runbook has the commands; services look parameters up while they run.')],
  },
  { line: 217, says: 'Configuration is loosely coupled.', shown: [parameters] },
  { line: 218, says: 'It is a hierarchy.', shown: [parameters] },
  {
    line: 220,
    says: 'It is for addresses of queues, API keys and feature flags.',
    shown: [
      parameters,
      mayRead,
      ...environments.map((environment) =>
        inOne(environment, 'sqs', 'AWS::SSM::Parameter', { Name: `/v3-backend/${environment}/queues/background-job-url` }),
      ),
    ],
  },
  { line: 226, says: 'There are two ways to deploy.', shown: [fullDeployment] },
  { line: 228, says: 'The full deployment is a workflow.', shown: [fullDeployment] },
  { line: 229, says: 'It deploys infrastructure and application.', shown: [fullDeployment, laterBrings] },
  { line: 230, says: 'It is for changes of infrastructure and for new environments.', shown: [fullDeployment, foundationFirst] },
  { line: 231, says: 'All stacks are deployed, with the tag of the image.', shown: [otherImage, laterBrings] },
  {
    line: 232,
    says: 'The tag is its input, such as latest or 1.41.8-abc123def.',
    shown: [byTag, whichImage, test('test/workflows.test.ts', 'a deployment hands on which system, which stacks and which image')],
  },
  ...codeOnly,
  { line: 241, says: 'Stacks deploy in the order of their dependencies.', shown: [inPhases, laterBrings] },
  { line: 243, says: 'The foundation is networking, security, S3, SQS, secrets and the hosted zone.', shown: [foundationFirst, twelve] },
  { line: 244, says: 'Then come the database, the certificate and the firewall.', shown: [laterBrings, inPhases] },
  { line: 245, says: 'Then comes the application.', shown: [laterBrings, missingNamed] },
  { line: 246, says: 'Monitoring and the log forwarder come last.', shown: [unaided, inPhases] },
  { line: 250, says: 'A new environment begins with networking.', shown: [foundationFirst] },
  { line: 251, says: 'Its exports are there then.', shown: exported('networking-vpc-id') },
  { line: 252, says: 'The others refer to them.', shown: [unaided, onlyNeeded] },
  { line: 253, says: 'Nobody carries parameters.', shown: [unaided] },
  {
    line: 256,
    says: 'What fails is rolled back.',
    shown: [application('CloudFormation does that for every stack; deploy reports the cause.'), takenBack],
  },
  { line: 257, says: 'A stack that is needed is not deleted before those that need it.', shown: [exportInUse, protectedOnes] },
  {
    line: 258,
    says: 'The database of production is protected against deletion.',
    shown: [inOne('production', 'database', 'AWS::RDS::DBInstance', { DeletionProtection: true }), alwaysProtected, onlyProduction],
  },
  { line: 259, says: 'A deployment of code alone is taken back by the services.', shown: [takenBack] },
  ...environments.map((environment, index) => ({
    line: 266 + index,
    says: `${environment} has its settings.`,
    shown: [{ kind: 'stack' as const, environment, name: `v3-backend-${environment}-compute` }, withinLimits],
  })),
  { line: 269, says: 'What they share is in one place.', shown: [withinLimits] },
  { line: 272, says: 'Interfaces keep the configuration consistent.', shown: [withinLimits] },
  {
    line: 273,
    says: 'What is not valid is not deployed.',
    shown: [atOnce, test(blueprintTest, 'nothing is written when the request is refused')],
  },
  { line: 274, says: 'Sizes are those of the environment.', shown: [sizes, databaseSize, scaled] },
  {
    line: 280,
    says: 'Resources are named v3-backend, environment, type.',
    shown: [twelve, ...bucket('logs'), ...queue('notification-queue')],
  },
  {
    line: 284,
    says: 'Such as v3-backend-staging-vpc.',
    shown: [inOne('staging', 'networking', 'AWS::EC2::VPC', { Tags: [{ Key: 'Name', Value: 'v3-backend-staging-vpc' }] })],
  },
  {
    line: 285,
    says: 'Such as v3-backend-production-alb.',
    shown: [inOne('production', 'compute', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Name: 'v3-backend-production-alb' })],
  },
  {
    line: 286,
    says: 'Such as v3-backend-development-cluster.',
    shown: [inOne('development', 'compute', 'AWS::ECS::Cluster', { ClusterName: 'v3-backend-development-cluster' })],
  },
  { line: 291, says: 'Containers run in private subnets.', shown: [privately] },
  {
    line: 292,
    says: 'Databases are in isolated subnets.',
    shown: [subnets, ...everywhere('database', 'AWS::RDS::DBInstance', { PubliclyAccessible: false })],
  },
  { line: 293, says: 'Security groups let in the least.', shown: [byGroups] },
  { line: 294, says: 'Endpoints keep traffic off the internet.', shown: [endpoints] },
  { line: 297, says: 'All that is stored is encrypted.', shown: [encrypted] },
  {
    line: 298,
    says: 'Keys are those of the account.',
    shown: [
      encrypted,
      ...['s3', 'sqs', 'secrets', 'database'].flatMap((id) => everywhere(id, 'AWS::KMS::Key', { EnableKeyRotation: true })),
    ],
  },
  { line: 299, says: 'What is secret is in Secrets Manager.', shown: [noPassword, privately] },
  { line: 300, says: 'Roles may do the least.', shown: [leastActions] },
  {
    line: 303,
    says: 'Production is behind the firewall.',
    shown: [guarded, inOne('production', 'compute', 'AWS::WAFv2::WebACLAssociation'), onlyProduction],
  },
  {
    line: 304,
    says: 'Images are scanned.',
    shown: everywhere('s3', 'AWS::ECR::Repository', { ImageScanningConfiguration: { ScanOnPush: true } }),
  },
  { line: 305, says: 'Security groups isolate.', shown: [byGroups] },
  { line: 306, says: 'TLS ends at the load balancer.', shown: [tls] },
  { line: 311, says: 'Logs are central.', shown: [...everywhere('compute', 'AWS::Logs::LogGroup', {}, 3), logKept] },
  { line: 312, says: 'There are metrics of its own, and dashboards.', shown: [counted, linked] },
  { line: 313, says: 'What is critical alerts by itself.', shown: [told, linked] },
  {
    line: 316,
    says: 'Services are measured.',
    shown: [
      ...everywhere('compute', 'AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] }),
      ...everywhere('monitoring', 'AWS::CloudWatch::Alarm', { Namespace: 'AWS/ECS' }, 6),
    ],
  },
  {
    line: 317,
    says: 'The load balancer is measured.',
    shown: everywhere('monitoring', 'AWS::CloudWatch::Alarm', { Namespace: 'AWS/ApplicationELB' }, 4),
  },
  { line: 318, says: 'The database tells where its time goes.', shown: [databaseSize] },
  { line: 319, says: 'The application has metrics of its own.', shown: [counted, leastActions] },
  { line: 324, says: 'Development is minimal: t3.micro and one NAT gateway.', shown: [sizes, databaseSize, subnets] },
  { line: 325, says: 'Staging is in the middle.', shown: [sizes, databaseSize] },
  {
    line: 326,
    says: 'Production is redundant and fast.',
    shown: [sizes, scaled, inOne('production', 'database', 'AWS::RDS::DBInstance', { MultiAZ: true })],
  },
  { line: 329, says: 'Old logs go.', shown: [lifecycle] },
  {
    line: 330,
    says: 'CloudWatch keeps logs for as long as the environment says.',
    shown: [7, 30, 365].map((days, index) =>
      inOne(environments[index] ?? 'production', 'compute', 'AWS::Logs::LogGroup', { RetentionInDays: days }, 3),
    ),
  },
  {
    line: 331,
    says: 'Backups of the database are kept for as long as the environment says.',
    shown: [7, 14, 35].map((days, index) =>
      inOne(environments[index] ?? 'production', 'database', 'AWS::RDS::DBInstance', { BackupRetentionPeriod: days }),
    ),
  },
  { line: 336, says: 'An environment is in one region.', shown: [regions] },
  {
    line: 337,
    says: 'Exports are of one region.',
    shown: [application('CloudFormation keeps exports by account and region.'), exportsOnce],
  },
  { line: 338, says: 'The region should be in the configuration.', shown: [regions] },
  { line: 341, says: 'New tasks take over step by step.', shown: [takenBack] },
  { line: 342, says: 'Blue and green may come later.', shown: [application('A plan for later, as the document says.')] },
  { line: 343, says: 'That would need more target groups.', shown: [application('A plan for later, as the document says.')] },
  { line: 346, says: 'Services speak to each other directly, or by queues.', shown: [...queue('background-job-queue'), byGroups] },
  { line: 347, says: 'A service mesh may come later.', shown: [application('A plan for later, as the document says.')] },
  { line: 348, says: 'That would need more of the network.', shown: [application('A plan for later, as the document says.')] },
  { line: 355, says: 'An import without its export fails.', shown: [missingNamed] },
  { line: 356, says: 'Networking deploys first.', shown: [foundationFirst] },
  { line: 357, says: 'Deployments keep the order.', shown: [laterBrings, inPhases] },
  {
    line: 360,
    says: 'A name that is taken fails.',
    shown: [apart, application('Preflight looks up every name before anything is written.')],
  },
  { line: 361, says: 'Names follow the convention.', shown: [twelve] },
  { line: 362, says: 'Names have the environment in them.', shown: [apart] },
  { line: 365, says: 'Subnets that are not valid fail.', shown: [exportsOnce] },
  { line: 366, says: 'Exports are what they should be.', shown: [exportsOnce, ...exported('networking-private-subnet-ids')] },
  {
    line: 371,
    says: 'The document changes with the code.',
    shown: [tagged, application('docs/systems.md is made from the assemblies, and a check fails when it is old.')],
  },
];
