import { synthesizeSample, type SampleTemplate } from '../sample.ts';
import { fluxPilot } from './system.ts';

type Properties = Readonly<Record<string, unknown>>;

const ofType = (template: SampleTemplate | undefined, type: string): readonly Properties[] =>
  Object.values(template?.Resources ?? {}).flatMap((resource) => (resource.Type === type ? [resource.Properties ?? {}] : []));

const pilot = await synthesizeSample(fluxPilot, 'pilot');
const staging = await synthesizeSample(fluxPilot, 'staging');
const base = pilot.templates['flux-systems-pilot-base'];
const guarded = staging.templates['flux-systems-staging-base'];

const exportsOf = (template: SampleTemplate | undefined): readonly string[] =>
  Object.values(template?.Outputs ?? {}).map((output) => (output as { Export: { Name: string } }).Export.Name);

describe('the database', () => {
  test('of the pilot is the smallest ARM instance with PostgreSQL 15.13, in one zone of the default VPC, and public', () => {
    expect(ofType(base, 'AWS::RDS::DBInstance')).toEqual([
      expect.objectContaining({
        DBInstanceIdentifier: 'pilot-flux-systems-pilot-db',
        DBInstanceClass: 'db.t4g.micro',
        Engine: 'postgres',
        EngineVersion: '15.13',
        AllocatedStorage: '20',
        StorageType: 'gp3',
        DBName: 'fluxsystems',
        MultiAZ: false,
        PubliclyAccessible: true,
      }),
    ]);
  });

  test('in the default VPC refers to no subnet and no security group', () => {
    const [database = {}] = ofType(base, 'AWS::RDS::DBInstance');
    expect(Object.keys(database).filter((key) => /Subnet|SecurityGroup/.test(key))).toEqual([]);
    expect(Object.values(base?.Resources ?? {}).filter(({ Type }) => Type.startsWith('AWS::EC2::'))).toEqual([]);
  });

  test.each([
    ['pilot', base, true],
    ['staging', guarded, false],
  ] as const)('of %s is encrypted, backed up, kept, and protected as its environment is', (_, template, isProtected) => {
    expect(ofType(template, 'AWS::RDS::DBInstance')).toEqual([
      expect.objectContaining({ StorageEncrypted: true, CopyTagsToSnapshot: true, DeletionProtection: isProtected }),
    ]);
    expect(Number(ofType(template, 'AWS::RDS::DBInstance')[0]?.['BackupRetentionPeriod'])).toBeGreaterThanOrEqual(7);
    expect(template?.Resources?.['Database']).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('has a password that only RDS and Secrets Manager know', () => {
    for (const { templates } of [pilot, staging])
      for (const template of Object.values(templates)) {
        expect(JSON.stringify(template)).not.toMatch(/MasterUserPassword"?:(?!true)|resolve:secretsmanager|SecretString/);
        const parameters = (template as { Parameters?: Record<string, unknown> }).Parameters ?? {};
        expect(Object.keys(parameters).filter((name) => /password/i.test(name))).toEqual([]);
      }
    expect(ofType(base, 'AWS::RDS::DBInstance')[0]).toMatchObject({ ManageMasterUserPassword: true });
  });

  test('begins as a snapshot when the settings name one, with the database and user that it brings', async () => {
    const databaseSnapshot = 'arn:aws:rds:us-west-2:222222222222:snapshot:happy2-arm64';
    const { templates } = await synthesizeSample(fluxPilot, 'sandbox', { settings: { databaseSnapshot } });
    const [database = {}] = ofType(templates['flux-systems-sandbox-base'], 'AWS::RDS::DBInstance');
    expect(database).toMatchObject({ DBSnapshotIdentifier: databaseSnapshot });
    expect(Object.keys(database)).not.toEqual(expect.arrayContaining(['DBName']));
    expect(Object.keys(database).filter((key) => ['MasterUsername', 'StorageEncrypted', 'DBName'].includes(key))).toEqual([]);
  });

  test('is opened to addresses in the default security group only when the settings say so', async () => {
    const openDatabase = { securityGroupId: 'sg-0123456789abcdef0', cidrs: ['0.0.0.0/0'] };
    const { templates } = await synthesizeSample(fluxPilot, 'pilot', { settings: { openDatabase } });
    expect(ofType(templates['flux-systems-pilot-base'], 'AWS::EC2::SecurityGroupIngress')).toEqual([
      {
        GroupId: 'sg-0123456789abcdef0',
        CidrIp: '0.0.0.0/0',
        IpProtocol: 'tcp',
        FromPort: 5432,
        ToPort: 5432,
        Description: 'the database',
      },
    ]);
    expect(ofType(base, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
  });

  test('rings before its storage is full and when it is busy, with a link to what to do', () => {
    const alarms = ofType(base, 'AWS::CloudWatch::Alarm');
    expect(alarms.map(({ MetricName }) => MetricName)).toEqual(['FreeStorageSpace', 'CPUUtilization']);
    for (const { AlarmDescription } of alarms) expect(AlarmDescription).toMatch(/https:\/\/.*docs\/runbook\/flux-pilot\.md#the-database-/);
  });
});

describe('the network of the profile production', () => {
  test('holds the database in two private subnets, without a public address', () => {
    expect(ofType(guarded, 'AWS::RDS::DBInstance')).toEqual([
      expect.objectContaining({ PubliclyAccessible: false, DBSubnetGroupName: { Ref: 'DatabaseSubnets' } }),
    ]);
    expect(ofType(guarded, 'AWS::EC2::Subnet')).toEqual([
      expect.objectContaining({ MapPublicIpOnLaunch: false }),
      expect.objectContaining({ MapPublicIpOnLaunch: false }),
    ]);
  });

  test('has no way to or from the internet', () => {
    const types = Object.values(guarded?.Resources ?? {}).map(({ Type }) => Type);
    expect(types.filter((type) => /InternetGateway|NatGateway|::Route$|EIP/.test(type))).toEqual([]);
    expect(JSON.stringify(guarded)).not.toContain('0.0.0.0/0');
  });

  test('lets functions reach the database and Secrets Manager, and nothing else', () => {
    const ports = ofType(guarded, 'AWS::EC2::SecurityGroupIngress').map(({ FromPort, ToPort }) => [FromPort, ToPort]);
    expect(ports).toEqual([
      [5432, 5432],
      [443, 443],
    ]);
    expect(ofType(guarded, 'AWS::EC2::VPCEndpoint')).toEqual([
      expect.objectContaining({ PrivateDnsEnabled: true, VpcEndpointType: 'Interface' }),
    ]);
    for (const { SecurityGroupEgress } of ofType(guarded, 'AWS::EC2::SecurityGroup')) expect(SecurityGroupEgress).not.toEqual([]);
  });

  test('is logged', () => {
    expect(ofType(guarded, 'AWS::EC2::FlowLog')).toEqual([expect.objectContaining({ TrafficType: 'ALL' })]);
  });

  test('rotates the password of the database every week, in a window', () => {
    expect(ofType(guarded, 'AWS::SecretsManager::RotationSchedule')).toEqual([
      expect.objectContaining({ RotationRules: { AutomaticallyAfterDays: 7, Duration: '3h' } }),
    ]);
    expect(ofType(base, 'AWS::SecretsManager::RotationSchedule')).toEqual([]);
  });
});

describe('the users', () => {
  test('of the pilot have no second factor, said as a text, and simple passwords', () => {
    const [pool = {}] = ofType(base, 'AWS::Cognito::UserPool');
    expect(pool['MfaConfiguration']).toBe('OFF');
    expect(pool['Policies']).toEqual({
      PasswordPolicy: {
        MinimumLength: 8,
        RequireLowercase: false,
        RequireUppercase: false,
        RequireNumbers: true,
        RequireSymbols: false,
        TemporaryPasswordValidityDays: 7,
      },
    });
  });

  test('of the profile production have a second factor and passwords with everything', () => {
    const [pool = {}] = ofType(guarded, 'AWS::Cognito::UserPool');
    expect([pool['MfaConfiguration'], pool['EnabledMfas']]).toEqual(['ON', ['SOFTWARE_TOKEN_MFA']]);
    expect(pool['Policies']).toMatchObject({
      PasswordPolicy: { MinimumLength: 14, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true },
    });
  });

  test('carry the brand, and stay when the stack goes', () => {
    expect(ofType(base, 'AWS::Cognito::UserPool')[0]).toMatchObject({
      UserPoolName: 'Flux-Systems-Pilot-UserPool',
      UserPoolTags: { Service: 'Flux-Systems-Pilot' },
      DeletionProtection: 'ACTIVE',
    });
    const pools = Object.values(base?.Resources ?? {}).filter(({ Type }) => Type === 'AWS::Cognito::UserPool');
    expect(pools.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Retain']);
  });

  test('sign in on the three origins, by code and without a secret', () => {
    expect(ofType(base, 'AWS::Cognito::UserPoolClient')).toEqual([
      expect.objectContaining({
        GenerateSecret: false,
        AllowedOAuthFlows: ['code'],
        CallbackURLs: [
          'http://localhost:3000/auth/callback',
          'https://pilot.happyhippo.ai/auth/callback',
          'https://pilot.flux-systems.info/auth/callback',
        ],
      }),
    ]);
  });
});

describe('the exports', () => {
  test('of the pilot have the names that applications import, and one of where the password is', () => {
    expect(exportsOf(base)).toEqual([
      'pilot-DB-Endpoint',
      'pilot-DB-Port',
      'pilot-DB-Name',
      'pilot-DB-Secret-ARN',
      'pilot-UserPool-ID',
      'pilot-UserPoolClient-ID',
      'pilot-UserPool-ARN',
      'pilot-UserPoolDomain',
    ]);
  });

  test('of a private network add where functions have to run', () => {
    expect(exportsOf(guarded).slice(8)).toEqual(['staging-Function-Subnet-IDs', 'staging-Function-SecurityGroup-ID']);
  });
});
