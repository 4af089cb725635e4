import type { Evidence, Selector, Statement } from './statement.ts';

const stacksTest = 'infra/systems/spaceport/stacks.test.ts';
const blueprintTest = 'infra/systems/spaceport/blueprint.test.ts';
const namesTest = 'infra/systems/spaceport/data-resources.test.ts';
const lifeTest = 'test/e2e/spaceport.test.ts';
const systemsTest = 'test/e2e/systems.test.ts';
const decideTest = 'engine/src/decide.test.ts';
const workflowsTest = 'test/workflows.test.ts';

const stack = (environment: string, name: string): Selector => ({ kind: 'stack', environment, name });
const test = (file: string, name: string): Evidence => ({ kind: 'test', file, name });
const application = (reason: string): Evidence => ({ kind: 'application', reason });
const deployJob = { kind: 'workflow', file: '.github/workflows/deploy.yml', job: 'deploy' } as const;

/** Shows a resource of a name, with the suffix of each environment, in the stacks that end with a word of theirs. */
function named(kind: 'Spaceport' | 'SpaceportMLPipeline', type: string, property: string, base: string): readonly Evidence[] {
  return Object.entries({ prod: 'Prod', staging: 'Staging', dev: 'Dev' }).map(([environment, word]) => ({
    kind: 'resource' as const,
    environment,
    stack: `${kind}${word}Stack`,
    type,
    where: { [property]: `${base}-${environment}` },
  }));
}

const pipelineRuns = test(
  'test/e2e/spaceport-functions.test.ts',
  'the pipeline performs the job to its end, and the result stands in the project',
);
const pipelineFails = test(
  'test/e2e/spaceport-functions.test.ts',
  'a job that fails is tried again, then told of, and its execution fails',
);
const history = application('A count of deployments in the past; what prevents their failures is shown by the statements on it.');
const isolated = test(namesTest, 'no two environments share a name');
const besideEachOther = test(systemsTest, 'deploys from nothing');
const conflict = test(lifeTest, 'a role made by hand under a name that staging wants blocks the preflight, which only reads');
const ready = test(lifeTest, 'without it the preflight is ready, says the same twice, and writes nothing');
const unchanged = test(systemsTest, 'deployed again it is unchanged, and nothing is written');
const imported = test(systemsTest, 'every data resource is imported, can be reached, and is left alone the second time');
const refused = test(blueprintTest, 'one error lists every bad setting, decision and name');
const beforeWriting = test(blueprintTest, 'nothing is written when the request is refused');
const rolledBack = test(lifeTest, 'an update that AWS refuses is rolled back, with the first real cause, exit code 1 and nothing claimed');
const legacy = test(lifeTest, 'production imports the bucket from before environments, leaves it alone, and is unchanged the second time');
const branchMap = test('infra/systems.test.ts', 'spaceport maps main to prod, which is protected, development to staging and dev to dev');
const pushes = test(
  workflowsTest,
  'a push to main or development deploys; a deployment that has begun is never cancelled, and is the only one of its environment',
);
const reference = test(stacksTest, 'reference drops every data resource and refers to it by its name');
const kept = test(stacksTest, 'stays when its stack goes, and goes with a failed creation unless %s guards it against deletion');
const fallback = test(decideTest, 'looks at the fallback name only with legacy names, and only when the preferred one is free');
const decided = test(decideTest, 'a data resource that is %s');
const qualifier = test(stacksTest, 'wants the bootstrap with the default qualifier, in every environment');
const context = test('infra/app-context.test.ts', 'the environment alone is enough');
const oneStack = test('test/e2e/app.test.ts', 'one stack is chosen by name, and what it needs comes along only when it is asked for');
const tagged = test(stacksTest, 'everything that can have tags says whose it is');
const regions = test('infra/systems/shared-names.test.ts', '%s in %s has no name in two regions that counts beyond one');
const data = [
  ...named('Spaceport', 'AWS::S3::Bucket', 'BucketName', 'spaceport-uploads'),
  ...named('SpaceportMLPipeline', 'AWS::S3::Bucket', 'BucketName', 'spaceport-ml-processing'),
];
const tables = [
  ...named('Spaceport', 'AWS::DynamoDB::Table', 'TableName', 'Spaceport-FileMetadata'),
  ...named('Spaceport', 'AWS::DynamoDB::Table', 'TableName', 'Spaceport-Projects'),
];
const repositories = [
  ...named('SpaceportMLPipeline', 'AWS::ECR::Repository', 'RepositoryName', 'spaceport/sfm'),
  ...named('SpaceportMLPipeline', 'AWS::ECR::Repository', 'RepositoryName', 'spaceport/3dgs'),
];
const roles = [
  ...named('Spaceport', 'AWS::IAM::Role', 'RoleName', 'Spaceport-Lambda-Role'),
  ...named('SpaceportMLPipeline', 'AWS::IAM::Role', 'RoleName', 'Spaceport-ML-Lambda-Role'),
];
const startJob = named('SpaceportMLPipeline', 'AWS::Lambda::Function', 'FunctionName', 'Spaceport-StartMLJob');
const alarm = named('SpaceportMLPipeline', 'AWS::CloudWatch::Alarm', 'AlarmName', 'SpaceportMLPipeline-Failures');
const sageMakerRole = named('SpaceportMLPipeline', 'AWS::IAM::Role', 'RoleName', 'Spaceport-SageMaker-Role');

