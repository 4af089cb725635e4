import type { Artifacts } from './artifacts.ts';
import type { Deployer, Bootstrapper, Destroyer, Recoverer, DataRemover } from './stack-changes.ts';
import type { Answer } from './answer.ts';
import type { Template } from './assembly/assembly.ts';
import type { CodeChanges } from './code.ts';
import type { Event } from './config/event.ts';
import type { DriftDetector } from './drift.ts';
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
  /** @throws Stop with RT052, with the last lines of the app's own output beside it. */
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

/** A template as the validator is given it, with what is known of its place. */
export interface Validated {
  /** That of its stack. */
  readonly id: string;
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  readonly template: Template;
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
  validate(templates: readonly Validated[]): Promise<Answer<readonly Violation[]>>;
  /** Gives what a team's own rules have against the templates; unknown, in the engine's words, when it cannot read the rules. */
  apply(rules: readonly RuleFile[], templates: readonly Validated[]): Promise<Answer<readonly Violation[]>>;
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
  /** What the parameters came to that stand for values of SSM: `parameters` has the names of those. */
  readonly resolved?: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, { readonly value: string; readonly exportName?: string }>>;
  readonly terminationProtection: boolean;
  /** The alarms that its last deployment was rolled back on, by ARN, which CloudFormation keeps for the next one. */
  readonly rollback?: { readonly alarms: readonly string[]; readonly monitoringMinutes: number };
  /** ARNs of the topics that are told of its events, in order; not there where there are none. */
  readonly notificationArns?: readonly string[];
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
