import type { Decision } from '../../../engine/src/decision.ts';
import { synthesizeSample, type SampleTemplate } from '../sample.ts';
import { dataResources } from './data-resources.ts';
import { spaceport } from './system.ts';

type Properties = Readonly<Record<string, unknown>>;

const ofType = (template: SampleTemplate | undefined, type: string): readonly Properties[] =>
  Object.values(template?.Resources ?? {}).flatMap((resource) => (resource.Type === type ? [resource.Properties ?? {}] : []));
const decide = (kind: Decision['kind'], name: 'preferred' | 'fallback'): readonly Decision[] =>
  Object.values(
    dataResources({ environment: 'staging', account: '111111111111', region: 'us-west-2', firstRegion: 'us-west-2', protected: false }),
  ).map((resource) => ({
    id: resource.id,
    type: resource.type,
    stack: resource.stack,
    name: resource[name],
    kind,
  }));

const prod = await synthesizeSample(spaceport, 'prod');
const staging = await synthesizeSample(spaceport, 'staging');
const main = prod.templates['SpaceportProdStack'];
const ml = prod.templates['SpaceportMLPipelineProdStack'];
const auth = prod.templates['SpaceportAuthProdStack'];
const dataTypes = /^AWS::(S3::Bucket|DynamoDB::Table|ECR::Repository)$/;

describe('decisions', () => {
  test.each(['create', 'managed', 'adopt'] as const)(
    '%s keeps every data resource in the template, with the same bytes as no decision at all',
    async (kind) => {
      expect(await synthesizeSample(spaceport, 'staging', { decisions: decide(kind, 'preferred') })).toEqual(staging);
    },
  );

  test('managed under a fallback name keeps that name', async () => {
    const { templates } = await synthesizeSample(spaceport, 'staging', { decisions: decide('managed', 'fallback') });
    expect(ofType(templates['SpaceportStagingStack'], 'AWS::S3::Bucket')).toEqual([
      expect.objectContaining({ BucketName: 'spaceport-uploads' }),
    ]);
  });

  test('reference drops every data resource and refers to it by its name', async () => {
    const { templates } = await synthesizeSample(spaceport, 'staging', { decisions: decide('reference', 'fallback') });
    const types = Object.values(templates).flatMap(({ Resources = {} }) => Object.values(Resources).map(({ Type }) => Type));
    expect(types.filter((type) => dataTypes.test(type) || type === 'AWS::S3::BucketPolicy')).toEqual([]);
    expect(types).toContain('AWS::Lambda::Function');
    expect(templates['SpaceportStagingStack']?.Outputs).toMatchObject({
      UploadsBucketName: { Value: 'spaceport-uploads' },
      FileMetadataTableName: { Value: 'Spaceport-FileMetadata' },
    });
    const variables = ofType(templates['SpaceportStagingStack'], 'AWS::Lambda::Function').map(({ Environment }) => Environment);
    expect(JSON.stringify(variables)).toContain('"UPLOADS_BUCKET":"spaceport-uploads"');
    expect(JSON.stringify(ofType(templates['SpaceportMLPipelineStagingStack'], 'AWS::IAM::Policy'))).toContain(
      ':s3:::spaceport-uploads/uploads/*',
    );
  });
});

describe('the assembly', () => {
  test('has the same bytes for the same request', async () => {
    expect(await synthesizeSample(spaceport, 'prod')).toEqual(prod);
  });

  test('asks for no look-up of context', () => {
    expect(JSON.parse(prod.files['manifest.json'] ?? '{}')).not.toHaveProperty('missing');
  });

  test('names account and region, and protects the stacks of a protected environment only', () => {
    const stacks = ({ files }: typeof prod): readonly unknown[] =>
      Object.values(
        (
          JSON.parse(files['manifest.json'] ?? '{}') as {
            artifacts: Record<string, { type: string; environment?: string; properties?: { terminationProtection?: boolean } }>;
          }
        ).artifacts,
      )
        .filter(({ type }) => type === 'aws:cloudformation:stack')
        .map(({ environment, properties }) => [environment, properties?.terminationProtection ?? false]);
    expect(stacks(prod)).toEqual(Array.from({ length: 3 }, () => ['aws://111111111111/us-west-2', true]));
    expect(stacks(staging)).toEqual(Array.from({ length: 3 }, () => ['aws://111111111111/us-west-2', false]));
  });

  test('has the construct path of every resource', () => {
    const resources = Object.values(prod.templates).flatMap(({ Resources = {} }) => Object.values(Resources));
    expect(resources.filter((resource) => !JSON.stringify(resource).includes('"aws:cdk:path"'))).toEqual([]);
  });

  test("holds no frame of the caller's call stack", () => {
    expect(prod.files['SpaceportProdStack.metadata.json']).toContain('main-stack.ts');
    expect(prod.files['SpaceportProdStack.metadata.json']).not.toContain('.test.ts');
  });
});

