import type { Answer } from './answer.ts';
import type { Stack, StackRoles, Template } from './assembly/assembly.ts';
import type { Surroundings } from './assembly/surroundings.ts';
import type { CodeChanges } from './code.ts';
import type { Event } from './config/event.ts';
import type { DriftDetector } from './drift.ts';
import type { Method } from './method.ts';
import type { Commands, Functions, Sites } from './reach.ts';
import type { Readings } from './readings.ts';
import type { Reviews } from './reviews.ts';
import type { System } from './system.ts';

/** Time. `sleep` ends early, without an error, when `signal` is aborted. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The log of the job. Every text is made inert: no line of it is a command to the runner. */
export interface Log {
  line(text: string): void;
  /** Details that most readers want folded away. */
  group(title: string, lines: readonly string[]): void;
  debug(text: string): void;
}

/** Files of the job; paths are absolute, or below the working directory of the job. */
export interface Files {
  /** Gives the text, or undefined when there is no such file. */
  read(path: string): string | undefined;
  /** Gives the size of a file, or of all that is in a folder; 0 for what is not there. Links are not followed. */
  bytes(path: string): number;
  /** Gives the content of a file, or undefined when there is no such file. */
  content(path: string): Uint8Array | undefined;
  /** Writes a whole file or nothing; makes its folder. @throws Stop with RT060. */
  write(path: string, text: string): void;
  /** Gives a new empty folder that goes away with the job. */
  temporary(name: string): string;
  /** Gives the path of a file that later steps of the job can read. */
  forJob(name: string): string;
  resolve(...parts: string[]): string;
}

/** The repository of the job: its checkout, and its files at other commits on GitHub. */
export interface Repository {
  /** Gives the text of a file of the checkout, by its path below the root; undefined when it is not there. */
  file(path: string): string | undefined;
  /** Gives the text of a file at a commit; undefined when the commit does not have it. */
  fileAt(commit: string, path: string): Promise<Answer<string | undefined>>;
}

/** One synth of an app by its own command. */
export interface AppOrder {
  readonly command: string;
  readonly context: Readonly<Record<string, string>>;
  /** Where the command runs; absolute. */
  readonly directory: string;
  /** Folder that receives the assembly. */
  readonly outdir: string;
  /** As whom AWS is asked for context that the app looks up; without it nothing is looked up and nothing is asked. */
  readonly lookUpAs?: Connection;
}

/** Makes assemblies of apps by running their own command. */
export interface Apps {
  /** @throws Stop with RT052 and the last lines of the app's own output. */
  synthesize(order: AppOrder): Promise<void>;
}

/** One problem that the offline CloudFormation validator sees in a template. */
export interface Violation {
  readonly stackId: string;
  readonly rule: string;
  readonly level: 'fatal' | 'error' | 'warning';
  readonly message: string;
  readonly logicalId?: string;
  readonly property?: string;
}

/** A file of rules of a team's own: CloudFormation Guard (`.guard`), CEL (`.json`) or Rego (`.rego`). */
export interface RuleFile {
  readonly name: string;
  readonly text: string;
}

/** The offline CloudFormation validator. */
export interface Validator {
  /** Starts loading, so that it is ready when `validate` is called; about a second of one core. */
  warm(): void;
  /** Gives what is wrong with the templates; unknown when the engine has no rules or does not run. */
  validate(stacks: readonly Stack[]): Promise<Answer<readonly Violation[]>>;
  /** Gives what a team's own rules have against the templates; unknown, in the engine's words, when it cannot read the rules. */
  apply(rules: readonly RuleFile[], stacks: readonly Stack[]): Promise<Answer<readonly Violation[]>>;
  stop(): Promise<void>;
}

/** A stack as it is in AWS. */
export interface LiveStack {
  /** Its ARN. */
  readonly id: string;
  readonly name: string;
  /** CloudFormation's own word, such as `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly statusReason: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, { readonly value: string; readonly exportName?: string }>>;
  readonly terminationProtection: boolean;
  /** Name of the change set that it was last changed by, or is being changed by. */
  readonly changeSet?: string;
}

/** Why a stack failed: the first resource that did, in its own words. */
export interface Cause {
  readonly logicalId: string;
  readonly type: string;
  readonly message: string;
  /** Logical ids of the nested stacks around it, the outermost first; none for a resource of the stack itself. */
  readonly within?: readonly string[];
  /** What else AWS says of it: why tasks stopped, what a handler logged. Without secrets as far as they can be told. */
  readonly details?: readonly string[];
}

/** Reads stacks of one account and region; never writes. */
export interface Stacks {
  describe(name: string): Promise<Answer<LiveStack | undefined>>;
  /** Gives the text of the template as it was sent. */
  templateText(name: string): Promise<Answer<string | undefined>>;
  /** Gives the template as it was sent, before macros. */
  template(name: string): Promise<Answer<Template | undefined>>;
}