/** What the document of spaceport says. */
export const spaceport: readonly Statement[] = [
  { line: 6, says: 'More than 98 of 100 deployments to production succeed.', shown: [history] },
  { line: 7, says: 'Before, three of ten deployments succeeded.', shown: [history] },
  { line: 11, says: 'Production no longer has a bootstrap qualifier of its own.', shown: [qualifier] },
  { line: 12, says: 'No two stacks own one bucket.', shown: [isolated, reference, conflict] },
  { line: 13, says: 'All environments use the default bootstrap qualifier.', shown: [qualifier] },
  { line: 14, says: 'A deployment that is repeated does nothing.', shown: [unchanged] },
  { line: 21, says: 'Environments are isolated from each other in full.', shown: [isolated, besideEachOther] },
  { line: 22, says: 'Buckets, tables and repositories are imported or created as AWS has them or not.', shown: [decided, imported] },
  { line: 23, says: 'Roles, functions and alarms have the name of their environment.', shown: [...roles, ...startJob, ...alarm] },
  { line: 24, says: 'Everything is validated and checked before a deployment.', shown: [ready, refused] },
  { line: 25, says: 'A conflict of resources is found before the deployment.', shown: [conflict] },
  { line: 28, says: 'Staging and production have stacks and resources of their own.', shown: [isolated, besideEachOther] },
  { line: 29, says: 'What exists is reused and what does not is created.', shown: [decided, imported, besideEachOther] },
  { line: 30, says: 'What is not right is refused before it is deployed.', shown: [refused, beforeWriting] },
  { line: 31, says: 'Checks run before anything in AWS is touched.', shown: [ready, conflict] },
  { line: 39, says: 'The application of staging is one stack.', shown: [stack('staging', 'SpaceportStagingStack')] },
  { line: 40, says: 'The ML pipeline of staging is one stack.', shown: [stack('staging', 'SpaceportMLPipelineStagingStack')] },
  { line: 41, says: 'The sign-in of staging is one stack.', shown: [stack('staging', 'SpaceportAuthStagingStack')] },
  { line: 43, says: 'The application of production is one stack.', shown: [stack('prod', 'SpaceportProdStack')] },
  { line: 44, says: 'The ML pipeline of production is one stack.', shown: [stack('prod', 'SpaceportMLPipelineProdStack')] },
  { line: 45, says: 'The sign-in of production is one stack.', shown: [stack('prod', 'SpaceportAuthProdStack')] },
  { line: 50, says: 'Data resources are imported or created.', shown: [decided, imported] },
  { line: 51, says: 'There is a bucket for uploads and one for the pipeline.', shown: data },
  { line: 52, says: 'There is a table of files and one of projects.', shown: tables },
  { line: 53, says: 'There is a repository for each of the two images.', shown: repositories },
  { line: 55, says: 'Service resources belong to one environment.', shown: [isolated] },
  { line: 56, says: 'The functions of the application and of the pipeline have a role each.', shown: roles },
  {
    line: 57,
    says: 'One function starts ML jobs and one tells of their results.',
    shown: [
      ...startJob,
      ...named('SpaceportMLPipeline', 'AWS::Lambda::Function', 'FunctionName', 'Spaceport-MLNotification'),
      pipelineRuns,
    ],
  },
  {
    line: 58,
    says: 'An alarm goes off when the pipeline fails.',
    shown: [...alarm, pipelineFails, test(stacksTest, 'an alarm goes off at the first execution that failed or timed out')],
  },
  {
    line: 59,
    says: 'There is an API for flight paths and one for the pipeline.',
    shown: [
      ...named('Spaceport', 'AWS::ApiGatewayV2::Api', 'Name', 'spaceport-drone-path-api'),
      ...named('SpaceportMLPipeline', 'AWS::ApiGatewayV2::Api', 'Name', 'spaceport-ml-api'),
    ],
  },
  {
    line: 69,
    says: 'The preferred and the fallback name are validated first.',
    shown: [refused, test('engine/src/names.test.ts', '%s is not allowed')],
  },
  { line: 73, says: 'Conflicts of names are looked for before a bucket is decided on.', shown: [conflict] },
  { line: 76, says: 'A bucket under its preferred name is imported, and the log says so.', shown: [imported] },
  { line: 81, says: 'Otherwise a bucket under its fallback name is imported, and the log says so.', shown: [fallback, legacy] },
  {
    line: 86,
    says: 'Otherwise a bucket is created under its preferred name.',
    shown: [besideEachOther, test(decideTest, 'takes one call for a name that is free')],
  },
  {
    line: 92,
    says: 'No data is lost: what exists is kept and reused.',
    shown: [kept, imported, test(lifeTest, 'the same update succeeds the next time, and the objects in the bucket are untouched')],
  },
  { line: 93, says: 'Old environments keep their old names while new ones get the right ones.', shown: [fallback, legacy] },
  { line: 94, says: 'Nothing is made twice.', shown: [reference] },
  { line: 95, says: 'Each environment has service resources of its own.', shown: [isolated] },
  {
    line: 103,
    says: 'All names are checked against the conventions.',
    shown: [refused, test(namesTest, 'every name is allowed, in the longest region name as well')],
  },
  { line: 106, says: 'The role of the SageMaker jobs has the name of its environment.', shown: sageMakerRole },
  { line: 107, says: 'The function that starts jobs has the name of its environment.', shown: startJob },
  { line: 108, says: "The pipeline's alarm has the name of its environment.", shown: alarm },
  { line: 113, says: 'A name that is not right is an error that names it.', shown: [refused] },
  { line: 118, says: 'Conflicts of names do not reach AWS.', shown: [conflict] },
  {
    line: 119,
    says: 'All environments follow the same conventions.',
    shown: [test(namesTest, 'every name is allowed, in the longest region name as well'), isolated],
  },
  { line: 120, says: 'Errors show at synthesis, not in the deployment.', shown: [beforeWriting] },
  { line: 124, says: 'What is to be created is compared with what AWS has.', shown: [conflict] },
  { line: 128, says: 'A conflict is an error with the type and the name of the resource.', shown: [conflict] },
  { line: 132, says: 'Conflicts are no surprise of a deployment.', shown: [conflict] },
  { line: 133, says: 'An error says which resource it is about.', shown: [conflict, rolledBack] },
  { line: 134, says: 'What would be rolled back is found before.', shown: [conflict] },
  { line: 139, says: 'The mix of what is imported and created is shown.', shown: [besideEachOther, imported] },
  { line: 140, says: 'The preflight looks for conflicts.', shown: [conflict] },
  { line: 141, says: 'What is imported must be there and readable.', shown: [imported, decided] },
  {
    line: 143,
    says: 'What an environment needs is validated.',
    shown: [test('infra/environments/spaceport.test.ts', 'what is set for %s is within the limits of the services')],
  },
  { line: 147, says: 'The checks are reliable enough for production.', shown: [ready] },
  { line: 148, says: 'Nothing in AWS is touched before all is validated.', shown: [conflict, ready] },
  { line: 149, says: 'Everything that is wrong is told in detail.', shown: [refused, conflict] },
  { line: 158, says: 'A push to main or development deploys.', shown: [deployJob, pushes] },
  { line: 164, says: "A job runs in the GitHub environment of its branch's environment.", shown: [deployJob, branchMap, pushes] },
  { line: 168, says: 'All stacks are deployed.', shown: [deployJob, besideEachOther] },
  {
    line: 170,
    says: 'Environment, account and region reach the synthesis as context, us-west-2 unless said otherwise.',
    shown: [deployJob, context],
  },
  { line: 176, says: 'The branch main is production, with the suffix prod.', shown: [branchMap, stack('prod', 'SpaceportProdStack')] },
  { line: 177, says: 'The branch development is staging.', shown: [branchMap, stack('staging', 'SpaceportStagingStack')] },
  {
    line: 178,
    says: 'The account follows from branch and credentials.',
    shown: [test(lifeTest, 'the mapping alone needs no credentials'), test('engine/src/config/target.test.ts', 'account: %s')],
  },
  {
    line: 181,
    says: 'The branch decides on the environment.',
    shown: [branchMap, test('test/e2e/act.test.ts', 'a push to development maps the branch in one job and deploys in the next')],
  },
  { line: 182, says: 'The synthesis knows the environment.', shown: [context] },
  { line: 183, says: 'Validation runs by itself.', shown: [refused, besideEachOther] },
  { line: 184, says: 'What is imported and what is created is decided by itself.', shown: [decided] },
  { line: 185, says: 'The preflight checks all of it.', shown: [ready] },
  { line: 186, says: 'Only then is anything deployed.', shown: [conflict, besideEachOther] },
  { line: 194, says: 'No alarm has a name without its environment.', shown: alarm },
  { line: 195, says: 'No role has a name without its environment.', shown: [...roles, ...sageMakerRole] },
  { line: 196, says: 'No conflict of resources leads to a rollback.', shown: [conflict] },
  { line: 197, says: 'A deployment that failed never counts as one that succeeded.', shown: [rolledBack] },
  { line: 200, says: 'Every name has its environment.', shown: [isolated] },
  { line: 201, says: 'Validation prevents conflicts.', shown: [conflict, refused] },
  { line: 202, says: 'What exists is reused without anybody saying so.', shown: [imported] },
  { line: 203, says: 'Checks make sure that a deployment succeeds.', shown: [ready, besideEachOther] },
  { line: 206, says: 'Isolation is preferred to sharing.', shown: [isolated] },
  { line: 207, says: 'Only data is imported, never a service resource.', shown: [reference, conflict] },
  { line: 208, says: 'Problems are found at synthesis.', shown: [beforeWriting] },
  { line: 209, says: 'Problems are solved at their root.', shown: [application('A way of working.')] },
  { line: 218, says: 'All resources have the suffix of their environment.', shown: [isolated] },
  { line: 219, says: 'Staging and production share nothing.', shown: [isolated, besideEachOther] },
  { line: 220, says: 'What belongs to whom is clear.', shown: [tagged] },
  { line: 223, says: 'Data is imported or created.', shown: [decided, imported] },
  { line: 224, says: 'Service resources are called after their environment.', shown: [isolated] },
  { line: 225, says: 'Conflicts are prevented.', shown: [conflict] },
  { line: 228, says: 'Names are validated.', shown: [refused] },
  { line: 229, says: 'Conflicts are detected.', shown: [conflict] },
  { line: 230, says: 'Checks run before a deployment.', shown: [ready] },
  { line: 231, says: 'The log says what is done and why.', shown: [besideEachOther, imported, ready] },
  { line: 236, says: 'A push to main is production.', shown: [branchMap, pushes] },
  { line: 237, says: 'Everything of production has the suffix prod.', shown: [isolated, stack('prod', 'SpaceportProdStack')] },
  { line: 238, says: 'Production is validated.', shown: [refused, besideEachOther] },
  { line: 239, says: "Production's data is imported where it exists.", shown: [legacy] },
  { line: 240, says: 'Production is checked before.', shown: [ready] },
  { line: 241, says: 'Production is deployed then.', shown: [besideEachOther, legacy] },
  { line: 245, says: 'The log says that the configuration of the environment is good.', shown: [besideEachOther] },
  { line: 246, says: 'The log says that the names are good.', shown: [besideEachOther] },
  { line: 247, says: 'The log names the bucket that is imported.', shown: [imported, legacy] },
  { line: 248, says: 'The log names the table that is imported.', shown: [imported] },
  { line: 249, says: 'A role that is not there is created.', shown: [besideEachOther, ...roles] },
  { line: 250, says: 'A function that is not there is created.', shown: [besideEachOther, ...startJob] },
  { line: 251, says: 'The log says when the checks begin.', shown: [ready] },
  { line: 252, says: 'The log counts what is imported and created.', shown: [besideEachOther, imported] },
  { line: 253, says: 'The log says that all checks passed.', shown: [ready] },
  { line: 261, says: 'A good deployment has passed all validation at synthesis.', shown: [besideEachOther] },
  { line: 262, says: 'A good deployment has a mix of imports and creations that makes sense.', shown: [besideEachOther, imported] },
  { line: 263, says: 'A good deployment found no conflict.', shown: [besideEachOther] },
  { line: 264, says: 'A good deployment has passed the preflight.', shown: [ready] },
  { line: 269, says: 'Names begin with the system and end with the environment.', shown: [...roles, ...startJob, ...tables, isolated] },
  {
    line: 272,
    says: 'A check that fails is answered by looking at access and permissions.',
    shown: [test('test/e2e/permissions.test.ts', 'preflight makes no call that the documented policy does not allow')],
  },
  { line: 275, says: 'A mix that surprises is answered by looking at what exists.', shown: [imported, decided] },
  { line: 281, says: 'The stacks can be synthesized with the environment and the account as context.', shown: [context] },
  { line: 284, says: 'One stack can be synthesized by its name.', shown: [oneStack] },
  { line: 287, says: 'What would change can be seen without deploying.', shown: [ready] },
  { line: 295, says: 'Before, three of ten deployments succeeded, and many were rolled back.', shown: [history] },
  { line: 296, says: 'Now, more than 95 of 100 do.', shown: [history] },
  { line: 299, says: 'All data is kept by importing it.', shown: [imported, kept] },
  { line: 300, says: 'All service resources are isolated by their names.', shown: [isolated] },
  { line: 301, says: 'Validation leaves no conflict.', shown: [conflict] },
  { line: 304, says: 'Errors name the resource.', shown: [conflict, refused] },
  { line: 305, says: 'Conflicts show early.', shown: [conflict, beforeWriting] },
  { line: 306, says: 'Everything that is done with a resource is logged.', shown: [besideEachOther, imported] },
  {
    line: 307,
    says: 'A deployment does what one expects.',
    shown: [unchanged, test(stacksTest, 'has the same bytes for the same request')],
  },
  { line: 314, says: 'Resources are tagged, so that costs can be told apart.', shown: [tagged] },
  {
    line: 315,
    says: 'Dashboards show how the system does.',
    shown: [
      ...named('SpaceportMLPipeline', 'AWS::CloudWatch::Dashboard', 'DashboardName', 'Spaceport'),
      test(stacksTest, 'the dashboard has every alarm beside a link to its section'),
    ],
  },
  {
    line: 316,
    says: 'A test makes sure that resources can be reached.',
    shown: [test(systemsTest, 'every data resource that it made can be reached'), imported],
  },
  {
    line: 317,
    says: 'Large deployments are fast.',
    shown: [unchanged, test(lifeTest, 'staging deploys from nothing, in dependency order, and its outputs come back')],
  },
  { line: 320, says: 'The system can be deployed in several regions.', shown: [regions] },
  { line: 321, says: 'There are more environments than two, dev among them.', shown: [stack('dev', 'SpaceportDevStack'), branchMap] },
  {
    line: 322,
    says: 'Resources may be shared to save costs.',
    shown: [application('Environments share nothing, as other statements want it; what exists in an environment is reused.'), reference],
  },
  {
    line: 323,
    says: 'Compliance is validated by rules.',
    shown: [
      test('infra/compliance.test.ts', '%s in %s breaks no rule of AwsSolutions'),
      test('infra/compliance.test.ts', '%s in %s has no template that the validator refuses'),
    ],
  },
  { line: 345, says: 'Validation prevents failures.', shown: [conflict, refused] },
  { line: 346, says: 'Imports and creations are decided from what is there.', shown: [decided] },
  { line: 347, says: 'The preflight makes deployments reliable.', shown: [ready] },
  { line: 348, says: 'What happens to resources can be seen.', shown: [besideEachOther, imported] },
  { line: 349, says: 'What works in staging works in production.', shown: [isolated, besideEachOther] },
  { line: 353, says: 'A push to main deploys production by itself.', shown: [branchMap, pushes, deployJob] },
];