describe('what holds data', () => {
  test.each([
    ['prod', prod],
    ['staging', staging],
  ])('stays when its stack goes, and goes with a failed creation unless %s guards it against deletion', (_, { templates }) => {
    const resources = Object.values(templates).flatMap(({ Resources = {} }) => Object.values(Resources));
    const held = resources.filter(({ Type }) => dataTypes.test(Type) || Type === 'AWS::Cognito::UserPool');
    const guarded = ({ Properties = {} }: (typeof held)[number]): boolean =>
      Properties['DeletionProtectionEnabled'] === true || Properties['DeletionProtection'] === 'ACTIVE';
    expect(held).toHaveLength(7);
    expect(held.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(held.map((r) => (guarded(r) ? 'Retain' : 'RetainExceptOnCreate')));
    expect(held.map((r) => Reflect.get(r, 'UpdateReplacePolicy') as unknown)).toEqual(Array(7).fill('Retain'));
  });

  test('the logs that are kept stay when their stack goes, and go with a failed creation', () => {
    const resources = Object.values(main?.Resources ?? {}).filter(
      ({ Type, DeletionPolicy }) => /LogGroup$/.test(Type) && DeletionPolicy !== 'Delete',
    );
    expect(resources.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['RetainExceptOnCreate', 'RetainExceptOnCreate']);
  });

  test('buckets are private, encrypted, versioned and refuse what does not come by TLS', () => {
    const buckets = [...ofType(main, 'AWS::S3::Bucket'), ...ofType(ml, 'AWS::S3::Bucket')];
    const policies = [...ofType(main, 'AWS::S3::BucketPolicy'), ...ofType(ml, 'AWS::S3::BucketPolicy')];
    const closed = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
    const versioned = { Status: 'Enabled' };
    expect(buckets).toHaveLength(2);
    for (const bucket of buckets) {
      expect(bucket).toMatchObject({ PublicAccessBlockConfiguration: closed, VersioningConfiguration: versioned });
      expect(Object.keys(bucket)).toEqual(expect.arrayContaining(['BucketEncryption', 'LifecycleConfiguration']));
    }
    expect(policies).toHaveLength(2);
    for (const policy of policies) expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
  });

  test.each([
    ['prod', main, true],
    ['staging', staging.templates['SpaceportStagingStack'], false],
  ] as const)('tables of %s are guarded as the environment is protected', (_, template, guarded) => {
    const expected = expect.objectContaining({
      DeletionProtectionEnabled: guarded,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: guarded },
      SSESpecification: { SSEEnabled: true },
    });
    expect(ofType(template, 'AWS::DynamoDB::Table')).toEqual([expected, expected]);
  });
});

test('only what knows no resources is allowed on all of them, and no action is a pattern', () => {
  const statements = [main, ml]
    .flatMap((template) => ofType(template, 'AWS::IAM::Policy'))
    .flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement);
  expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  expect(statements.filter(({ Resource }) => Resource === '*').map(({ Action }) => Action)).toEqual([
    'ecr:GetAuthorizationToken',
    'cloudwatch:PutMetricData',
  ]);
});

test('every route wants somebody who signed in', () => {
  const routes = ofType(main, 'AWS::ApiGatewayV2::Route');
  expect(routes.map(({ RouteKey, AuthorizationType }) => `${String(RouteKey)} ${String(AuthorizationType)}`).sort()).toEqual([
    'DELETE /files/{fileId} JWT',
    'GET /files JWT',
    'GET /files/{fileId} JWT',
    'POST /files JWT',
    'POST /uploads JWT',
  ]);
});

test('pages of other origins may call and upload only when the settings name them', async () => {
  const { templates } = await synthesizeSample(spaceport, 'staging', { settings: { allowedOrigins: ['https://example.com'] } });
  const origins = (template: SampleTemplate | undefined): readonly unknown[] =>
    [...ofType(template, 'AWS::ApiGatewayV2::Api'), ...ofType(template, 'AWS::S3::Bucket')].map((p) =>
      JSON.stringify(p['CorsConfiguration'] ?? null),
    );
  expect(origins(templates['SpaceportStagingStack'])).toEqual([
    expect.stringContaining('"https://example.com"'),
    expect.stringContaining('"https://example.com"'),
  ]);
  expect(origins(staging.templates['SpaceportStagingStack'])).toEqual(['null', 'null']);
});

test('the website signs in without a secret, and nobody learns who has an account', () => {
  expect(ofType(auth, 'AWS::Cognito::UserPoolClient')).toEqual([
    expect.objectContaining({
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  ]);
  expect(ofType(auth, 'AWS::Cognito::UserPool')).toEqual([expect.objectContaining({ DeletionProtection: 'ACTIVE' })]);
});

test('the outputs have clear names', () => {
  const named = ({ Outputs = {} }: SampleTemplate = {}): readonly string[] =>
    Object.keys(Outputs).filter((name) => !name.startsWith('ExportsOutput'));
  expect(named(auth)).toEqual(['UserPoolId', 'UserPoolClientId']);
  expect(named(main)).toEqual(['ApiUrl', 'UploadsBucketName', 'FileMetadataTableName', 'ProjectsTableName']);
  expect(named(ml)).toEqual(['MlProcessingBucketName', 'SfmRepositoryUri', 'ThreeDgsRepositoryUri', 'MlLambdaRoleArn', 'SageMakerRoleArn']);
});

test('everything that can have tags says whose it is', () => {
  const tags = ofType(main, 'AWS::Lambda::Function').map(({ Tags }) =>
    Object.fromEntries((Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value])),
  );
  const expected = {
    system: 'spaceport',
    environment: 'prod',
    stack: 'SpaceportProdStack',
    owner: 'spaceport-team',
    'cost-centre': 'spaceport-production',
  };
  expect(tags).toEqual([expected, expected]);
});
