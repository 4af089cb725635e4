import type { Evidence, Selector, Statement } from './statement.ts';

const environments = { dev: 'Dev', staging: 'Staging', prod: 'Prod' } as const;
const stacksTest = 'infra/systems/monitoring/stacks.test.ts';
const blueprintTest = 'infra/systems/monitoring/blueprint.test.ts';
const environmentsTest = 'infra/environments/monitoring.test.ts';
const lifeTest = 'test/e2e/monitoring.test.ts';
const handlers = 'infra/systems/monitoring/handlers';

const test = (file: string, name: string): Evidence => ({ kind: 'test', file, name });
const application = (reason: string): Evidence => ({ kind: 'application', reason });

/** Shows a stack in every environment. */
const stack = (id: string): readonly Selector[] =>
  Object.entries(environments).map(([environment, word]) => ({ kind: 'stack', environment, name: `Monitoring${id}${word}Stack` }));

/** Shows a resource in a stack of every environment. */
const everywhere = (id: string, type: string, where: Readonly<Record<string, unknown>> = {}, atLeast = 1): readonly Selector[] =>
  Object.entries(environments).map(([environment, word]) => ({
    kind: 'resource',
    environment,
    stack: `Monitoring${id}${word}Stack`,
    type,
    where,
    atLeast,
  }));

/** Shows a resource in a stack of production. */
const inProd = (id: string, type: string, where: Readonly<Record<string, unknown>> = {}, atLeast = 1): Selector => ({
  kind: 'resource',
  environment: 'prod',
  stack: `Monitoring${id}ProdStack`,
  type,
  where,
  atLeast,
});

const functions = ['api', 'log-processor', 'health-monitor', 'ai-analysis', 'backup'].flatMap((name) =>
  Object.entries(environments).map(([environment, word]): Selector => ({
    kind: 'resource',
    environment,
    stack: `MonitoringCompute${word}Stack`,
    type: 'AWS::Lambda::Function',
    where: { FunctionName: `monitoring-${name}-${environment}` },
  })),
);
const nine = test(stacksTest, 'are nine in three phases');
const oneWay = test(stacksTest, 'need only what comes before them, so that none waits for another in a circle');
const strangers = test(stacksTest, 'networking and security need no other stack: keys and roles do not know their users');
const viaEvents = test(stacksTest, 'storage knows nobody who is told of its objects: EventBridge takes them to the log processor');
const arrives = test(lifeTest, 'a log file that is put into the bucket reaches the log processor by EventBridge, and becomes an event');
const inOrder = test(lifeTest, 'all nine deploy from nothing, in the order of their phases');
const alone = test(lifeTest, 'what one stack needs being there, it deploys alone');
const named = test(lifeTest, 'one stack alone is not deployed while what it needs is missing, and that is named');
const gateways = test(stacksTest, 'of %s has the NAT gateways that its environment says, in subnets of several zones');
const endpoints = test(stacksTest, 'reaches S3 and DynamoDB by gateways, and other services by the interfaces that are asked for');
const closed = test(stacksTest, 'lets nothing in and only HTTPS out');
const encrypted = test(stacksTest, 'stays when its stack goes, and is encrypted with a key that is rotated');
const actions = test(stacksTest, 'name every action');
const resources = test(stacksTest, 'are on all resources only where an action knows none');
const lifecycle = test(stacksTest, 'log files move to cheaper storage and go in the end');
const replica = test(stacksTest, 'log files are copied to another region where the settings ask for it, to the bucket of that region');
const mails = test(stacksTest, 'each alert address of the settings is told, and none without them');
const redriven = test(stacksTest, 'an analysis that fails again and again goes to a queue of its own');
const concurrency = test(stacksTest, 'have the concurrency that their environment says, kept and scaled');
const cached = test(stacksTest, 'limits how often it is called, and keeps answers where the environment has a cache');
const origins = test(stacksTest, 'answers pages of the origins that the settings name, and of no other');
const budget = test(stacksTest, 'the error budget of 99.9 % has alarms on its pace, in windows of an hour, six hours and a day');
const dashboards = test(stacksTest, 'two dashboards show what runs and what is left of the error budgets');
const linked = test(stacksTest, 'every alarm that tells people leads to a section of the runbook, and so do the dashboards');
const trusted = test(stacksTest, 'trusts one repository: its jobs in the environment to deploy, its pull requests to look');
const tagged = test(stacksTest, 'everything that can have tags says whose it is');
const across = test(stacksTest, 'across stacks come with the integrations');
const circuits = [
  test(`${handlers}/breaker.test.ts`, 'opens after failures in a row, says so once, and then does not call at all'),
  test('test/contract/monitoring-data.test.ts', 'keep a state only when nobody kept another one in between'),
  test(stacksTest, 'are five, each with its circuits in the table, and with a queue for what it fails on'),
];
const data = test(environmentsTest, 'what is set for %s is within the limits of the services');
const promised = test(environmentsTest, 'every environment keeps backups for 30 days and promises 99.9 %');
const keeps = test(`${handlers}/backup/back-up.test.ts`, 'keeps each backup for 30 days');
const restored = test(
  'test/contract/monitoring-data.test.ts',
  'is restored to a new table with what was in the old one, even when that is gone',
);
const setBack = test(stacksTest, 'tables of %s can be set back to any moment, and are protected as the environment is');
const daily = everywhere('Integrations', 'AWS::Events::Rule', { ScheduleExpression: 'cron(0 3 * * ? *)' });
const logGroups = everywhere('Compute', 'AWS::Logs::LogGroup', {}, 5);
const rules = everywhere('Integrations', 'AWS::Events::Rule', {}, 3);
const policies = everywhere('Pipeline', 'AWS::IAM::ManagedPolicy', {}, 2);
const noScript = application('The deploy action takes the place of the script: it asks for the same system and environment.');

