import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Code } from '../../engine/src/codes.ts';
import { toCanonicalJson } from '../../engine/src/canonical.ts';
import type { Readings } from '../../engine/src/readings.ts';
import type { SampleStack } from '../fakes/assembly.ts';
import type { Scenario } from './scenario.ts';

type Resources = NonNullable<SampleStack['resources']>;
type Properties = Readonly<Record<string, unknown>>;

const resource = (Type: string, Properties: Properties = {}) => ({ Type, Properties });
const shop = (resources: Resources, more: SampleStack = {}): Scenario['app'] => ({ Shop: { resources, ...more } });
const own = (prefix: string, rest: string, region = '${AWS::Region}') => ({
  'Fn::Sub': `arn:aws:${prefix}:${region}:\${AWS::AccountId}:${rest}`,
});
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const answer = (kind: keyof Readings, of: object, value: unknown) => ({ [`${kind} ${toCanonicalJson(of)}`]: value });

const caught = (failure: string, code: Code, name: string, why: string, app: Scenario['app'], more: Partial<Scenario> = {}): Scenario => ({
  name,
  class: failure,
  why,
  app,
  ends: { stoppedBy: [code] },
  plainSucceeds: 'the emulator makes what the service refuses',
  ...more,
});
const passes = (failure: string, name: string, why: string, app: Scenario['app'], more: Partial<Scenario> = {}): Scenario => ({
  name,
  class: failure,
  why,
  app,
  ends: 'deployed',
  ...more,
});

const trust = (principal: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: principal } }],
});
const role = (principal: string, more: Properties = {}) =>
  resource('AWS::IAM::Role', { AssumeRolePolicyDocument: trust(principal), ...more });
const fn = (more: Properties = {}) =>
  resource('AWS::Lambda::Function', {
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile: 'exports.handler = async () => ({});' },
    Role: arnOf('Role'),
    ...more,
  });
