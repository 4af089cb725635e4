import { synthesizeSample, type SampleTemplate } from '../sample.ts';
import { artifactsResource } from './data-resources.ts';
import { fluxPilot } from './system.ts';

type Properties = Readonly<Record<string, unknown>>;

const ofType = (template: SampleTemplate | undefined, type: string): readonly Properties[] =>
  Object.values(template?.Resources ?? {}).flatMap((resource) => (resource.Type === type ? [resource.Properties ?? {}] : []));
const statementsOf = (template: SampleTemplate | undefined): readonly { Action: string | string[]; Resource: unknown }[] =>
  ofType(template, 'AWS::IAM::Policy').flatMap(
    ({ PolicyDocument }) => (PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement,
  );

const pilot = await synthesizeSample(fluxPilot, 'pilot');
const staging = await synthesizeSample(fluxPilot, 'staging');
const app = pilot.templates['flux-systems-pilot-app'];
const guarded = staging.templates['flux-systems-staging-app'];
const store = pilot.templates['flux-systems-pilot-artifacts'];
const imports = (template: SampleTemplate | undefined): readonly string[] =>
  [...new Set([...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name = '']) => name))].sort();

describe('the application and its base', () => {
  test('are joined by the names of exports alone', () => {
    expect(imports(app).filter((name) => name.startsWith('pilot-'))).toEqual([
      'pilot-DB-Endpoint',
      'pilot-DB-Name',
      'pilot-DB-Port',
      'pilot-DB-Secret-ARN',
      'pilot-UserPool-ARN',
      'pilot-UserPool-ID',
      'pilot-UserPoolClient-ID',
      'pilot-UserPoolDomain',
    ]);
    expect(imports(app).filter((name) => name.startsWith('flux-systems-pilot-base'))).toEqual([]);
  });

  test('the template of the base is the same whatever the application is', async () => {
    const functions = [{ id: 'Orders', artifact: 'orders/list.zip', routes: ['GET /orders'], memoryMb: 512 }];
    const { files } = await synthesizeSample(fluxPilot, 'pilot', { settings: { functions } });
    const name = 'flux-systems-pilot-base.template.json';
    expect(files[name]).toBe(pilot.files[name]);
    expect(files['flux-systems-pilot-app.template.json']).not.toBe(pilot.files['flux-systems-pilot-app.template.json']);
  });

  test('are deployed in order, and nothing is looked up', () => {
    const manifest = JSON.parse(pilot.files['manifest.json'] ?? '{}') as {
      missing?: unknown;
      artifacts: Record<string, { dependencies?: string[]; properties?: { terminationProtection?: boolean } }>;
    };
    expect(manifest.missing).toBeUndefined();
    expect(manifest.artifacts['flux-systems-pilot-app']?.dependencies).toEqual(
      expect.arrayContaining(['flux-systems-pilot-base', 'flux-systems-pilot-artifacts']),
    );
    expect(manifest.artifacts['flux-systems-pilot-base']?.properties?.terminationProtection).toBe(true);
  });

  test('have the same bytes for the same request', async () => {
    expect(await synthesizeSample(fluxPilot, 'pilot')).toEqual(pilot);
  });
});

describe('a promoted function', () => {
  test('runs the version of its ZIP that the manifest pins, and says so until there is one', () => {
    const promoted = ofType(app, 'AWS::Lambda::Function').find(({ FunctionName }) => FunctionName === 'flux-systems-pilot-api');
    const either = (yes: unknown) => ({ 'Fn::If': ['Promoted', yes, expect.anything()] });
    expect(promoted).toMatchObject({
      Architectures: ['arm64'],
      Code: {
        S3Bucket: either(expect.anything()),
        S3Key: either({ 'Fn::GetAtt': [expect.stringMatching(/Artifact/), 'Key'] }),
        S3ObjectVersion: either({ 'Fn::GetAtt': [expect.stringMatching(/Artifact/), 'VersionId'] }),
      },
      Environment: {
        Variables: expect.objectContaining({ DB_NAME: { 'Fn::ImportValue': 'pilot-DB-Name' }, SET_DIGEST: { Ref: 'SetDigest' } }),
      },
    });
    expect(app).toMatchObject({ Parameters: { SetDigest: { Default: 'none', AllowedPattern: '^(none|[0-9a-f]{64})$' } } });
  });

  test('has the handler, runtime and size that the settings give it, once it is promoted', async () => {
    const functions = [
      {
        id: 'ListOrders',
        artifact: 'orders.zip',
        handler: 'app.main',
        runtime: 'python3.13',
        architecture: 'x86_64',
        routes: ['GET /orders'],
        timeoutSeconds: 5,
      },
    ];
    const { templates } = await synthesizeSample(fluxPilot, 'dev', { settings: { functions } });
    expect(ofType(templates['flux-systems-dev-app'], 'AWS::Lambda::Function')).toContainEqual(
      expect.objectContaining({
        FunctionName: 'flux-systems-dev-list-orders',
        Handler: { 'Fn::If': ['Promoted', 'app.main', 'index.handler'] },
        Runtime: { 'Fn::If': ['Promoted', 'python3.13', 'nodejs24.x'] },
        Architectures: ['x86_64'],
        MemorySize: 256,
        Timeout: 5,
      }),
    );
  });

  test('as many as the settings take fit into one stack', async () => {
    const functions = Array.from({ length: 40 }, (_, index) => ({ id: `F${index}`, artifact: 'a.zip', routes: [`GET /f${index}`] }));
    const { templates } = await synthesizeSample(fluxPilot, 'dev', { settings: { functions } });
    expect(Object.keys(templates['flux-systems-dev-app']?.Resources ?? {}).length).toBeLessThan(500);
  });

  test('runs in the private network where there is one', () => {
    const inVpc = ofType(guarded, 'AWS::Lambda::Function').filter(({ VpcConfig }) => VpcConfig);
    expect(inVpc.map(({ FunctionName }) => String(FunctionName)).toSorted()).toEqual([
      'flux-systems-staging-api',
      'flux-systems-staging-health',
    ]);
    expect(JSON.stringify(app)).not.toContain('VpcConfig');
  });
});

