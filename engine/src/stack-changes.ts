import type { Answer } from './answer.ts';
import type { Stack, StackRoles } from './assembly/assembly.ts';
import type { Surroundings } from './assembly/surroundings.ts';
import type { Method } from './method.ts';

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
  /** Publishes the assets of a stack, those that are there already excepted, and does nothing else. */
  publish(order: Pick<DeployOrder, 'assembly' | 'stack'>): Promise<{ readonly error?: string }>;
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
