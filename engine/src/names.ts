/** How far a name must be unique: over all accounts, in one account over all its regions, or in one account and region. */
export type NameScope = 'global' | 'account' | 'region';

/** A form that the service keeps for itself; `problem` is the clause that follows the name in a message. */
interface Reserved {
  readonly form: RegExp;
  readonly problem: string;
}

/** What a name may be for one type of resource; lengths are in characters. */
export interface NameRule {
  /** The property of the template that carries the name. */
  readonly property: string;
  /** Absent where two resources may have one name, or where the name only counts inside another resource. */
  readonly scope?: NameScope;
  readonly min: number;
  readonly max: number;
  readonly shape: RegExp;
  /** `shape` in plain words. */
  readonly allowed: string;
  readonly reserved: readonly Reserved[];
  /** The page of AWS that states the rule. */
  readonly source: string;
}

type Shape = readonly [shape: RegExp, allowed: string];

const docs = 'https://docs.aws.amazon.com/';

/** The page of one call in the reference of a service's API. */
const api = (service: string, call: string, folder = 'APIReference'): string => `${docs}${service}/latest/${folder}/API_${call}.html`;

const plain: Shape = [/^[A-Za-z0-9_-]*$/, 'letters, digits, hyphens and underscores'];
const dotted: Shape = [/^[A-Za-z0-9_.-]*$/, 'letters, digits, dots, hyphens and underscores'];
const slashed: Shape = [/^[A-Za-z0-9_./-]*$/, 'letters, digits and . - _ /'];
const fifo: Shape = [/^[A-Za-z0-9_-]*(\.fifo)?$/, 'letters, digits, hyphens and underscores, and .fifo at the end of a FIFO one'];
const iam: Shape = [/^[A-Za-z0-9_+=,.@-]*$/, 'letters, digits and + = , . @ - _'];
const spaced: Shape = [/^[\w\s+=,.@-]*$/, 'letters, digits, spaces and + = , . @ - _'];
const anything: Shape = [/^[^\p{Cc}]*$/u, 'characters other than control characters'];
const hyphened: Shape = [/^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/, 'letters, digits and hyphens, with no hyphen at either end'];
const modelled: Shape = [/^[A-Za-z0-9](-*[A-Za-z0-9])*$/, 'letters, digits and hyphens, with no hyphen at either end'];
const stated: Shape = [
  /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}]*$/u,
  'characters other than spaces, control characters and < > { } [ ] ? * " # % \\ ^ | ~ ` $ & , ; : /',
];
const stacked: Shape = [/^[A-Za-z][A-Za-z0-9-]*$/, 'letters, digits and hyphens, with a letter first'];
const database: Shape = [
  /^[A-Za-z](?!.*--)([A-Za-z0-9-]*[A-Za-z0-9])?$/,
  'letters, digits and single hyphens, with a letter first and no hyphen at the end',
];
const domain: Shape = [
  /^(?=.*\.)[A-Za-z0-9.-]+$|^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
  'lowercase letters, digits and hyphens, with no hyphen at either end, or a full domain name',
];

const starts = (prefix: string): Reserved => ({ form: new RegExp(`^${prefix}`), problem: `it starts with ${prefix}, which AWS reserves` });
const ends = (suffix: string): Reserved => ({
  form: new RegExp(`${suffix.replaceAll('.', '\\.')}$`),
  problem: `it ends with ${suffix}, which AWS reserves`,
});
const no = (form: RegExp, problem: string): Reserved => ({ form, problem });

function rule(
  property: string,
  scope: NameScope | undefined,
  min: number,
  max: number,
  [shape, allowed]: Shape,
  source: string,
  ...reserved: Reserved[]
): NameRule {
  return { property, ...(scope ? { scope } : {}), min, max, shape, allowed, reserved, source };
}

