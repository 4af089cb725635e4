import type { Answer } from './answer.ts';
import type { FunctionAlias, FunctionCode, RunningTask, ServiceCode, TaskDefinition } from './code.ts';
import type { StackReadings } from './stack-readings.ts';

/**
 * Whether a name is in use: `foreign` is in use by another account, `elsewhere` by this one in another region.
 *
 * `physicalId` is what CloudFormation calls the resource, where that is not the name.
 */
export type Presence =
  | { readonly kind: 'absent' }
  | { readonly kind: 'present'; readonly active: boolean; readonly physicalId?: string }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'elsewhere' };

/** A secret as far as it may be told: nothing of its value. */
export interface Secret {
  /** Whether it waits for its deletion: then nobody can read it. */
  readonly isDeleted: boolean;
  /** The staging labels of each version, by version id. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
}

/** What one network interface belongs to. */
export interface NetworkInterface {
  readonly id: string;
  /** The words of the service that made it; empty for most that people make. */
  readonly description: string;
  /** The instance that it is attached to. */
  readonly instance?: string;
}

/** Whether an object is in S3; `elsewhere` is a bucket of another region. */
export type ObjectPresence = 'present' | 'absent' | 'bucketless' | 'elsewhere';

/** What an engine version of RDS can be upgraded to. */
export interface UpgradeTarget {
  readonly version: string;
  readonly isMajor: boolean;
}

/** One rule of a security group; ports are -1 where the protocol has none, or for all of them. */
export interface GroupRule {
  readonly direction: 'in' | 'out';
  readonly protocol: string;
  readonly from: string;
  readonly to: string;
  /** A range of addresses, or the id of a group or prefix list. */
  readonly peer: string;
}

/** One alarm of CloudWatch. */
export interface Alarm {
  readonly name: string;
  /** Whether it goes by other alarms instead of a metric. */
  readonly isComposite?: true;
  /** CloudWatch's own word: OK, ALARM or INSUFFICIENT_DATA. */
  readonly state: string;
  /** Since when, in milliseconds since the epoch. */
  readonly sinceMs: number;
}

/** One service of ECS. */
export interface ContainerService {
  readonly name: string;
  /** ECS's own word, such as ACTIVE; MISSING for one that is not there. */
  readonly status: string;
  readonly desired: number;
  readonly running: number;
  /** The newest deployment first; `rollout` is empty where ECS does not make them itself. */
  readonly deployments: readonly { readonly status: string; readonly rollout: string; readonly reason: string; readonly failed: number }[];
}

/** One task of ECS that came to its end. */
export interface StoppedTask {
  readonly stoppedAtMs: number;
  readonly reason: string;
  readonly containers: readonly { readonly name: string; readonly image: string; readonly exitCode?: number; readonly reason: string }[];
}

/** Properties of a live resource, as Cloud Control gives them: those of its type's schema, the read-only ones included. */
export type LiveProperties = Readonly<Record<string, unknown>>;

/**
 * What is read of one account and region of AWS beside its stacks. Never writes.
 *
 * Every method takes one plain object and gives one answer, so that equal questions can be asked once (see `remember`), and
 * so that a check can ask without knowing how (see `Ask`). Pages are read to the end; what is not there is `undefined`, never
 * an error.
 */
export interface Readings extends StackReadings {
  /**
   * Whether a name of a type is in use, asked of the service that has it; of any other type `resource` tells.
   *
   * A record set is named as Cloud Control does: its name with the dot at its end, zone, type and set identifier, joined by `|`. A
   * distribution is by one of its aliases.
   */
  presence(of: { readonly type: string; readonly name: string }): Promise<Answer<Presence>>;
  /** Whether a bucket (old versions count) or an image repository is empty; undefined when it is not there. */
  isEmpty(of: { readonly type: string; readonly name: string }): Promise<Answer<boolean | undefined>>;
  /** The network interfaces of a security group, subnet or VPC, by its id. */
  networkInterfaces(of: { readonly of: string }): Promise<Answer<readonly NetworkInterface[]>>;
  /** A resource by the primary identifier of its type; parts of one that has several are joined by `|`. */
  resource(of: { readonly type: string; readonly identifier: string }): Promise<Answer<LiveProperties | undefined>>;
  /** All resources of a type; `within` gives what the type's list needs to know, such as the cluster of services. */
  resources(of: {
    readonly type: string;
    readonly within?: LiveProperties;
  }): Promise<Answer<readonly { readonly identifier: string; readonly properties: LiveProperties }[]>>;
  /** A parameter of SSM; undefined when it is not there. A secure one gives its type alone. */
  parameter(of: { readonly name: string }): Promise<Answer<{ readonly type: string; readonly value?: string } | undefined>>;
  /** The tags of a parameter of SSM; undefined when it is not there. */
  parameterTags(of: { readonly name: string }): Promise<Answer<Readonly<Record<string, string>> | undefined>>;
  /** The qualifiers of the bootstrap stacks that are there, in order. */
  qualifiers(of: object): Promise<Answer<readonly string[]>>;
  /** Whether an object is in S3; its content is not read. */
  object(of: { readonly bucket: string; readonly key: string }): Promise<Answer<ObjectPresence>>;
  /** Whether a bucket blocks policies that make it public. */
  publicPolicyBlock(of: { readonly bucket: string }): Promise<Answer<boolean>>;
  /** A secret, by its name or ARN. */
  secret(of: { readonly id: string }): Promise<Answer<Secret | undefined>>;
  /** An image of a repository, by tag or digest. */
  image(of: {
    readonly repository: string;
    readonly tag?: string;
    readonly digest?: string;
  }): Promise<Answer<{ readonly mediaType: string; readonly digest?: string } | undefined>>;
  /** The digests of the images of an index; undefined when it is not there. */
  imageMembers(of: { readonly repository: string; readonly digest: string }): Promise<Answer<readonly string[] | undefined>>;
  /** The policy of a function, as JSON text. */
  functionPolicy(of: { readonly name: string }): Promise<Answer<string | undefined>>;
  /** A certificate of ACM: its status in ACM's own word, and the names that it is for. */
  certificate(of: { readonly arn: string }): Promise<Answer<{ readonly status: string; readonly names: readonly string[] } | undefined>>;
  /** The role that API Gateway writes logs with; one for the account and region. */
  apiLogsRole(of: object): Promise<Answer<string | undefined>>;
  /** The versions of an engine that RDS offers, in its order, each with what it can be upgraded to. */
  engineVersions(of: { readonly engine: string }): Promise<Answer<ReadonlyMap<string, readonly UpgradeTarget[]>>>;
  /** The availability zones where RDS offers a class for an engine, in one version or in any; none when it does not. */
  databaseZones(of: {
    readonly engine: string;
    readonly instanceClass: string;
    readonly version?: string;
  }): Promise<Answer<readonly string[]>>;
  /** The availability zones where EC2 offers a type of instance; none when it does not. */
  instanceZones(of: { readonly instanceType: string }): Promise<Answer<readonly string[]>>;
  /** The subnets of a VPC with their IPv4 ranges. */
  subnets(of: { readonly vpc: string }): Promise<Answer<readonly { readonly id: string; readonly range: string }[]>>;
  /** The rules of a security group. */
  groupRules(of: { readonly group: string }): Promise<Answer<readonly GroupRule[]>>;
  /** Why the caller cannot assume a role, in AWS's words; undefined when it can. */
  refusal(of: { readonly role: string; readonly externalId?: string }): Promise<Answer<string | undefined>>;
  /**
   * Those of some actions on a resource that the policies of a principal certainly do not allow, by IAM's simulator.
   *
   * `service` is the one that a role would be passed to.
   */
  denied(of: {
    readonly principal: string;
    readonly actions: readonly string[];
    readonly resource: string;
    readonly service?: string;
  }): Promise<Answer<readonly string[]>>;
  /** What IAM has and may have, by IAM's own names, such as `Roles` and `RolesQuota`. */
  iamSummary(of: object): Promise<Answer<Readonly<Record<string, number>>>>;
  /** A quota of Service Quotas as it applies to the account, with AWS's own name of it. */
  quota(of: {
    readonly service: string;
    readonly code: string;
  }): Promise<Answer<{ readonly name: string; readonly value: number } | undefined>>;
  /** Whether each region of AWS is enabled in the account, by name. */
  regions(of: object): Promise<Answer<ReadonlyMap<string, boolean>>>;
  /** How many concurrent executions of Lambda no function has reserved. */
  unreservedConcurrency(of: object): Promise<Answer<number | undefined>>;
  /** The names of the resource policies of CloudWatch Logs. */
  logPolicies(of: object): Promise<Answer<readonly string[]>>;
  /** The alarms of some names, or of names with a beginning; those that are not there are missing. */
  alarms(of: { readonly names: readonly string[] } | { readonly prefix: string }): Promise<Answer<readonly Alarm[]>>;
  /** Services of a cluster, by name or ARN; undefined when the cluster is not there. */
  containerServices(of: {
    readonly cluster: string;
    readonly services: readonly string[];
  }): Promise<Answer<readonly ContainerService[] | undefined>>;
  /** The tasks of a service that stopped of late, the last one first; of a service that is gone too. */
  stoppedTasks(of: { readonly cluster: string; readonly service: string }): Promise<Answer<readonly StoppedTask[] | undefined>>;
  /** The lines that a log group got between two times, in milliseconds since the epoch; the last hundred of ten pages, in time. */
  logLines(of: { readonly group: string; readonly fromMs: number; readonly toMs: number }): Promise<Answer<readonly string[] | undefined>>;
  /** Which tasks a service of ECS is to run, and how that goes; undefined when it is not there. */
  serviceCode(of: { readonly cluster: string; readonly service: string }): Promise<Answer<ServiceCode | undefined>>;
  /** A revision of a task definition, by its ARN. */
  taskDefinition(of: { readonly arn: string }): Promise<Answer<TaskDefinition | undefined>>;
  /** The tasks of a service that run, a thousand at most. */
  runningTasks(of: { readonly cluster: string; readonly service: string }): Promise<Answer<readonly RunningTask[] | undefined>>;
  /** Which code a function has; undefined when it is not there. */
  functionCode(of: { readonly name: string }): Promise<Answer<FunctionCode | undefined>>;
  /** The aliases of a function. */
  functionAliases(of: { readonly name: string }): Promise<Answer<readonly FunctionAlias[] | undefined>>;
  /** The tags of a function, by its ARN. */
  functionTags(of: { readonly arn: string }): Promise<Answer<Readonly<Record<string, string>> | undefined>>;
  /** The log group that a function writes to; undefined when the function is not there. */
  functionLogs(of: { readonly name: string }): Promise<Answer<string | undefined>>;
}

/** What is asked in one reading, and the answer to it. */
export type Asked<K extends keyof Readings> = Parameters<Readings[K]>[0];
export type Given<K extends keyof Readings> = Awaited<ReturnType<Readings[K]>>;