/** Who the credentials belong to. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** The alarms that roll a deployment back. */
export interface RollbackTriggers {
  /** ARNs. */
  readonly alarms: readonly string[];
  /** How long CloudFormation watches them after the resources are done. */
  readonly monitoringMinutes: number;
  /** Where the stack goes. */
  readonly at: Surroundings;
}

/** What deploying one stack takes beside the stack itself. */
export interface DeployOrder {
  /** Folder of the whole assembly. */
  readonly assembly: string;
  readonly stack: Stack;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly changeSetName: string;
  /** Whether what failed stays as it is, instead of being rolled back. */
  readonly keepsFailed: boolean;
  readonly method: Method;
  /** Logical ids of resources that exist and belong to no stack: these, and no others, are imported into it. */
  readonly adopts: readonly string[];
  readonly triggers?: RollbackTriggers;
}

/** One thing that happened to a resource while its stack was deployed. */
export interface Progress {
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  /** What AWS calls the resource, where it has a name already. */
  readonly physicalId?: string;
  /** ARN of the stack that has the resource: the one that is deployed, or one nested in it. */
  readonly stackId?: string;
  /** When it happened, in milliseconds since the epoch. */
  readonly atMs?: number;
}

/** How a deployment ended, in the toolkit's eyes. */
export interface DeployEnd {
  readonly error?: string;
  /** Whether it ended because the session did, or AWS gave no answer: the error then says nothing of the stack. */
  readonly isLost?: boolean;
  /** Whether nothing had to be changed. */
  readonly noOp?: boolean;
  /** Logical ids of resources that were not steady yet when an express deployment ended. */
  readonly unsteady?: readonly string[];
}

/** Deploys stacks with the CDK toolkit, assets first. */
export interface Deployer {
  /** Resolves when CloudFormation is done, whatever the result; the toolkit's own error in `error`, and whether it found nothing to do. */
  deploy(order: DeployOrder, onProgress: (progress: Progress) => void): Promise<DeployEnd>;
  /**
   * Makes the change set of an order without executing it, and removes it; a stack that is there only because of it too.
   *
   * Assets are published first, as CloudFormation reads them. `left` names what could not be removed again.
   */
  rehearse(order: DeployOrder): Promise<{ readonly error?: string; readonly left?: string }>;
}

/** What bootstrapping one account and region for the CDK takes. What is left out stays as it is. */
export interface BootstrapOrder {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  readonly qualifier: string;
  /** Accounts that may deploy here. */
  readonly trust?: readonly string[];
  /** Accounts that may look up values here. */
  readonly trustForLookUp?: readonly string[];
  /** ARNs of the policies that CloudFormation works with. */
  readonly executionPolicies?: readonly string[];
  /** Whether the stack gets termination protection; otherwise it is as it is. */
  readonly protects: boolean;
}

/** Bootstraps accounts and regions for the CDK. */
export interface Bootstrapper {
  /** Gives the version of the bootstrap that this release makes. */
  version(): Promise<number>;
  /** Resolves when CloudFormation is done, whatever the result. */
  bootstrap(order: BootstrapOrder): Promise<DeployEnd>;
}

/** What deleting one stack takes. */
export interface DestroyOrder {
  /** ARN of the stack: a stack that somebody makes anew under its name meanwhile is another one. */
  readonly id: string;
  /** Whether its termination protection is turned off first. */
  readonly liftsProtection: boolean;
  readonly roles: StackRoles;
}

/** Deletes stacks. */
export interface Destroyer {
  /**
   * Resolves when CloudFormation is done, whatever the result; what was refused or could not be asked in `error`.
   *
   * A role of the bootstrap that cannot be assumed is passed over: the credentials of the job are then used as they are.
   */
  destroy(order: DestroyOrder, onProgress: (progress: Progress) => void): Promise<{ readonly error?: string }>;
}

/** What bringing one stuck stack back takes. */
export interface RecoveryOrder {
  /** ARN of the stack. */
  readonly id: string;
  readonly roles: StackRoles;
}

/** Brings stuck stacks back. As whom: see `Destroyer`. */
export interface Recoverer {
  /** Continues the rollback of an update that failed, leaving the resources of `skip`, by logical id, as they are. Resolves as `rollBack` does. */
  continueRollback(
    order: RecoveryOrder & { readonly skip: readonly string[] },
    onProgress: (progress: Progress) => void,
  ): Promise<{ readonly error?: string }>;
  /** Rolls a stack whose update failed, and was left so, back to what it was. Resolves when CloudFormation is done; what went wrong in `error`. */
  rollBack(order: RecoveryOrder, onProgress: (progress: Progress) => void): Promise<{ readonly error?: string }>;
  /** Removes change sets of a stack; those that are gone already are fine. */
  removeChangeSets(order: RecoveryOrder, names: readonly string[]): Promise<Answer<void>>;
}

/** Deletes what holds data: never on its own account, only what a stack had. */
export interface DataRemover {
  /** The resource types that can be deleted. */
  readonly types: readonly string[];
  /** Makes it so that its stack can delete a resource: empties it of all versions and images, turns off its deletion protection. */
  prepare(type: string, name: string): Promise<Answer<void>>;
  /** Deletes a resource with all that it holds, and waits until it is gone. One that is gone already is fine. */
  remove(type: string, name: string): Promise<Answer<void>>;
}