const lambdaRole = { Role: role('lambda.amazonaws.com') };
const pool = (more: Properties) => resource('AWS::Cognito::UserPool', { UserPoolName: 'shoppers', ...more });
const color = { Name: 'color', AttributeDataType: 'String', Mutable: true };
const table = (...indexes: string[]) =>
  resource('AWS::DynamoDB::Table', {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['id', ...indexes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ...(indexes.length
      ? {
          GlobalSecondaryIndexes: indexes.map((name) => ({
            IndexName: `by-${name}`,
            KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          })),
        }
      : {}),
  });
const key = (...principals: object[]) =>
  resource('AWS::KMS::Key', {
    KeyPolicy: {
      Version: '2012-10-17',
      Statement: principals.map((Principal) => ({ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' })),
    },
  });
const root = { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } };
const database = (more: Properties) =>
  resource('AWS::RDS::DBInstance', {
    Engine: 'postgres',
    DBInstanceClass: 'db.t4g.micro',
    AllocatedStorage: '20',
    MasterUsername: 'shop',
    ManageMasterUserPassword: true,
    ...more,
  });
const site = (certificate: unknown, more: Properties = {}) =>
  resource('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Enabled: true,
      DefaultCacheBehavior: {
        TargetOriginId: 'shop',
        ViewerProtocolPolicy: 'https-only',
        CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
      },
      Origins: [{ Id: 'shop', DomainName: 'shop.example.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }],
      ViewerCertificate: { AcmCertificateArn: certificate, SslSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' },
      ...more,
    },
  });
const foreign = (region: string) => `arn:aws:acm:${region}:999999999999:certificate/12345678-1234-1234-1234-123456789012`;
const certificate = resource('AWS::CertificateManager::Certificate', {
  DomainName: 'shop.example.com',
  ValidationMethod: 'DNS',
  DomainValidationOptions: [{ DomainName: 'shop.example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ' }],
});
const zone = { type: 'AWS::Route53::HostedZone', identifier: 'Z0123456789ABCDEFGHIJ' };
const code = (S3Key: string) => shop({ ...lambdaRole, Fn: fn({ Code: { S3Bucket: 'shop-code-of-the-scenarios', S3Key } }) });
const image = (tag: string) =>
  shop({
    ...lambdaRole,
    Fn: resource('AWS::Lambda::Function', {
      PackageType: 'Image',
      Role: arnOf('Role'),
      Code: { ImageUri: { 'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.amazonaws.com/shop:${tag}` } },
    }),
  });
const manifest = 'application/vnd.oci.image.manifest.v1+json';
const service = (tag: string) =>
  shop({
    Cluster: resource('AWS::ECS::Cluster'),
    Task: resource('AWS::ECS::TaskDefinition', {
      Family: 'shop',
      ContainerDefinitions: [
        {
          Name: 'shop',
          Memory: 128,
          Image: { 'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.amazonaws.com/shop:${tag}` },
        },
      ],
    }),
    Service: resource('AWS::ECS::Service', { Cluster: { Ref: 'Cluster' }, TaskDefinition: { Ref: 'Task' }, DesiredCount: 1 }),
  });
const notifying = (permission: Properties) =>
  shop({
    ...lambdaRole,
    Fn: fn(),
    Allow: resource('AWS::Lambda::Permission', { FunctionName: arnOf('Fn'), Action: 'lambda:InvokeFunction', ...permission }),
    Files: {
      ...resource('AWS::S3::Bucket', {
        NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: arnOf('Fn') }] },
      }),
      DependsOn: 'Allow',
    },
  });
const api = (more: Resources, dependsOn: readonly string[] = []) =>
  shop({
    Api: resource('AWS::ApiGateway::RestApi', { Name: 'orders' }),
    Resource: resource('AWS::ApiGateway::Resource', {
      RestApiId: { Ref: 'Api' },
      ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
      PathPart: 'x',
    }),
    Method: resource('AWS::ApiGateway::Method', {
      RestApiId: { Ref: 'Api' },
      ResourceId: { Ref: 'Resource' },
      HttpMethod: 'GET',
      AuthorizationType: 'NONE',
      Integration: { Type: 'MOCK' },
    }),
    Deployment: { ...resource('AWS::ApiGateway::Deployment', { RestApiId: { Ref: 'Api' } }), DependsOn: ['Method'] },
    Stage: {
      ...resource('AWS::ApiGateway::Stage', {
        RestApiId: { Ref: 'Api' },
        DeploymentId: { Ref: 'Deployment' },
        StageName: 'prod',
        MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'INFO' }],
      }),
      ...(dependsOn.length ? { DependsOn: dependsOn } : {}),
    },
    ...more,
  });
const network = (...ranges: string[]): Resources => ({
  Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  ...Object.fromEntries(
    ranges.map((CidrBlock, i) => [
      `Net${i}`,
      resource('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock, AvailabilityZone: 'us-west-2a' }),
    ]),
  ),
});
const exportedVpc = {
  Network: { resources: network('10.0.0.0/24'), outputs: { Vpc: { Value: { Ref: 'Vpc' }, Export: { Name: 'vpc' } } } },
};
const importedSubnet = (CidrBlock: string) =>
  shop({ Net: resource('AWS::EC2::Subnet', { VpcId: { 'Fn::ImportValue': 'vpc' }, CidrBlock }) });
const website = (more: Properties) =>
  shop({
    Site: resource('AWS::S3::Bucket', more),
    Policy: resource('AWS::S3::BucketPolicy', {
      Bucket: { Ref: 'Site' },
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Site.Arn}/*' } }],
      },
    }),
  });
const topicFor = (name: string) =>
  shop({
    Topic: resource('AWS::SNS::Topic'),
    Policy: resource('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: 'Topic' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: { 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:role/${name}` } },
            Action: 'sns:Publish',
            Resource: { Ref: 'Topic' },
          },
        ],
      },
    }),
  });
const search = shop({
  Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  Net: resource('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' }),
  Search: resource('AWS::OpenSearchService::Domain', { VPCOptions: { SubnetIds: [{ Ref: 'Net' }] } }),
});
const searchRoles = ['AWSServiceRoleForAmazonOpenSearchService', 'AWSServiceRoleForAmazonElasticsearchService'];
const acl = (Scope: string) =>
  shop({
    Acl: resource('AWS::WAFv2::WebACL', {
      Name: 'shop',
      Scope,
      DefaultAction: { Allow: {} },
      VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'shop' },
    }),
  });
const custom = (ServiceToken: unknown, more: Resources = {}) => shop({ Thing: resource('Custom::Thing', { ServiceToken }), ...more });
const answering =
  'exports.handler = async ({ ResponseURL, StackId, RequestId, LogicalResourceId }) => { const body = JSON.stringify(' +
  "{ Status: 'SUCCESS', PhysicalResourceId: 'thing', StackId, RequestId, LogicalResourceId }" +
  "); await fetch(ResponseURL, { method: 'PUT', body }); };";
const group = 'sg-0123456789abcdef0';
const ofGroup = (port: string): Resources => ({
  [`Rule${port}`]: resource('AWS::EC2::SecurityGroupIngress', {
    GroupId: group,
    IpProtocol: 'tcp',
    FromPort: Number(port),
    ToPort: Number(port),
    CidrIp: '10.0.0.0/8',
  }),
});

const makeRole =
  (RoleName: string, principal: string): NonNullable<Scenario['before']> =>
  async ({ client }) => {
    const iam = new IAMClient(client);
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust(principal)) }));
  };
const before =
  (resources: Resources): NonNullable<Scenario['before']> =>
  (live) =>
    live.deploy({ Shop: { resources } });

/** What single services refuse when a resource is made or changed. */
export const scenarios: readonly Scenario[] = [
  caught(
    'cognito-mfa',
    'PF270',
    'MFA without a second factor',
    'neither SMS nor an app',
    shop({ Users: pool({ MfaConfiguration: 'ON' }) }),
  ),
  passes(
    'cognito-mfa',
    'MFA by an app',
    'needs no SMS',
    shop({ Users: pool({ MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] }) }),
  ),
  caught(
    'cognito-schema',
    'PF271',
    'an attribute of a user pool changes',
    'the live template has it otherwise',
    shop({ Users: pool({ Schema: [{ ...color, Mutable: false }] }) }),
    { before: before({ Users: pool({ Schema: [color] }) }) },
  ),
  passes(
    'cognito-schema',
    'a user pool gets one more attribute',
    'additions are allowed',
    shop({ Users: pool({ Schema: [color, { ...color, Name: 'size' }] }) }),
    { before: before({ Users: pool({ Schema: [color] }) }) },
  ),
  caught(
    'cognito-sms-role',
    'PF272',
    'a role for SMS that Cognito may not assume',
    'a role of the same template',
    shop({
      Role: role('lambda.amazonaws.com'),
      Users: pool({ SmsConfiguration: { SnsCallerArn: arnOf('Role'), ExternalId: 'shop' } }),
    }),
  ),
  passes(
    'cognito-sms-role',
    'a role for SMS that Cognito may assume',
    'a role of the same template',
    shop({
      Role: role('cognito-idp.amazonaws.com'),
      Users: pool({ SmsConfiguration: { SnsCallerArn: arnOf('Role'), ExternalId: 'shop' } }),
    }),
  ),
  caught(
    'lambda-role',
    'PF273',
    'a function whose role is gone',
    'an ARN that nobody has',
    shop({ Fn: fn({ Role: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/worker' } }) }),
  ),
  caught(
    'lambda-role',
    'PF272',
    'a function with the role of another service',
    'a role of the same template',
    shop({ Role: role('ec2.amazonaws.com'), Fn: fn() }),
  ),
  caught(
    'lambda-role',
    'PF274',
    'a function in a VPC whose role may only log',
    'all policies of the role are known',
    shop({
      ...network('10.0.0.0/24'),
      Group: resource('AWS::EC2::SecurityGroup', { GroupDescription: 'fn', VpcId: { Ref: 'Vpc' } }),
      Role: role('lambda.amazonaws.com', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] }),
      Fn: fn({ VpcConfig: { SubnetIds: [{ Ref: 'Net0' }], SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] } }),
    }),
  ),
  passes('lambda-role', 'a function with its role', 'the usual pair', shop({ ...lambdaRole, Fn: fn() })),
  caught(
    'rds-engine-version',
    'PF275',
    'an engine version that RDS does not offer',
    'AWS is asked, not a copy',
    shop({ Db: database({ EngineVersion: '9.6' }) }),
  ),
  passes(
    'rds-engine-version',
    'an engine version by its beginning',
    'RDS chooses the minor version',
    shop({ Db: database({ EngineVersion: '16' }) }),
  ),
  caught(
    'rds-downgrade',
    'PF276',
    'a database goes back',
    'the live version is higher',
    shop({ Db: database({ EngineVersion: '16.4' }) }),
    {
      before: before({ Db: database({ EngineVersion: '16.8' }) }),
    },
  ),
  passes(
    'rds-downgrade',
    'a database gets a newer minor version',
    'a valid target of the live one',
    shop({ Db: database({ EngineVersion: '16.8' }) }),
    {
      before: before({ Db: database({ EngineVersion: '16.4' }) }),
    },
  ),
  caught(
    'instance-type-az',
    'PF277',
    'a database of a class that is gone',
    'no zone offers it',
    shop({ Db: database({ EngineVersion: '16.4', DBInstanceClass: 'db.m1.small' }) }),
  ),
  caught(
    'instance-type-az',
    'PF277',
    'an instance in a zone that lacks its type',
    'other zones have it',
    shop({
      Host: resource('AWS::EC2::Instance', { ImageId: 'ami-0123456789abcdef0', InstanceType: 'm7g.large', AvailabilityZone: 'us-west-2d' }),
    }),
  ),
  passes(
    'instance-type-az',
    'a database of a class that is offered',
    'in the zone that it names',
    shop({ Db: database({ EngineVersion: '16.4', AvailabilityZone: 'us-west-2a' }) }),
  ),
  caught(
    'cloudfront-cert-region',
    'PF278',
    'a distribution with a certificate of another region',
    'an ARN of another account, too',
    shop({ Site: site(foreign('us-west-2')) }),
  ),
  passes(
    'cloudfront-cert-region',
    'a distribution with a certificate of us-east-1',
    'of an account that cannot be read',
    shop({ Site: site(foreign('us-east-1')) }),
  ),
  caught(
    'cloudfront-cert-region',
    'PF279',
    'a distribution with a certificate that is not there',
    'in the right region, asked of ACM there',
    shop({ Site: site(own('acm', 'certificate/12345678-1234-1234-1234-123456789012', 'us-east-1')) }),
  ),
  caught(
    'acm-pending',
    'PF280',
    'a certificate of a hosted zone that is not there',
    'the creation would wait for hours',
    shop({ Cert: certificate }),
  ),
  passes('acm-pending', 'a certificate of its hosted zone', 'public, and of the domain', shop({ Cert: certificate }), {
    answers: answer('resource', zone, { Id: zone.identifier, Name: 'example.com.' }),
  }),
  caught(
    'lambda-runtime-eol',
    'PF170',
    'a function with a runtime that is blocked',
    'the offline validator has the dates',
    shop({ ...lambdaRole, Fn: fn({ Runtime: 'nodejs12.x' }) }),
  ),
  passes(
    'lambda-runtime-eol',
    'a blocked runtime of a function that stays as it is',
    'only what changes is looked at',
    shop({ ...lambdaRole, Fn: fn({ Runtime: 'nodejs12.x' }), Queue: resource('AWS::SQS::Queue') }),
    { before: before({ ...lambdaRole, Fn: fn({ Runtime: 'nodejs12.x' }) }) },
  ),
  caught('lambda-s3-key', 'PF281', 'a function whose code nobody has uploaded', 'a bucket of its own, no asset', code('fn/1.zip')),
  passes('lambda-s3-key', 'a function whose code is there', 'found in the list of the bucket', code('fn/2.zip'), {
    before: async ({ client }) => {
      const s3 = new S3Client({ ...client, forcePathStyle: true });
      const Bucket = 'shop-code-of-the-scenarios';
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } }));
      await s3.send(new PutObjectCommand({ Bucket, Key: 'fn/2.zip', Body: 'zip' }));
    },
  }),
  caught('lambda-image', 'PF282', 'a function whose image nobody has pushed', 'no such repository', image('v1')),
  caught('lambda-image', 'PF283', 'a function with an index of images', 'what buildx pushes by default', image('v2'), {
    answers: answer('image', { repository: 'shop', tag: 'v2' }, { mediaType: 'application/vnd.oci.image.index.v1+json' }),
  }),
  passes('lambda-image', 'a function whose image is there', 'one manifest', image('v3'), {
    answers: answer('image', { repository: 'shop', tag: 'v3' }, { mediaType: manifest }),
  }),
  caught('ecs-image', 'PF282', 'a service whose image nobody has pushed', 'its tasks never start', service('v1')),
  passes('ecs-image', 'a service whose image is there', 'in the account', service('v2'), {
    answers: answer('image', { repository: 'shop', tag: 'v2' }, { mediaType: manifest }),
  }),
  caught(
    'kms-denied',
    'PF285',
    'logs under a key for the account alone',
    'CDK adds no statement for logs',
    shop({ Key: key(root), Log: resource('AWS::Logs::LogGroup', { KmsKeyId: arnOf('Key') }) }),
  ),
  caught(
    'kms-denied',
    'PF284',
    'a secret under a key that is gone',
    'an ARN that nobody has',
    shop({ Secret: resource('AWS::SecretsManager::Secret', { KmsKeyId: own('kms', 'key/12345678-1234-1234-1234-123456789012') }) }),
  ),
  passes(
    'kms-denied',
    'logs under a key for them',
    'the principal has the region in it',
    shop({
      Key: key(root, { Service: { 'Fn::Sub': 'logs.${AWS::Region}.amazonaws.com' } }),
      Log: resource('AWS::Logs::LogGroup', { KmsKeyId: arnOf('Key') }),
    }),
  ),
  caught(
    's3-notification',
    'PF286',
    'a notification of a function that S3 may not invoke',
    'the permission is for another service',
    notifying({ Principal: 'sns.amazonaws.com' }),
  ),
  passes(
    's3-notification',
    'a notification of a function that S3 may invoke',
    'the permission comes first',
    notifying({ Principal: 's3.amazonaws.com' }),
  ),
  caught('apigw-cw-role', 'PF287', 'a stage that logs in an account without the role', 'nobody set it before', api({})),
  passes(
    'apigw-cw-role',
    'a stage that logs, and the role for it',
    'set by the same template',
    api(
      {
        Role: role('apigateway.amazonaws.com'),
        Account: resource('AWS::ApiGateway::Account', { CloudWatchRoleArn: arnOf('Role') }),
      },
      ['Account'],
    ),
  ),
  caught('ddb-gsi', 'PF288', 'a table gets two indexes at once', 'one at a time is allowed', shop({ Files: table('a', 'b') }), {
    before: before({ Files: table() }),
  }),
  passes('ddb-gsi', 'a table gets one index', 'one at a time is allowed', shop({ Files: table('a', 'b') }), {
    before: before({ Files: table('a') }),
  }),
  caught('subnet-cidr', 'PF289', 'a subnet in a range that is taken', 'in the VPC of another stack', importedSubnet('10.0.0.128/25'), {
    before: (live) => live.deploy(exportedVpc),
  }),
  caught(
    'subnet-cidr',
    'PF170',
    'two subnets of a template in one range',
    'the offline validator compares them',
    shop(network('10.0.0.0/24', '10.0.0.0/25')),
  ),
  passes('subnet-cidr', 'a subnet in a range that is free', 'beside those of another stack', importedSubnet('10.0.1.0/24'), {
    before: (live) => live.deploy(exportedVpc),
  }),
  caught('public-access', 'PF290', 'a public policy of a new bucket', 'buckets block it since 2023', website({})),
  passes(
    'public-access',
    'a public policy of a bucket that allows it',
    'by its own block',
    website({ PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false, RestrictPublicBuckets: false } }),
  ),
  caught('invalid-principal', 'PF291', 'a topic for a role that is not there', 'in this account, so it can be known', topicFor('worker')),
  passes('invalid-principal', 'a topic for a role that is there', 'made by hand', topicFor('worker'), {
    before: makeRole('worker', 'ec2.amazonaws.com'),
  }),
  caught(
    'service-linked-role',
    'PF292',
    'a domain of OpenSearch in a VPC of a fresh account',
    'CloudFormation does not make the role',
    search,
  ),
  passes('service-linked-role', 'a domain of OpenSearch where the role is', 'made once for the account', search, {
    before: makeRole(searchRoles[0] ?? '', 'opensearchservice.amazonaws.com'),
  }),
  caught('waf-scope', 'PF278', 'an ACL for CloudFront outside of us-east-1', 'the scope has one region', acl('CLOUDFRONT')),
  passes('waf-scope', 'a regional ACL', 'goes anywhere', acl('REGIONAL')),
  caught(
    'custom-resource-timeout',
    'PF293',
    'a custom resource whose function is gone',
    'nobody would answer',
    custom(own('lambda', 'function:answer')),
    {
      plainSucceeds: 'the emulator answers for a function that is not there',
    },
  ),
  passes(
    'custom-resource-timeout',
    'a custom resource of its own function',
    'made in the same run',
    custom(arnOf('Fn'), { ...lambdaRole, Fn: fn({ Code: { ZipFile: answering } }) }),
  ),
  caught('security-group-rule', 'PF294', 'a rule that is there', 'another hand made it', shop(ofGroup('443')), {
    answers: answer('groupRules', { group }, [{ direction: 'in', protocol: 'tcp', from: '443', to: '443', peer: '10.0.0.0/8' }]),
  }),
  caught(
    'security-group-rule',
    'PF294',
    'a rule twice in a template',
    'EC2 takes the second for the first',
    shop({ ...ofGroup('443'), Again: ofGroup('443')['Rule443'] ?? resource('') }),
  ),
  passes('security-group-rule', 'a rule that stays', 'beside one for another port', shop({ ...ofGroup('443'), ...ofGroup('80') }), {
    before: before(ofGroup('443')),
  }),
];
