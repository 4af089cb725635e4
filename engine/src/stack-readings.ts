import type { Answer } from './answer.ts';

/** The stack that has a resource, by its name, and under which logical id. */
export interface Owner {
  readonly stack: string;
  readonly logicalId: string;
}

/** One export of an account and region. */
export interface Export {
  /** Name of the stack that has it. */
  readonly stack: string;
  readonly value: string;
}

/** One resource of a stack. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** Empty for one that was never made. */
  readonly physicalId: string;
  /** CloudFormation's own word, such as `CREATE_COMPLETE`; `DELETE_SKIPPED` for what a deleted stack left behind. */
  readonly status: string;
}

/** One resource that the last drift detection of its stack found to be otherwise than its template says. */
export interface Drift {
  readonly logicalId: string;
  readonly status: 'MODIFIED' | 'DELETED';
  /** Paths of the properties that differ, in order; none for a deleted resource. */
  readonly properties: readonly string[];
  /** The day it was looked at, such as 2026-11-21. */
  readonly day: string;
}

/** One change set of a stack. */
export interface ChangeSet {
  readonly name: string;
  /** The day it was made, such as 2026-11-21. */
  readonly day: string;
  /** When it was made, in milliseconds since the epoch. */
  readonly createdMs: number;
}

/** What the events of a stack tell since it was last stable: since its creation, an update or a rollback came to an end. */
export interface StackHistory {
  /** Whether it ever was stable; where its events do not tell, it may have been. */
  readonly wasStable: boolean;
  /** Whether its events reach back neither to that nor to its creation: CloudFormation does not keep them for ever. */
  readonly isCut?: true;
  /** Logical ids of the resources that were made since, in order; those made in place of others too. */
  readonly created: readonly string[];
  /** Token of the request that the last event of the stack itself belongs to; one of the console begins with `Console-`. */
  readonly token?: string;
}

/** One thing that happened in a stack. */
export interface StackEvent {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly atMs: number;
}

/** What CloudFormation tells of the stacks of an account and region, beside what they are now (see `Stacks`). */
export interface StackReadings {
  /** The stack that owns a resource; undefined when none does. */
  owner(of: { readonly type: string; readonly physicalId: string }): Promise<Answer<Owner | undefined>>;
  /** The resources of a stack by logical id; of a live one by name or ARN, of a deleted one for 90 days by its ARN. */
  stackResources(of: { readonly stack: string }): Promise<Answer<ReadonlyMap<string, StackResource> | undefined>>;
  /** The ARN of the stack of a name that was deleted last, within 90 days. */
  lastDeleted(of: { readonly stack: string }): Promise<Answer<string | undefined>>;
  /** The exports by name. */
  exports(of: object): Promise<Answer<ReadonlyMap<string, Export>>>;
  /** The names of the stacks that import an export. */
  importers(of: { readonly name: string }): Promise<Answer<readonly string[]>>;
  /** The policy that protects resources of a stack from updates, as JSON text; undefined when it has none. */
  stackPolicy(of: { readonly stack: string }): Promise<Answer<string | undefined>>;
  /** What the last drift detection of a stack found; empty when there was none. */
  drifts(of: { readonly stack: string }): Promise<Answer<readonly Drift[]>>;
  /** The change sets of a stack that are not executed, in order of name. */
  changeSets(of: { readonly stack: string }): Promise<Answer<readonly ChangeSet[]>>;
  /** What happened to a stack since it was last stable; undefined when it is not there. Read back to then and no further. */
  history(of: { readonly stack: string }): Promise<Answer<StackHistory | undefined>>;
  /** What happened in a stack, by name or ARN, in time; at most the newest hundred events. */
  stackEvents(of: { readonly stack: string }): Promise<Answer<readonly StackEvent[] | undefined>>;
}
