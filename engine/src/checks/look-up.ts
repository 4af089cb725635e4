import { isOpen, toText } from '../assembly/evaluate.ts';
import { toPartition, toUrlSuffix, type Surroundings } from '../assembly/surroundings.ts';
import { nameProperty } from '../names.ts';
import { ownNames } from '../own-names.ts';

type Properties = Readonly<Record<string, unknown>>;

/** How AWS is asked whether a name is taken. */
export type LookUp =
  | { readonly by: 'presence'; readonly type: string; readonly name: string }
  /** The physical id is `physicalId`, or what `property` of the answer holds, where it is another one than the identifier. */
  | {
      readonly by: 'resource';
      readonly type: string;
      readonly identifier: string;
      readonly property?: string;
      readonly physicalId?: string;
    }
  /** `isIt` tells by the identifiers of all that are there. */
  | { readonly by: 'resources'; readonly type: string; readonly within?: Properties; readonly isIt: (identifier: string) => boolean };

/** A resource whose name its template fixes, and how to look that up; `open` when the name is not known before the deployment. */
export type Wanted = { readonly name: string; readonly lookUp: LookUp } | 'open';

/** Where a resource goes, and what ARNs of there begin with. */
interface Place extends Surroundings {
  readonly partition: string;
  /** The beginning of the ARN of a service's resources. */
  readonly arn: (service: string) => string;
}

/** One type: the property that names its resources, and how such a name is looked up. */
interface Row {
  readonly property: string;
  readonly toLookUp: (type: string, name: string, at: Place, properties: Properties) => LookUp;
}

/** Known to the service, which tells more than that it is there. Types that share their names are asked `as` one. */
const asked = (property: string, as?: string): Row => ({
  property,
  toLookUp: (type, name) => ({ by: 'presence', type: as ?? type, name }),
});

/** Known to Cloud Control by an ARN or URL that is made of the name; `id` is the property that holds it. */
const made = (property: string, id: string, make: (name: string, at: Place, properties: Properties) => string, as?: string): Row => ({
  property,
  toLookUp: (type, name, at, properties) => ({ by: 'resource', type: as ?? type, identifier: make(name, at, properties), property: id }),
});

/** Known by an identifier that AWS makes up around the name, so that one list answers for all; `parent` is what it has to be told. */
const listed = (toName: (identifier: string) => string | undefined, parent?: string): Row => ({
  property: 'Name',
  toLookUp: (type, name, _, properties) => ({
    by: 'resources',
    type,
    ...(parent ? { within: { [parent]: properties[parent] } } : {}),
    isIt: (identifier) => toName(identifier) === name,
  }),
});

/** Known to Cloud Control by the name itself. */
const literal = (property: string): Row => ({ property, toLookUp: (type, identifier) => ({ by: 'resource', type, identifier }) });

const provider = made(
  'Url',
  'Arn',
  (url, { partition, account }) => `arn:${partition}:iam::${account}:oidc-provider/${url.replace(/^https:\/\//, '')}`,
  'AWS::IAM::OIDCProvider',
);
const inArn = (kind: string) => listed((arn) => new RegExp(`:${kind}/([^/]+)/`).exec(arn)?.[1]);
const firewall = listed((identifier) => identifier.split('|')[0], 'Scope');