const bucketReserved = [
  no(/\.\./, 'it has two dots in a row'),
  no(/^\d{1,3}(\.\d{1,3}){3}$/, 'it has the form of an IP address'),
  ...['xn--', 'sthree-', 'amzn-s3-demo-'].map(starts),
  ...['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'].map(ends),
  no(
    /^(?!.*-\d{12}-[a-z]+(-[a-z]+)+-\d+-an$).*-an$/,
    "it ends with -an, which is reserved for names that end with -<account>-<region>-an in an account's regional namespace",
  ),
];
const bucket: Shape = [
  /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
  'lowercase letters, digits, dots and hyphens, with a letter or digit at both ends',
];
const repository: Shape = [
  /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
  'lowercase letters and digits in parts, with a single . _ - or / between two parts',
];
const headed: Shape = [/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'letters, digits, hyphens and underscores, with a letter or digit first'];
const grouped: Shape = [/^[A-Za-z0-9._ -]*$/, 'letters, digits, spaces and . _ -'];
const keyAlias: Shape = [/^alias\/[A-Za-z0-9/_-]+$/, 'alias/ and then letters, digits and / _ -'];
const securityGroup: Shape = [/^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/, 'letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*'];
const secret: Shape = [/^[A-Za-z0-9/_+=.@-]*$/, 'letters, digits and / _ + = . @ -'];
const logGroup: Shape = [/^[A-Za-z0-9_./#-]*$/, 'letters, digits and . - _ / #'];

const states = (call: string): string => api('step-functions', call, 'apireference');
const balancing = (call: string): string => api('elasticloadbalancing', call);
const iamLimits = `${docs}IAM/latest/UserGuide/reference_iam-quotas.html`;
const tableLimits = `${docs}amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html`;
const bucketLimits = `${docs}AmazonS3/latest/userguide/bucketnamingrules.html`;
const parameterLimits = `${docs}systems-manager/latest/userguide/sysman-parameter-name-constraints.html`;
const functionLimits = `${docs}AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html`;
const domainLimits = `${docs}cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html`;
const httpApiLimits = `${docs}apigatewayv2/latest/api-reference/apis.html`;
const domainReserved = no(/^(?!.*\.).*(aws|amazon|cognito)/, 'it has aws, amazon or cognito in it, which AWS reserves');
const notDefault = no(/^default$/, 'it is default, which AWS reserves');
const notInternal = starts('internal-');
const notDigits = no(/^[0-9]+$/, 'it has digits only');
const parameterReserved = [
  no(/^(aws|ssm)|^\/(aws|ssm)(\/|$)/i, 'it starts with aws or ssm, which AWS reserves'),
  no(/^[^/]+\//, 'it has levels and no / at the start'),
  no(/^(\/[^/]*){16}/, 'it has more than 15 levels'),
];

/**
 * What a name may be, per CloudFormation resource type.
 *
 * Only limits that the service refuses to go beyond; advice is left out. Types without a row have no name of their own, or
 * one that this table does not judge.
 *
 * @source the page in each row's `source`
 */
export const nameRules: Readonly<Record<string, NameRule>> = {
  'AWS::S3::Bucket': rule('BucketName', 'global', 3, 63, bucket, bucketLimits, ...bucketReserved),
  'AWS::DynamoDB::Table': rule('TableName', 'region', 3, 255, dotted, tableLimits),
  'AWS::DynamoDB::GlobalTable': rule('TableName', 'region', 3, 255, dotted, tableLimits),
  'AWS::ECR::Repository': rule('RepositoryName', 'region', 2, 256, repository, api('AmazonECR', 'CreateRepository')),
  'AWS::IAM::Role': rule('RoleName', 'account', 1, 64, iam, iamLimits),
  'AWS::IAM::User': rule('UserName', 'account', 1, 64, iam, iamLimits),
  'AWS::IAM::Group': rule('GroupName', 'account', 1, 128, iam, iamLimits),
  'AWS::IAM::ManagedPolicy': rule('ManagedPolicyName', 'account', 1, 128, iam, iamLimits),
  'AWS::IAM::InstanceProfile': rule('InstanceProfileName', 'account', 1, 128, iam, iamLimits),
  'AWS::IAM::Policy': rule('PolicyName', undefined, 1, 128, iam, iamLimits),
  'AWS::Lambda::Function': rule('FunctionName', 'region', 1, 64, plain, functionLimits),
  'AWS::Lambda::Alias': rule('Name', undefined, 1, 128, plain, api('lambda', 'CreateAlias', 'api'), notDigits),
  'AWS::Lambda::LayerVersion': rule('LayerName', undefined, 1, 140, plain, api('lambda', 'PublishLayerVersion', 'api')),
  'AWS::CloudWatch::Alarm': rule('AlarmName', 'region', 1, 255, anything, api('AmazonCloudWatch', 'PutMetricAlarm')),
  'AWS::CloudWatch::CompositeAlarm': rule('AlarmName', 'region', 1, 255, anything, api('AmazonCloudWatch', 'PutCompositeAlarm')),
  'AWS::CloudWatch::Dashboard': rule('DashboardName', 'account', 1, 255, plain, api('AmazonCloudWatch', 'PutDashboard')),
  'AWS::Logs::LogGroup': rule('LogGroupName', 'region', 1, 512, logGroup, api('AmazonCloudWatchLogs', 'CreateLogGroup'), starts('aws/')),
  'AWS::SQS::Queue': rule('QueueName', 'region', 1, 80, fifo, api('AWSSimpleQueueService', 'CreateQueue')),
  'AWS::SNS::Topic': rule('TopicName', 'region', 1, 256, fifo, api('sns', 'CreateTopic', 'api')),
  'AWS::StepFunctions::StateMachine': rule('StateMachineName', 'region', 1, 80, stated, states('CreateStateMachine')),
  'AWS::StepFunctions::Activity': rule('Name', 'region', 1, 80, stated, states('CreateActivity')),
  'AWS::Cognito::UserPool': rule('UserPoolName', undefined, 1, 128, spaced, api('cognito-user-identity-pools', 'CreateUserPool')),
  'AWS::Cognito::UserPoolClient': rule('ClientName', undefined, 1, 128, spaced, api('cognito-user-identity-pools', 'CreateUserPoolClient')),
  'AWS::Cognito::UserPoolDomain': rule('Domain', 'region', 1, 63, domain, domainLimits, domainReserved),
  'AWS::Cognito::IdentityPool': rule('IdentityPoolName', undefined, 1, 128, spaced, api('cognitoidentity', 'CreateIdentityPool')),
  'AWS::ApiGatewayV2::Api': rule('Name', undefined, 1, 128, anything, httpApiLimits),
  'AWS::Events::Rule': rule('Name', undefined, 1, 64, dotted, api('eventbridge', 'PutRule')),
  'AWS::Events::EventBus': rule('Name', 'region', 1, 256, slashed, api('eventbridge', 'CreateEventBus'), notDefault),
  'AWS::Scheduler::Schedule': rule('Name', undefined, 1, 64, dotted, api('scheduler', 'CreateSchedule')),
  'AWS::KMS::Alias': rule('AliasName', 'region', 7, 256, keyAlias, api('kms', 'CreateAlias'), starts('alias/aws/')),
  'AWS::SSM::Parameter': rule('Name', 'region', 1, 1011, slashed, parameterLimits, ...parameterReserved),
  'AWS::SecretsManager::Secret': rule('Name', 'region', 1, 512, secret, api('secretsmanager', 'CreateSecret', 'apireference')),
  'AWS::CloudFormation::Stack': rule('StackName', 'region', 1, 128, stacked, api('AWSCloudFormation', 'CreateStack')),
  'AWS::ECS::Cluster': rule('ClusterName', 'region', 1, 255, plain, api('AmazonECS', 'CreateCluster')),
  'AWS::ECS::Service': rule('ServiceName', undefined, 1, 255, plain, api('AmazonECS', 'CreateService')),
  'AWS::ECS::TaskDefinition': rule('Family', undefined, 1, 255, plain, api('AmazonECS', 'RegisterTaskDefinition')),
  'AWS::EKS::Cluster': rule('Name', 'region', 1, 100, headed, api('eks', 'CreateCluster')),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': rule('Name', 'region', 1, 32, hyphened, balancing('CreateLoadBalancer'), notInternal),
  'AWS::ElasticLoadBalancingV2::TargetGroup': rule('Name', 'region', 1, 32, hyphened, balancing('CreateTargetGroup')),
  'AWS::RDS::DBInstance': rule('DBInstanceIdentifier', 'region', 1, 63, database, api('AmazonRDS', 'CreateDBInstance')),
  'AWS::RDS::DBCluster': rule('DBClusterIdentifier', 'region', 1, 63, database, api('AmazonRDS', 'CreateDBCluster')),
  'AWS::RDS::DBSubnetGroup': rule('DBSubnetGroupName', 'region', 1, 255, grouped, api('AmazonRDS', 'CreateDBSubnetGroup'), notDefault),
  'AWS::EC2::SecurityGroup': rule('GroupName', undefined, 1, 255, securityGroup, api('AWSEC2', 'CreateSecurityGroup'), starts('sg-')),
  'AWS::Kinesis::Stream': rule('Name', 'region', 1, 128, dotted, api('kinesis', 'CreateStream')),
  'AWS::KinesisFirehose::DeliveryStream': rule('DeliveryStreamName', 'region', 1, 64, dotted, api('firehose', 'CreateDeliveryStream')),
  'AWS::SageMaker::Model': rule('ModelName', 'region', 1, 63, modelled, api('sagemaker', 'CreateModel')),
  'AWS::SageMaker::Endpoint': rule('EndpointName', 'region', 1, 63, modelled, api('sagemaker', 'CreateEndpoint')),
  'AWS::Backup::BackupVault': rule('BackupVaultName', 'region', 2, 50, plain, api('aws-backup', 'CreateBackupVault', 'devguide')),
};

/** Gives the property that carries the name of a resource of this type; undefined for a type without a row in `nameRules`. */
export function nameProperty(type: string): string | undefined {
  return ruleOf(type)?.property;
}

/**
 * Gives everything that is wrong with a name, as clauses that follow "the name x:" and say what is allowed.
 *
 * Empty when the name is fine or the type has no rule. Whether the name is taken is not looked at.
 */
export function judgeName(type: string, name: string): readonly string[] {
  const found = ruleOf(type);
  if (!found) return [];
  const { min, max, shape, allowed, reserved } = found;
  const { length } = Array.from(name);
  return [
    ...(length < min || length > max ? [`it has ${length} characters, and ${min} to ${max} are allowed`] : []),
    ...(length > 0 && !shape.test(name) ? [`only ${allowed} are allowed`] : []),
    ...reserved.filter(({ form }) => form.test(name)).map(({ problem }) => problem),
  ];
}

/**
 * Gives the name for one region: the same in the first region, and everywhere for names that only count in one region.
 *
 * In further regions a name that is global or account-wide gets `-{region}` at its end.
 */
export function regionalName(type: string, name: string, at: { readonly region: string; readonly firstRegion: string }): string {
  const scope = ruleOf(type)?.scope;
  const shared = scope === 'global' || scope === 'account';
  return shared && at.region !== at.firstRegion ? `${name}-${at.region}` : name;
}

const ruleOf = (type: string): NameRule | undefined => (Object.hasOwn(nameRules, type) ? nameRules[type] : undefined);
