import type { Evidence, Selector, Statement } from './statement.ts';

const baseTest = 'infra/systems/flux-pilot/base-stack.test.ts';
const appTest = 'infra/systems/flux-pilot/app-stack.test.ts';
const blueprintTest = 'infra/systems/flux-pilot/blueprint.test.ts';
const gapTest = 'infra/systems/flux-pilot/profile-gap.test.ts';
const dataTest = 'infra/environments/flux-pilot.test.ts';
const lifeTest = 'test/e2e/flux-pilot.test.ts';
const promoteTest = 'test/e2e/promote.test.ts';
const gatesTest = 'actions/promote/src/gates/gates.test.ts';
const workflowsTest = 'test/workflows.test.ts';

const base = 'flux-systems-pilot-base';
const app = 'flux-systems-pilot-app';

const test = (file: string, name: string): Evidence => ({ kind: 'test', file, name });
const application = (reason: string): Evidence => ({ kind: 'application', reason });
const stack = (name: string): Selector => ({ kind: 'stack', environment: 'pilot', name });
const exported = (name: string): Selector => ({ kind: 'export', environment: 'pilot', name });
const resource = (name: string, type: string, where: Readonly<Record<string, unknown>> = {}): Selector => ({
  kind: 'resource',
  environment: 'pilot',
  stack: name,
  type,
  where,
});
const guarded = (name: string, type: string, where: Readonly<Record<string, unknown>> = {}): Selector => ({
  ...resource(`flux-systems-staging-${name}`, type, where),
  environment: 'staging',
});
const database = (where: Readonly<Record<string, unknown>> = {}): Selector => resource(base, 'AWS::RDS::DBInstance', where);
const users = (where: Readonly<Record<string, unknown>> = {}): Selector => resource(base, 'AWS::Cognito::UserPool', where);
const passwordRule = (rule: Readonly<Record<string, unknown>>): Selector => users({ Policies: { PasswordPolicy: rule } });
const promoteJob = { kind: 'workflow', file: '.github/workflows/promote.yml', job: 'promote' } as const;
const deployJob = { kind: 'workflow', file: '.github/workflows/deploy.yml', job: 'deploy' } as const;

const fromNothing = test(lifeTest, 'everything is deployed from nothing, and the base exports what the application imports');
const again = test(lifeTest, 'deployed again it is unchanged, and nothing is written');
const untouched = test(lifeTest, 'a promoted set runs as soon as a deployment names it, and the base is not touched');
const sameBase = test(appTest, 'the template of the base is the same whatever the application is');
const byName = test(appTest, 'are joined by the names of exports alone');
const noReference = test(baseTest, 'in the default VPC refers to no subnet and no security group');
const small = test(baseTest, 'of the pilot is the smallest ARM instance with PostgreSQL 15.13, in one zone of the default VPC, and public');
const opened = test(baseTest, 'is opened to addresses in the default security group only when the settings say so');
const mfaText = test(baseTest, 'of the pilot have no second factor, said as a text, and simple passwords');
const brand = test(baseTest, 'carry the brand, and stay when the stack goes');
const snapshot = test(baseTest, 'begins as a snapshot when the settings name one, with the database and user that it brings');
const noPassword = test(baseTest, 'has a password that only RDS and Secrets Manager know');
const origins = test(appTest, 'lets pages of the three origins call');
const defaultOrigins = test(blueprintTest, 'pages of three origins may call unless the settings say otherwise');
const size = test(dataTest, 'every environment has the size of a pilot: the smallest ARM instance, 20 GB, one zone');
const gaps = test(gapTest, 'all requirements of production are open in the pilot');
const asked = test(workflowsTest, 'a promotion asks for target, reason and confirmation, however it is started');
const promoted = test(promoteTest, 'the next run copies what is missing, and its manifest makes the set current');
const refusedPromotion = test(promoteTest, 'a refused attempt leaves its record and nothing else');
const types = application(
  "The type of a property is the CDK's; preflight validates every template with CloudFormation's own rules before anything is written.",
);
const operator = application('A command for the operator of two accounts; the runbook docs/runbook/flux-pilot.md has it.');
const cost = application('A comparison of prices; that the cheaper one is taken is shown by the statement on it.');