/** An object of a bucket, as promotions see it. */
export interface ArtifactObject {
  readonly key: string;
  readonly sizeBytes: number;
  /** Entity tag, with its quotes. */
  readonly etag: string;
  readonly versionId?: string;
  readonly checksum?: { readonly algorithm: 'SHA256' | 'CRC64NVME' | 'CRC32' | 'CRC32C' | 'SHA1'; readonly value: string };
}

/** A bucket, and the account that it has to belong to: S3 itself refuses every call when it belongs to another. */
export interface ArtifactBucket {
  readonly name: string;
  /** 12 digits; without it the bucket may be anybody's. */
  readonly account?: string;
}

/** Objects of artifact buckets. Copies are made by S3 itself: no bytes come through the runner. */
export interface Artifacts {
  /** Gives all keys below a prefix, over all pages, in order; without checksums. */
  list(bucket: ArtifactBucket, prefix: string): Promise<Answer<readonly ArtifactObject[]>>;
  /** Gives one object with its checksum; undefined when it is not there. */
  head(bucket: ArtifactBucket, key: string): Promise<Answer<ArtifactObject | undefined>>;
  /** Copies when the source still has `etag`; `changed` when it is gone or another. */
  copy(
    from: { readonly bucket: ArtifactBucket; readonly key: string; readonly etag: string },
    to: { readonly bucket: ArtifactBucket; readonly key: string },
  ): Promise<Answer<'copied' | 'changed'>>;
  /** Gives the text of a small object and its entity tag; undefined when it is not there. */
  read(bucket: ArtifactBucket, key: string): Promise<Answer<{ readonly text: string; readonly etag: string } | undefined>>;
  /** Writes when the object is not there (`absent`) or still has the entity tag; `conflict` when it is not so. */
  write(
    bucket: ArtifactBucket,
    key: string,
    text: string,
    only: { readonly if: 'absent' } | { readonly if: string },
  ): Promise<Answer<'written' | 'conflict'>>;
}

/** One account and region of AWS, as some credentials see it. Nothing is called before a method is. */
export interface Cloud {
  readonly region: string;
  /** @throws Stop with RT040, RT044, RT045 or RT046. */
  caller(): Promise<Caller>;
  readonly stacks: Stacks;
  readonly readings: Readings;
  readonly deployer: Deployer;
  readonly bootstrapper: Bootstrapper;
  readonly destroyer: Destroyer;
  readonly recoverer: Recoverer;
  readonly data: DataRemover;
  readonly artifacts: Artifacts;
  readonly functions: Functions;
  readonly code: CodeChanges;
  readonly drift: DriftDetector;
}

/** An account that is not that of the credentials, and the role of it that they may assume to look at it. */
export interface Elsewhere {
  /** 12 digits. */
  readonly account: string;
  /** ARN; without one nothing can be read there. */
  readonly role?: string;
  /** What the trust policy of that role asks for. */
  readonly externalId?: string;
  /** The region that is asked for the keys of the role: one that the account of the credentials certainly has. */
  readonly home: string;
}

/** Which account and region, and as whom. */
export interface Connection {
  readonly region: string;
  /** ARN of the role to assume first; by OIDC when the job has an id-token. */
  readonly role?: string;
  /** Stacks and readings are those of this account; the deployer assumes the roles of each stack by itself. */
  readonly elsewhere?: Elsewhere;
}

/** Everything outside that the actions need. Tests give one written by hand. */
export interface World {
  readonly clock: Clock;
  readonly log: Log;
  /** Takes a text out of everything that this run prints and writes from here on. */
  hide(secret: string): void;
  readonly files: Files;
  readonly event: Event;
  /** Whether an earlier step of the job left AWS credentials. */
  readonly hasCredentials: boolean;
  /** Region that the environment of the job names; an input goes before it. */
  readonly ambientRegion?: string;
  /** Who and what runs, for records: the address of the run and the person who started it. */
  readonly run: { readonly id: string; readonly attempt: string; readonly url: string; readonly actor: string; readonly sha: string };
  readonly repository: Repository;
  readonly reviews: Reviews;
  readonly systems: { readonly names: readonly string[]; find(name: string): System | undefined };
  /** Folder of the bundled Lambda handlers. */
  readonly handlers: string;
  readonly apps: Apps;
  readonly sites: Sites;
  readonly commands: Commands;
  /** When the credentials of an earlier step end, in milliseconds since the epoch, where that step said so. */
  readonly sessionEnds?: number;
  /** Says whether container images can be built here: whether Docker, or what CDK_DOCKER names in its stead, runs. */
  canBuildImages(): Promise<boolean>;
  readonly validator: Validator;
  connect(connection: Connection): Cloud;
  /** Aborted when the runner cancels the job. */
  readonly cancelled: AbortSignal;
}