describe('the API', () => {
  test('wants somebody who signed in everywhere but at the health check and before a request of another origin', () => {
    const methods = ofType(app, 'AWS::ApiGateway::Method').map(
      ({ HttpMethod, AuthorizationType }) => `${String(HttpMethod)} ${String(AuthorizationType)}`,
    );
    expect([...new Set(methods)].sort()).toEqual(['ANY COGNITO_USER_POOLS', 'GET NONE', 'OPTIONS NONE']);
  });

  test('lets pages of the three origins call', () => {
    const preflight = ofType(app, 'AWS::ApiGateway::Method').filter(({ HttpMethod }) => HttpMethod === 'OPTIONS');
    expect(preflight).not.toEqual([]);
    for (const method of preflight)
      for (const origin of ['http://localhost:3000', 'https://pilot.happyhippo.ai', 'https://pilot.flux-systems.info'])
        expect(JSON.stringify(method)).toContain(origin);
  });

  test('is behind a firewall in the profile production alone', () => {
    expect(ofType(guarded, 'AWS::WAFv2::WebACLAssociation')).toHaveLength(1);
    const [acl = {}] = ofType(guarded, 'AWS::WAFv2::WebACL');
    expect((acl['Rules'] as { Name: string }[]).map(({ Name }) => Name)).toEqual([
      'limit-per-address',
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesSQLiRuleSet',
    ]);
    expect(ofType(app, 'AWS::WAFv2::WebACL')).toEqual([]);
  });

  test('has alarms and a dashboard that link to the runbook', () => {
    for (const { AlarmDescription } of ofType(app, 'AWS::CloudWatch::Alarm'))
      expect(AlarmDescription).toContain('docs/runbook/flux-pilot.md#the-api-');
    expect(JSON.stringify(ofType(app, 'AWS::CloudWatch::Dashboard'))).toContain('docs/runbook/flux-pilot.md');
  });
});

test('only what knows no resources is allowed on all of them, and no action is a pattern', () => {
  for (const template of [app, guarded])
    expect(
      statementsOf(template)
        .flatMap(({ Action }) => Action)
        .filter((action) => action.includes('*')),
    ).toEqual([]);
  expect(statementsOf(app).filter(({ Resource }) => Resource === '*')).toEqual([]);
  const open = statementsOf(guarded).filter(({ Resource }) => Resource === '*');
  expect(open.flatMap(({ Action }) => Action).filter((action) => !action.startsWith('ec2:'))).toEqual([]);
});

describe('the bucket of the artifacts', () => {
  test('is private, versioned, locked and kept, and nobody deletes a record', () => {
    expect(ofType(store, 'AWS::S3::Bucket')).toEqual([
      expect.objectContaining({
        BucketName: 'flux-systems-artifacts-pilot',
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Days: 365, Mode: 'GOVERNANCE' } } },
        VersioningConfiguration: { Status: 'Enabled' },
      }),
    ]);
    const [policy = {}] = ofType(store, 'AWS::S3::BucketPolicy');
    expect(JSON.stringify(policy)).toContain('"s3:DeleteObjectVersion"');
    expect(JSON.stringify(policy)).toContain('/lambda/records/*');
    expect(JSON.stringify(policy)).not.toContain('ReadersRead');
  });

  test('is read by the accounts that the settings name', async () => {
    const { templates } = await synthesizeSample(fluxPilot, 'dev', { settings: { artifactReaders: ['222222222222'] } });
    const text = JSON.stringify(templates['flux-systems-dev-artifacts']);
    expect(text).toContain(':iam::222222222222:root');
    expect(text).not.toMatch(/"Effect":"Allow"[^}]*"Principal":\{"AWS":"\*"/);
  });

  test('is referred to when it was there before', async () => {
    const { id, type, stack, fallback } = artifactsResource({
      environment: 'dev',
      account: '111111111111',
      region: 'us-west-2',
      firstRegion: 'us-west-2',
      protected: false,
    });
    const { templates } = await synthesizeSample(fluxPilot, 'dev', { decisions: [{ id, type, stack, name: fallback, kind: 'reference' }] });
    expect(ofType(templates['flux-systems-dev-artifacts'], 'AWS::S3::Bucket')).toEqual([]);
    expect(ofType(templates['flux-systems-dev-artifacts'], 'AWS::SSM::Parameter')).toEqual([expect.objectContaining({ Value: fallback })]);
    expect(JSON.stringify(templates['flux-systems-dev-app'])).toContain('"flux-systems-artifacts"');
  });
});

test('everything that can have tags says whose it is', () => {
  const expected = { system: 'flux-pilot', environment: 'pilot', owner: 'flux-systems-team', 'cost-centre': 'flux-pilot' };
  for (const [stack, template] of Object.entries(pilot.templates))
    for (const { Tags } of ['AWS::Lambda::Function', 'AWS::RDS::DBInstance', 'AWS::S3::Bucket'].flatMap((type) => ofType(template, type)))
      expect(Object.fromEntries((Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]))).toMatchObject({
        ...expected,
        stack,
      });
});