/** What the document of flux-pilot says, and what shows it. */
export const fluxPilot: readonly Statement[] = [
  { line: 12, says: 'Database and users outlive deployments of functions.', shown: [stack(base), sameBase, untouched] },
  { line: 13, says: 'The stack that stays has a name of its own.', shown: [stack(base)] },
  {
    line: 14,
    says: 'It holds a PostgreSQL on ARM and a user pool.',
    shown: [database({ Engine: 'postgres', DBInstanceClass: 'db.t4g.micro' }), users()],
  },
  { line: 15, says: 'It is deployed once and then stays as it is.', shown: [again, untouched] },
  {
    line: 18,
    says: 'The other stack holds an API and functions.',
    shown: [stack(app), resource(app, 'AWS::ApiGateway::RestApi'), resource(app, 'AWS::Lambda::Function')],
  },
  { line: 19, says: 'It refers to exports of the first.', shown: [byName] },
  { line: 20, says: 'It is deployed often and does not touch the database.', shown: [untouched, sameBase] },
  { line: 24, says: 'The pilot uses the default VPC.', shown: [noReference] },
  { line: 28, says: 'The database is one instance of RDS.', shown: [database()] },
  { line: 30, says: 'The database is public.', shown: [database({ PubliclyAccessible: true })] },
  { line: 31, says: 'No security group is named, so the default one holds.', shown: [noReference] },
  { line: 35, says: 'There is no VPC to manage.', shown: [noReference] },
  { line: 36, says: 'There is no subnet group.', shown: [noReference] },
  { line: 37, says: 'There is no NAT gateway to pay for.', shown: [noReference, test(baseTest, 'has no way to or from the internet')] },
  { line: 38, says: 'Developers reach the database directly.', shown: [database({ PubliclyAccessible: true }), opened] },
  { line: 41, says: 'Any address may be let in to the database.', shown: [database({ PubliclyAccessible: true }), opened] },
  { line: 42, says: 'The pilot is not isolated in a VPC.', shown: [noReference] },
  { line: 43, says: 'The default security group is used.', shown: [noReference, opened] },
  { line: 50, says: 'There is no second factor, and OFF is a text.', shown: [users({ MfaConfiguration: 'OFF' }), mfaText] },
  { line: 53, says: 'Passwords have at least 8 characters.', shown: [passwordRule({ MinimumLength: 8 })] },
  { line: 54, says: 'Passwords need no capital.', shown: [passwordRule({ RequireUppercase: false })] },
  { line: 55, says: 'Passwords need a digit.', shown: [passwordRule({ RequireNumbers: true })] },
  { line: 56, says: 'Passwords need no symbol.', shown: [passwordRule({ RequireSymbols: false })] },
  { line: 60, says: 'Users begin quickly.', shown: [mfaText] },
  { line: 61, says: 'Nobody sets up a second factor.', shown: [users({ MfaConfiguration: 'OFF' })] },
  { line: 62, says: 'The rules for passwords are simple.', shown: [mfaText] },
  { line: 69, says: 'The instance is db.t4g.micro.', shown: [database({ DBInstanceClass: 'db.t4g.micro' })] },
  { line: 70, says: 'The engine is PostgreSQL.', shown: [database({ Engine: 'postgres' })] },
  { line: 71, says: 'The version is 15.13.', shown: [database({ EngineVersion: '15.13' })] },
  { line: 72, says: 'The storage is gp3.', shown: [database({ StorageType: 'gp3' })] },
  { line: 76, says: 'ARM costs about 30 % less than x86.', shown: [cost, small] },
  {
    line: 77,
    says: 'The features of that PostgreSQL are there.',
    shown: [database({ EngineVersion: '15.13', AutoMinorVersionUpgrade: false })],
  },
  { line: 78, says: 'gp3 gives more for its price.', shown: [cost, database({ StorageType: 'gp3' })] },
  { line: 86, says: 'A snapshot of one account is shared with another.', shown: [operator, snapshot] },
  { line: 92, says: 'The other account sees it only with the flag that includes shared ones.', shown: [operator, snapshot] },
  {
    line: 98,
    says: 'Each account has credentials of its own.',
    shown: [
      application('Whom the operator signs in as; an action compares account and region with the environment before its first other call.'),
    ],
  },
  {
    line: 100,
    says: 'Which account one speaks to is verified.',
    shown: [test('actions/promote/src/run.test.ts', 'where the account is another'), operator],
  },
  { line: 108, says: 'A bare OFF is refused as a boolean.', shown: [mfaText, types] },
  { line: 111, says: 'OFF as a text is taken.', shown: [users({ MfaConfiguration: 'OFF' }), mfaText] },
  { line: 117, says: 'Nothing refers to a security group that is not there.', shown: [noReference, types] },
  { line: 121, says: 'The property is left out and the database is public.', shown: [noReference, database({ PubliclyAccessible: true })] },
  { line: 127, says: 'Another flag does not show snapshots of other accounts.', shown: [operator] },
  { line: 130, says: 'The right flag shows them.', shown: [operator] },
  { line: 138, says: 'The database has the name of the brand.', shown: [database({ DBName: 'fluxsystems' })] },
  {
    line: 139,
    says: 'The instance has the name of environment and brand.',
    shown: [database({ DBInstanceIdentifier: 'pilot-flux-systems-pilot-db' })],
  },
  { line: 142, says: 'The user pool has the name of the brand.', shown: [users({ UserPoolName: 'Flux-Systems-Pilot-UserPool' })] },
  {
    line: 144,
    says: 'The user pool is tagged with the service.',
    shown: [users({ UserPoolTags: { Service: 'Flux-Systems-Pilot' } }), brand],
  },
  { line: 147, says: 'Pages of two brands may call.', shown: [origins, defaultOrigins] },
  { line: 148, says: "Pages of a developer's machine may call.", shown: [origins, defaultOrigins] },
  { line: 149, says: 'Pages of the name from before may call.', shown: [origins, defaultOrigins] },
  { line: 150, says: 'Pages of the new brand may call.', shown: [origins, defaultOrigins] },
  { line: 157, says: 'The base is deployed once.', shown: [fromNothing, again] },
  { line: 159, says: 'The stack is created under its name.', shown: [stack(base), fromNothing] },
  {
    line: 160,
    says: 'It comes from one template.',
    shown: [stack(base), application('The template is made from infra/systems/flux-pilot, so no file of it is kept.')],
  },
  {
    line: 161,
    says: 'The environment is named, and stands in names and exports.',
    shown: [exported('pilot-DB-Endpoint'), test(blueprintTest, 'another environment has its own name in each of them')],
  },
  {
    line: 162,
    says: 'The password is given at deployment; here nobody has to know it.',
    shown: [noPassword, database({ ManageMasterUserPassword: true })],
  },
  { line: 163, says: 'The capability to make roles is acknowledged.', shown: [fromNothing] },
  { line: 166, says: 'The state of the stack is read afterwards.', shown: [fromNothing, deployJob] },
  { line: 170, says: 'A workflow promotes, so that the sandbox stays stable.', shown: [promoteJob, asked] },
  { line: 173, says: 'A person starts it and has to confirm.', shown: [asked, refusedPromotion] },
  {
    line: 174,
    says: 'A release promotes by itself.',
    shown: [
      promoteJob,
      application(
        "The trigger is the consumer's: its workflow on a published release calls the reusable promotion with the release's name as the reason.",
      ),
    ],
  },
  {
    line: 175,
    says: 'Target, reason and confirmation are required.',
    shown: [asked, test('actions/promote/src/run.test.ts', 'target, reason and confirmation have to be given')],
  },
  {
    line: 178,
    says: 'A broken build of dev does not get to the sandbox by itself.',
    shown: [asked, test(lifeTest, 'a deployment that names no set keeps the one that runs')],
  },
  { line: 179, says: 'A promotion needs an approval by hand.', shown: [asked, refusedPromotion] },
  {
    line: 180,
    says: 'Reason and confirmation are recorded.',
    shown: [refusedPromotion, promoted, test(appTest, 'is private, versioned, locked and kept, and nobody deletes a record')],
  },
  {
    line: 181,
    says: 'Sandbox and staging are targets.',
    shown: [promoteJob, test(dataTest, 'the environments are those that artifacts pass, and the pilot itself, which alone is protected')],
  },
  { line: 184, says: 'The workflow is started on GitHub.', shown: [promoteJob] },
  { line: 185, says: 'The target is chosen.', shown: [asked] },
  { line: 186, says: 'The reason is given.', shown: [asked] },
  { line: 187, says: 'The promotion is confirmed.', shown: [asked, test(gatesTest, 'another environment does not')] },
  {
    line: 188,
    says: 'It takes all ZIPs, about two hundred.',
    shown: [promoted, test('actions/promote/src/in-parallel.test.ts', 'no more than the limit run together, and as many as it allows')],
  },
  {
    line: 193,
    says: 'A script can do the same.',
    shown: [application('The promote action takes its place: the same copies, with checksums and a record.'), promoteJob],
  },
  {
    line: 198,
    says: 'The application is deployed after the base.',
    shown: [fromNothing, test(appTest, 'are deployed in order, and nothing is looked up')],
  },
  { line: 199, says: 'It is deployed into the account of the sandbox.', shown: [fromNothing, deployJob] },
  { line: 200, says: "It takes the database's address from the export.", shown: [exported('pilot-DB-Endpoint'), byName] },
  { line: 201, says: 'It takes the user pool from the export.', shown: [exported('pilot-UserPool-ID'), byName] },
  { line: 207, says: 'A public database is fine for the pilot.', shown: [database({ PubliclyAccessible: true }), gaps] },
  { line: 208, says: 'No second factor is fine for the pilot.', shown: [users({ MfaConfiguration: 'OFF' }), gaps] },
  { line: 209, says: 'The default VPC is fine for the pilot.', shown: [noReference, gaps] },
  { line: 210, says: 'Simple passwords are fine for the pilot.', shown: [passwordRule({ MinimumLength: 8 }), gaps] },
  {
    line: 211,
    says: 'A password in a parameter was accepted; here Secrets Manager keeps it in every profile.',
    shown: [noPassword, database({ ManageMasterUserPassword: true })],
  },
  {
    line: 214,
    says: 'Production has a VPC of its own with private subnets.',
    shown: [
      guarded('base', 'AWS::EC2::VPC'),
      guarded('base', 'AWS::RDS::DBInstance', { PubliclyAccessible: false }),
      test(baseTest, 'has no way to or from the internet'),
      gaps,
    ],
  },
  {
    line: 215,
    says: 'Production requires a second factor.',
    shown: [guarded('base', 'AWS::Cognito::UserPool', { MfaConfiguration: 'ON' }), gaps],
  },
  {
    line: 216,
    says: 'Production requires full passwords.',
    shown: [
      guarded('base', 'AWS::Cognito::UserPool', {
        Policies: { PasswordPolicy: { RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true } },
      }),
      gaps,
    ],
  },
  {
    line: 217,
    says: 'Production keeps secrets in Secrets Manager and rotates them.',
    shown: [
      guarded('base', 'AWS::RDS::DBInstance', { ManageMasterUserPassword: true }),
      guarded('base', 'AWS::SecretsManager::RotationSchedule'),
      gaps,
    ],
  },
  {
    line: 218,
    says: 'Production has a firewall and security groups.',
    shown: [
      guarded('app', 'AWS::WAFv2::WebACL'),
      guarded('app', 'AWS::WAFv2::WebACLAssociation'),
      guarded('base', 'AWS::EC2::SecurityGroup'),
      test(baseTest, 'lets functions reach the database and Secrets Manager, and nothing else'),
      gaps,
    ],
  },
  { line: 223, says: 'db.t4g.micro is cheaper than its x86 sister.', shown: [cost, database({ DBInstanceClass: 'db.t4g.micro' })] },
  { line: 224, says: 'gp3 is better than gp2 for its price.', shown: [cost, database({ StorageType: 'gp3' })] },
  { line: 225, says: 'PostgreSQL 15.13 is faster than what was before.', shown: [database({ EngineVersion: '15.13' })] },
  { line: 228, says: 'There is one zone.', shown: [database({ MultiAZ: false }), size] },
  { line: 229, says: 'There are 20 GB.', shown: [database({ AllocatedStorage: '20' }), size] },
  { line: 230, says: 'The instance is a micro one.', shown: [size] },
  { line: 235, says: 'Some properties want a text where a boolean seems right.', shown: [mfaText, types] },
  { line: 236, says: 'What is made simpler may leave references to nothing.', shown: [noReference] },
  { line: 237, says: 'Shared resources are seen with the right flag only.', shown: [operator] },
  { line: 238, says: 'Templates are validated before a deployment.', shown: [fromNothing, types] },
  { line: 241, says: 'Templates are validated.', shown: [fromNothing, types] },
  { line: 242, says: 'Types of properties are looked up.', shown: [types] },
  { line: 243, says: 'What belongs to a VPC goes with it.', shown: [noReference] },
  { line: 244, says: 'Sharing between accounts is tested.', shown: [untouched, operator] },
  {
    line: 248,
    says: 'The base exports what the application needs.',
    shown: [fromNothing, test(baseTest, 'of the pilot have the names that applications import, and one of where the password is')],
  },
  { line: 251, says: "The database's address is exported.", shown: [exported('pilot-DB-Endpoint')] },
  { line: 252, says: "The database's port is exported.", shown: [exported('pilot-DB-Port')] },
  { line: 253, says: "The database's name is exported.", shown: [exported('pilot-DB-Name')] },
  { line: 254, says: "The user pool's id is exported.", shown: [exported('pilot-UserPool-ID')] },
  { line: 255, says: "The client's id is exported.", shown: [exported('pilot-UserPoolClient-ID')] },
  { line: 256, says: "The user pool's ARN is exported.", shown: [exported('pilot-UserPool-ARN')] },
  { line: 257, says: 'The domain of the sign-in page is exported.', shown: [exported('pilot-UserPoolDomain')] },
  { line: 263, says: 'PostgreSQL went from 13.20 to 15.13.', shown: [database({ EngineVersion: '15.13' }), snapshot] },
  { line: 264, says: 'The database moved to ARM.', shown: [database({ DBInstanceClass: 'db.t4g.micro' })] },
  { line: 265, says: 'Snapshots were shared between accounts.', shown: [snapshot, operator] },
  { line: 266, says: 'The brand is in place.', shown: [database({ DBName: 'fluxsystems' }), brand, defaultOrigins] },
  { line: 267, says: 'It costs less.', shown: [cost, size] },
  { line: 270, says: 'What stays and what changes are two stacks.', shown: [stack(base), stack(app), sameBase, untouched] },
  { line: 271, says: 'The guard of the pilot is simple.', shown: [gaps] },
  { line: 272, says: 'Deployments reach more than one account.', shown: [untouched] },
  { line: 273, says: 'Solutions of frequent problems are written down.', shown: [operator] },
  {
    line: 275,
    says: 'The way to production is clear.',
    shown: [gaps, test(gapTest, 'the runbook has the table of today (infra/systems/flux-pilot/profile-gap-document.ts writes it)')],
  },
];