/** @source the section "Return values" and the primary identifier of each type in the CloudFormation template reference */
const rows: Readonly<Record<string, Row>> = {
  'AWS::S3::Bucket': asked('BucketName'),
  'AWS::DynamoDB::Table': asked('TableName'),
  'AWS::DynamoDB::GlobalTable': asked('TableName', 'AWS::DynamoDB::Table'),
  'AWS::ECR::Repository': asked('RepositoryName'),
  'AWS::IAM::Role': asked('RoleName'),
  'AWS::Lambda::Function': asked('FunctionName'),
  'AWS::SecretsManager::Secret': asked('Name'),
  'AWS::Cognito::UserPoolDomain': asked('Domain'),
  'AWS::IAM::OIDCProvider': provider,
  'Custom::AWSCDKOpenIdConnectProvider': provider,
  'AWS::IAM::ManagedPolicy': made('ManagedPolicyName', 'PolicyArn', (name, { partition, account }, { Path }) => {
    return `arn:${partition}:iam::${account}:policy${toText(Path) ?? '/'}${name}`;
  }),
  'AWS::SNS::Topic': made('TopicName', 'TopicArn', (name, { arn }) => `${arn('sns')}:${name}`),
  'AWS::SQS::Queue': made('QueueName', 'QueueUrl', (name, { region, account }) => {
    return `https://sqs.${region}.${toUrlSuffix(region)}/${account}/${name}`;
  }),
  'AWS::Events::Rule': {
    property: 'Name',
    toLookUp: (type, name, { arn }, { EventBusName }) => {
      const bus = (toText(EventBusName) ?? 'default').split('/').at(-1) ?? '';
      const path = bus === 'default' ? [name] : [bus, name];
      return { by: 'resource', type, identifier: `${arn('events')}:rule/${path.join('/')}`, physicalId: path.join('|') };
    },
  },
  'AWS::StepFunctions::StateMachine': made('StateMachineName', 'Arn', (name, { arn }) => `${arn('states')}:stateMachine:${name}`),
  'AWS::StepFunctions::Activity': made('Name', 'Arn', (name, { arn }) => `${arn('states')}:activity:${name}`),
  'AWS::Batch::JobQueue': made('JobQueueName', 'JobQueueArn', (name, { arn }) => `${arn('batch')}:job-queue/${name}`),
  'AWS::Batch::ComputeEnvironment': made('ComputeEnvironmentName', 'ComputeEnvironmentArn', (name, { arn }) => {
    return `${arn('batch')}:compute-environment/${name}`;
  }),
  'AWS::CloudFront::Function': made('Name', 'FunctionARN', (name, { partition, account }) => {
    return `arn:${partition}:cloudfront::${account}:function/${name}`;
  }),
  'AWS::ElasticLoadBalancingV2::TargetGroup': inArn('targetgroup'),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': inArn('loadbalancer/[a-z]+'),
  'AWS::WAFv2::WebACL': firewall,
  'AWS::WAFv2::IPSet': firewall,
  'AWS::WAFv2::RegexPatternSet': firewall,
  'AWS::WAFv2::RuleGroup': firewall,
};

const rowOf = (type: string): Row | undefined => {
  const property = ownNames[type];
  return Object.hasOwn(rows, type) ? rows[type] : property && Object.hasOwn(ownNames, type) ? literal(property) : undefined;
};

/** Gives the property that names a resource of a type that can collide with another one; undefined for those that cannot. */
export const toNaming = (type: string): string | undefined => rowOf(type)?.property;

/** Gives how the name of a resource is looked up; undefined when AWS makes the name, or names of the type cannot collide. */
export function toWanted(type: string, properties: Properties, at: Surroundings): Wanted | undefined {
  const row = rowOf(type);
  const value = row ? properties[row.property] : undefined;
  if (!row || value === undefined) return undefined;
  const name = toText(value);
  if (name === undefined || name.includes('{{resolve:') || ['EventBusName', 'Path', 'Scope'].some((p) => isOpen(properties[p])))
    return 'open';
  const partition = toPartition(at.region);
  const place = { ...at, partition, arn: (service: string) => `arn:${partition}:${service}:${at.region}:${at.account}` };
  return { name, lookUp: row.toLookUp(type, name, place, properties) };
}

/** A resource in AWS. */
interface There {
  readonly type: string;
  readonly physicalId: string;
}

/** Types with names that two resources may have, or the versions of one. */
const sharing: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::Cognito::IdentityPool',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::ECS::TaskDefinition',
  'AWS::Lambda::LayerVersion',
]);

/**
 * Says whether a resource in AWS has the name that a template gives one of its own, by its physical id; undefined where it surely has not.
 *
 * The physical id is the name, or an ARN or URL that is made of it. One of which it tells nothing, and a name that only the deployment
 * knows, are `not known`.
 */
export function judgeCollision(
  { type, physicalId }: There,
  { type: wantedType, properties }: { readonly type: string; readonly properties: Properties },
  at: Surroundings,
): 'taken' | 'not known' | undefined {
  if (type !== wantedType || sharing.has(type)) return undefined;
  const wanted = toWanted(type, properties, at);
  if (wanted === 'open') return 'not known';
  if (wanted) return hasName(physicalId, wanted.name, wanted.lookUp) ? 'taken' : undefined;
  if (Object.values(properties).includes(physicalId)) return 'taken';
  const naming = rowOf(type) ? [] : [nameProperty(type) ?? '', 'Name', `${type.split('::').at(-1)}Name`];
  return naming.some((property) => properties[property] !== undefined) ? 'not known' : undefined;
}

function hasName(physicalId: string, name: string, lookUp: LookUp): boolean {
  if (lookUp.by === 'resources') return lookUp.isIt(physicalId);
  if (lookUp.by === 'resource' && lookUp.physicalId !== undefined) return lookUp.physicalId === physicalId;
  if (physicalId === name || !/^(arn|https?):/.test(physicalId)) return physicalId === name;
  if (lookUp.type === 'AWS::SecretsManager::Secret') return physicalId.replace(/-[A-Za-z0-9]{6}$/, '').endsWith(`:secret:${name}`);
  return physicalId.endsWith(`:${name}`) || physicalId.endsWith(`/${name}`);
}
