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
const cfn = `${docs}AWSCloudFormation/latest/TemplateReference/`;

const plain: Shape = [/^[A-Za-z0-9_-]*$/, 'letters, digits, hyphens and underscores'];
const dotted: Shape = [/^[A-Za-z0-9_.-]*$/, 'letters, digits, dots, hyphens and underscores'];
const slashed: Shape = [/^[A-Za-z0-9_./-]*$/, 'letters, digits and . - _ /'];
const fifo: Shape = [/^[A-Za-z0-9_-]*(\.fifo)?$/, 'letters, digits, hyphens and underscores, and .fifo at the end of a FIFO one'];
const iam: Shape = [/^[A-Za-z0-9_+=,.@-]*$/, 'letters, digits and + = , . @ - _'];
const spaced: Shape = [/^[\w\s+=,.@-]*$/, 'letters, digits, spaces and + = , . @ - _'];
const anything: Shape = [/^[^\p{Cc}]*$/u, 'characters other than control characters'];
const hyphened: Shape = [/^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/, 'letters, digits and hyphens, with no hyphen at either end'];
const modelled: Shape = [/^[A-Za-z0-9](-*[A-Za-z0-9])*$/, 'letters, digits and hyphens, with no hyphen at either end'];
const stated: Shape = [/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}]*$/u, 'characters other than spaces, control characters and < > { } [ ] ? * " # % \\ ^ | ~ ` $ & , ; : /'];
const stacked: Shape = [/^[A-Za-z][A-Za-z0-9-]*$/, 'letters, digits and hyphens, with a letter first'];
const database: Shape = [/^[A-Za-z](?!.*--)([A-Za-z0-9-]*[A-Za-z0-9])?$/, 'letters, digits and single hyphens, with a letter first and no hyphen at the end'];
const domain: Shape = [/^(?=.*\.)[A-Za-z0-9.-]+$|^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'lowercase letters, digits and hyphens, with no hyphen at either end, or a full domain name'];

const starts = (prefix: string): Reserved => ({ form: new RegExp(`^${prefix}`), problem: `it starts with ${prefix}, which AWS reserves` });
const ends = (suffix: string): Reserved => ({ form: new RegExp(`${suffix.replaceAll('.', '\\.')}$`), problem: `it ends with ${suffix}, which AWS reserves` });
const no = (form: RegExp, problem: string): Reserved => ({ form, problem });

/** Writes one row of the table; a source that starts with `aws-` is a page of CloudFormation's reference. */
function rule(property: string, scope: NameScope | undefined, min: number, max: number, [shape, allowed]: Shape, source: string, ...reserved: Reserved[]): NameRule {
  return { property, ...(scope ? { scope } : {}), min, max, shape, allowed, reserved, source: source.startsWith('aws-') ? `${cfn}${source}.html` : `${docs}${source}` };
}