/** What the document of monitoring says. */
export const monitoring: readonly Statement[] = [
  { line: 5, says: 'The system is divided into stacks with one purpose each.', shown: [nine] },
  {
    line: 10,
    says: 'Security, networking and storage are a stack each.',
    shown: [...stack('Security'), ...stack('Networking'), ...stack('Storage')],
  },
  {
    line: 11,
    says: 'They hold roles and keys, the network, and tables with the bucket.',
    shown: [
      ...everywhere('Security', 'AWS::IAM::Role', {}, 5),
      ...everywhere('Security', 'AWS::KMS::Key'),
      ...everywhere('Networking', 'AWS::EC2::VPC'),
      ...everywhere('Storage', 'AWS::DynamoDB::Table'),
      ...everywhere('Storage', 'AWS::S3::Bucket'),
    ],
  },
  { line: 14, says: 'The stacks of the foundation need none of those above them.', shown: [oneWay, strangers] },
  {
    line: 17,
    says: 'Messaging, compute and the API are a stack each.',
    shown: [...stack('Messaging'), ...stack('Compute'), ...stack('Api')],
  },
  {
    line: 18,
    says: 'They hold queues with topics, the functions, and the API.',
    shown: [
      ...everywhere('Messaging', 'AWS::SQS::Queue'),
      ...everywhere('Messaging', 'AWS::SNS::Topic'),
      ...everywhere('Compute', 'AWS::Lambda::Function', {}, 5),
      ...everywhere('Api', 'AWS::ApiGateway::RestApi'),
    ],
  },
  {
    line: 22,
    says: 'Monitoring, integrations and the pipeline are a stack each.',
    shown: [...stack('Monitoring'), ...stack('Integrations'), ...stack('Pipeline')],
  },
  {
    line: 23,
    says: 'They hold what watches, what joins the stacks, and what deploys them.',
    shown: [...everywhere('Monitoring', 'AWS::CloudWatch::Alarm'), ...logGroups, ...rules, across, ...policies],
  },
  {
    line: 30,
    says: 'The network spans several zones, with NAT gateways and endpoints.',
    shown: [gateways, endpoints, inProd('Networking', 'AWS::EC2::NatGateway', {}, 3)],
  },
  {
    line: 31,
    says: 'There are roles, policies and keys to encrypt with.',
    shown: [
      ...everywhere('Security', 'AWS::IAM::Policy', {}, 5),
      ...everywhere('Security', 'AWS::KMS::Key', { EnableKeyRotation: true }, 3),
    ],
  },
  {
    line: 32,
    says: 'A table has a global index, and the bucket rules for the life of its objects.',
    shown: [...everywhere('Storage', 'AWS::DynamoDB::Table', { GlobalSecondaryIndexes: [{ IndexName: 'by-kind' }] }), lifecycle],
  },
  {
    line: 33,
    says: 'The queue has one for what failed, and a topic takes alerts.',
    shown: [redriven, ...everywhere('Messaging', 'AWS::SNS::Topic')],
  },
  { line: 34, says: 'There are five functions: API, log processor, health monitor, analysis and backup.', shown: functions },
  { line: 35, says: 'The API is throttled, cached and open to the pages of named origins.', shown: [cached, origins] },
  {
    line: 36,
    says: 'There are dashboards and alarms, and the objectives are tracked.',
    shown: [dashboards, budget, ...everywhere('Monitoring', 'AWS::CloudWatch::Dashboard', {}, 2)],
  },
  {
    line: 37,
    says: 'Permissions across stacks and triggers by events are in a stack of their own.',
    shown: [across, viaEvents, ...rules, ...everywhere('Integrations', 'AWS::Lambda::EventSourceMapping')],
  },
  { line: 40, says: 'There are dev, staging and prod, each with its configuration.', shown: [data, ...stack('Compute')] },
  { line: 41, says: 'NAT gateways and the cache cost only where an environment wants them.', shown: [gateways, cached] },
  {
    line: 42,
    says: 'Data is encrypted, the network has endpoints, and permissions are the least.',
    shown: [encrypted, endpoints, actions, resources],
  },
  { line: 43, says: 'It runs in several zones.', shown: [gateways] },
  { line: 44, says: 'Backups are made by themselves, and the bucket is copied to another region.', shown: [...daily, replica] },
  { line: 45, says: 'Indicators and objectives of the service are tracked.', shown: [budget, dashboards] },
  { line: 46, says: 'A deployment orders the stacks by what they need.', shown: [inOrder] },
  {
    line: 49,
    says: 'Data is encrypted with keys of the account, and roles may do no more than they need.',
    shown: [encrypted, actions, resources],
  },
  { line: 50, says: 'There are dashboards, alarms, and a track of the error budget.', shown: [dashboards, budget, linked] },
  {
    line: 51,
    says: 'Concurrency is reserved and scaled by itself.',
    shown: [concurrency, inProd('Compute', 'AWS::ApplicationAutoScaling::ScalingPolicy')],
  },
  { line: 52, says: 'Tables are backed up by themselves, and log files have rules for their life.', shown: [...daily, setBack, lifecycle] },
  { line: 53, says: 'A stack holds what automatic deployments need.', shown: [...policies, trusted] },
  { line: 54, says: 'Tags follow one scheme.', shown: [tagged] },
  { line: 60, says: 'Compute, security and storage must not need each other in a circle.', shown: [oneWay, strangers, viaEvents] },
  { line: 65, says: 'The stacks deploy in phases.', shown: [inOrder, nine] },
  { line: 67, says: 'The first phase is the foundation.', shown: [nine, strangers] },
  { line: 68, says: 'The network deploys by itself.', shown: [strangers, ...stack('Networking')] },
  { line: 69, says: 'Security deploys by itself.', shown: [strangers, ...stack('Security')] },
  { line: 70, says: 'Storage deploys after security.', shown: [viaEvents, ...stack('Storage')] },
  { line: 71, says: 'Messaging deploys in the first phase.', shown: [oneWay, ...stack('Messaging')] },
  { line: 73, says: 'The second phase is the application.', shown: [inOrder, oneWay] },
  { line: 74, says: 'Compute deploys when the foundation is there.', shown: [named, alone] },
  { line: 75, says: 'The API deploys after compute.', shown: [inOrder, ...stack('Api')] },
  { line: 76, says: 'What watches deploys with the application.', shown: [oneWay, ...stack('Monitoring')] },
  { line: 78, says: 'The integrations come last.', shown: [inOrder, ...stack('Integrations')] },
  {
    line: 79,
    says: 'Events of the bucket are joined to their function after all else.',
    shown: [viaEvents, arrives, ...everywhere('Integrations', 'AWS::Events::Rule', { EventPattern: { source: ['aws.s3'] } })],
  },
  {
    line: 83,
    says: 'A custom resource could set the notifications.',
    shown: [application('An option that was not taken: decision 0006 says why.'), viaEvents],
  },
  {
    line: 86,
    says: 'A schedule could take the place of notifications.',
    shown: [application('An option that was not taken: decision 0006 says why.'), arrives],
  },
  { line: 93, says: 'One command deploys all stacks of dev.', shown: [inOrder, noScript] },
  { line: 94, says: 'One command deploys all stacks of prod.', shown: [...stack('Networking'), noScript] },
  { line: 99, says: 'The network alone can be deployed.', shown: [strangers, noScript] },
  { line: 100, says: 'Compute alone can be deployed, and what it misses is named.', shown: [alone, named] },
  { line: 105, says: 'An environment can be destroyed.', shown: [application('The destroy action does that, for every system alike.')] },
  {
    line: 106,
    says: 'Prod is destroyed only after checks.',
    shown: [
      setBack,
      application('The destroy action asks for the typed name of a protected environment; its stacks have termination protection.'),
    ],
  },
  { line: 112, says: 'Each stack deploys independently.', shown: [alone, named] },
  { line: 113, says: 'Teams own stacks.', shown: [tagged] },
  { line: 114, says: 'A stack that fails does not touch the others.', shown: [oneWay, alone] },
  { line: 117, says: 'Environments are alike but for their data.', shown: [data, ...stack('Integrations')] },
  { line: 118, says: 'Sizes are those of the environment.', shown: [concurrency, gateways] },
  {
    line: 119,
    says: 'Data is encrypted, the network closed, and best practices of security are kept.',
    shown: [encrypted, closed, resources],
  },
  { line: 122, says: 'Deployments find the order by themselves.', shown: [inOrder] },
  { line: 123, says: 'Indicators and objectives are watched.', shown: [budget, linked] },
  { line: 124, says: 'A disaster is recovered from by backups that are made by themselves.', shown: [...daily, restored] },
  { line: 125, says: 'Logs are central and dashboards show them.', shown: [...logGroups, dashboards] },
  { line: 129, says: 'There are eight stacks beside the one of the pipeline.', shown: [nine] },
  { line: 130, says: 'Each of the five functions has a circuit breaker.', shown: [...functions, ...circuits] },
  { line: 131, says: 'It runs in several zones.', shown: [gateways] },
  { line: 132, says: '99.9 % is promised, and the error budget tracked.', shown: [promised, budget, dashboards] },
  {
    line: 133,
    says: 'Backups are made by themselves and kept for 30 days.',
    shown: [
      promised,
      keeps,
      ...daily,
      restored,
      ...everywhere('Monitoring', 'AWS::CloudWatch::Alarm', { Metrics: [{ MetricStat: { Metric: { MetricName: 'BackupMade' } } }] }),
    ],
  },
  {
    line: 134,
    says: 'Endpoints of the network save costs.',
    shown: [endpoints, ...everywhere('Networking', 'AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }, 2)],
  },
  { line: 135, says: 'Sizes are those of the environment.', shown: [data, concurrency] },
  { line: 139, says: 'The circle has to be resolved.', shown: [oneWay, viaEvents, arrives] },
  { line: 140, says: 'The deployment to dev has to be tested.', shown: [inOrder] },
  { line: 141, says: 'Alerts go to real addresses.', shown: [mails] },
  {
    line: 142,
    says: 'Deployments run by themselves.',
    shown: [trusted, ...policies, { kind: 'workflow', file: '.github/workflows/deploy.yml', job: 'deploy' }],
  },
  { line: 143, says: 'Runbooks tell how to operate it.', shown: [linked] },
  ...['Networking', 'Security', 'Storage', 'Messaging', 'Compute', 'Api', 'Monitoring', 'Integrations'].map((id, index) => ({
    line: 148 + index,
    says: `A file defines the ${id.toLowerCase()} stack.`,
    shown: stack(id),
  })),
  { line: 158, says: 'What stacks give each other has an interface.', shown: [oneWay] },
  { line: 159, says: 'The app is made of the stacks.', shown: [nine] },
  {
    line: 160,
    says: 'Each environment has its configuration.',
    shown: [data, test(blueprintTest, 'one error lists every bad setting, decision and name')],
  },
  { line: 163, says: 'A script deploys by itself.', shown: [inOrder, noScript] },
  { line: 164, says: 'A script destroys safely.', shown: [application('The destroy action does that, for every system alike.')] },
  {
    line: 167,
    says: 'The backup is a function of its own.',
    shown: [...everywhere('Compute', 'AWS::Lambda::Function', { Handler: 'index.handler' }, 5), keeps],
  },
];