const bucketReserved = [
  no(/\.\./, 'it has two dots in a row'),
  no(/^\d{1,3}(\.\d{1,3}){3}$/, 'it has the form of an IP address'),
  ...['xn--', 'sthree-', 'amzn-s3-demo-'].map(starts),
  ...['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'].map(ends),
  no(/^(?!.*-\d{12}-[a-z]+(-[a-z]+)+-\d+-an$).*-an$/, "it ends with -an, which is reserved for names that end with -<account>-<region>-an in an account's regional namespace"),
];
const bucket: Shape = [/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'lowercase letters, digits, dots and hyphens, with a letter or digit at both ends'];
const repository: Shape = [/^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/, 'lowercase letters and digits in parts, with a single . _ - or / between two parts'];
const keyAlias: Shape = [/^alias\/[A-Za-z0-9/_-]+$/, 'alias/ and then letters, digits and / _ -'];
const securityGroup: Shape = [/^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/, 'letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*'];
const secret: Shape = [/^[A-Za-z0-9/_+=.@-]*$/, 'letters, digits and / _ + = . @ -'];
const logGroup: Shape = [/^[A-Za-z0-9_./#-]*$/, 'letters, digits and . - _ / #'];

const iamLimits = 'IAM/latest/UserGuide/reference_iam-quotas.html';
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
  'AWS::S3::Bucket': rule('BucketName', 'global', 3, 63, bucket, 'AmazonS3/latest/userguide/bucketnamingrules.html', ...bucketReserved),
  'AWS::DynamoDB::Table': rule('TableName', 'region', 3, 255, dotted, 'amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html'),
  'AWS::DynamoDB::GlobalTable': rule('TableName', 'region', 3, 255, dotted, 'amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html'),
  'AWS::ECR::Repository': rule('RepositoryName', 'region', 2, 256, repository, 'AmazonECR/latest/APIReference/API_CreateRepository.html'),
  'AWS::IAM::Role': rule('RoleName', 'account', 1, 64, iam, iamLimits),
  'AWS::IAM::User': rule('UserName', 'account', 1, 64, iam, iamLimits),
  'AWS::IAM::Group': rule('GroupName', 'account', 1, 128, iam, iamLimits),
  'AWS::IAM::ManagedPolicy': rule('ManagedPolicyName', 'account', 1, 128, iam, iamLimits),
  'AWS::IAM::InstanceProfile': rule('InstanceProfileName', 'account', 1, 128, iam, iamLimits),
  'AWS::IAM::Policy': rule('PolicyName', undefined, 1, 128, iam, iamLimits),
  'AWS::Lambda::Function': rule('FunctionName', 'region', 1, 64, plain, 'aws-resource-lambda-function'),
  'AWS::Lambda::Alias': rule('Name', undefined, 1, 128, plain, 'lambda/latest/api/API_CreateAlias.html', no(/^[0-9]+$/, 'it has digits only')),
  'AWS::Lambda::LayerVersion': rule('LayerName', undefined, 1, 140, plain, 'lambda/latest/api/API_PublishLayerVersion.html'),
  'AWS::CloudWatch::Alarm': rule('AlarmName', 'region', 1, 255, anything, 'AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html'),
  'AWS::CloudWatch::CompositeAlarm': rule('AlarmName', 'region', 1, 255, anything, 'AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html'),
  'AWS::CloudWatch::Dashboard': rule('DashboardName', 'account', 1, 255, plain, 'AmazonCloudWatch/latest/APIReference/API_PutDashboard.html'),
  'AWS::Logs::LogGroup': rule('LogGroupName', 'region', 1, 512, logGroup, 'AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html', starts('aws/')),
  'AWS::SQS::Queue': rule('QueueName', 'region', 1, 80, fifo, 'AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html'),
  'AWS::SNS::Topic': rule('TopicName', 'region', 1, 256, fifo, 'sns/latest/api/API_CreateTopic.html'),
  'AWS::StepFunctions::StateMachine': rule('StateMachineName', 'region', 1, 80, stated, 'step-functions/latest/apireference/API_CreateStateMachine.html'),
  'AWS::StepFunctions::Activity': rule('Name', 'region', 1, 80, stated, 'step-functions/latest/apireference/API_CreateActivity.html'),
  'AWS::Cognito::UserPool': rule('UserPoolName', undefined, 1, 128, spaced, 'cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html'),
  'AWS::Cognito::UserPoolClient': rule('ClientName', undefined, 1, 128, spaced, 'cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html'),
  'AWS::Cognito::UserPoolDomain': rule('Domain', 'region', 1, 63, domain, 'cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html', no(/^(?!.*\.).*(aws|amazon|cognito)/, 'it has aws, amazon or cognito in it, which AWS reserves')),
  'AWS::Cognito::IdentityPool': rule('IdentityPoolName', undefined, 1, 128, spaced, 'cognitoidentity/latest/APIReference/API_CreateIdentityPool.html'),
  'AWS::ApiGatewayV2::Api': rule('Name', undefined, 1, 128, anything, 'apigatewayv2/latest/api-reference/apis.html'),
  'AWS::Events::Rule': rule('Name', undefined, 1, 64, dotted, 'eventbridge/latest/APIReference/API_PutRule.html'),
  'AWS::Events::EventBus': rule('Name', 'region', 1, 256, slashed, 'eventbridge/latest/APIReference/API_CreateEventBus.html', no(/^default$/, 'it is default, which AWS reserves')),
  'AWS::Scheduler::Schedule': rule('Name', undefined, 1, 64, dotted, 'scheduler/latest/APIReference/API_CreateSchedule.html'),
  'AWS::KMS::Alias': rule('AliasName', 'region', 7, 256, keyAlias, 'kms/latest/APIReference/API_CreateAlias.html', starts('alias/aws/')),
  'AWS::SSM::Parameter': rule('Name', 'region', 1, 1011, slashed, 'systems-manager/latest/userguide/sysman-parameter-name-constraints.html', ...parameterReserved),
  'AWS::SecretsManager::Secret': rule('Name', 'region', 1, 512, secret, 'secretsmanager/latest/apireference/API_CreateSecret.html'),
  'AWS::CloudFormation::Stack': rule('StackName', 'region', 1, 128, stacked, 'AWSCloudFormation/latest/APIReference/API_CreateStack.html'),
  'AWS::ECS::Cluster': rule('ClusterName', 'region', 1, 255, plain, 'AmazonECS/latest/APIReference/API_CreateCluster.html'),
  'AWS::ECS::Service': rule('ServiceName', undefined, 1, 255, plain, 'AmazonECS/latest/APIReference/API_CreateService.html'),
  'AWS::ECS::TaskDefinition': rule('Family', undefined, 1, 255, plain, 'AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html'),
  'AWS::EKS::Cluster': rule('Name', 'region', 1, 100, [/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'letters, digits, hyphens and underscores, with a letter or digit first'], 'eks/latest/APIReference/API_CreateCluster.html'),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': rule('Name', 'region', 1, 32, hyphened, 'elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html', starts('internal-')),
  'AWS::ElasticLoadBalancingV2::TargetGroup': rule('Name', 'region', 1, 32, hyphened, 'elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html'),
  'AWS::RDS::DBInstance': rule('DBInstanceIdentifier', 'region', 1, 63, database, 'AmazonRDS/latest/APIReference/API_CreateDBInstance.html'),
  'AWS::RDS::DBCluster': rule('DBClusterIdentifier', 'region', 1, 63, database, 'AmazonRDS/latest/APIReference/API_CreateDBCluster.html'),
  'AWS::RDS::DBSubnetGroup': rule('DBSubnetGroupName', 'region', 1, 255, [/^[A-Za-z0-9._ -]*$/, 'letters, digits, spaces and . _ -'], 'AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html', no(/^default$/i, 'it is default, which AWS reserves')),
  'AWS::EC2::SecurityGroup': rule('GroupName', undefined, 1, 255, securityGroup, 'AWSEC2/latest/APIReference/API_CreateSecurityGroup.html', starts('sg-')),
  'AWS::Kinesis::Stream': rule('Name', 'region', 1, 128, dotted, 'kinesis/latest/APIReference/API_CreateStream.html'),
  'AWS::KinesisFirehose::DeliveryStream': rule('DeliveryStreamName', 'region', 1, 64, dotted, 'firehose/latest/APIReference/API_CreateDeliveryStream.html'),
  'AWS::SageMaker::Model': rule('ModelName', 'region', 1, 63, modelled, 'sagemaker/latest/APIReference/API_CreateModel.html'),
  'AWS::SageMaker::Endpoint': rule('EndpointName', 'region', 1, 63, modelled, 'sagemaker/latest/APIReference/API_CreateEndpoint.html'),
  'AWS::Backup::BackupVault': rule('BackupVaultName', 'region', 2, 50, plain, 'aws-backup/latest/devguide/API_CreateBackupVault.html'),
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
  const rule = ruleOf(type);
  if (!rule) return [];
  const { min, max, shape, allowed, reserved } = rule;
  const length = [...name].length;
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
