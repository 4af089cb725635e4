import type { NotRead } from '../../engine/src/answer.ts';
import type { Stack, Template } from '../../engine/src/assembly/assembly.ts';
import type { Presence } from '../../engine/src/readings.ts';
import type { StackResource } from '../../engine/src/stack-readings.ts';
import type { Invocation } from '../../engine/src/reach.ts';
import type { BootstrapOrder, DeployOrder, DestroyOrder, Progress } from '../../engine/src/stack-changes.ts';
import type { Cloud, LiveStack } from '../../engine/src/world.ts';
import type { ResourceDrift } from '../../engine/src/drift.ts';
import type { FakeCode } from './code.ts';

/** A stack of the fake AWS: what is read of it, its template, and the names of its resources by logical id. */
export interface FakeStack extends LiveStack {
  readonly template: Template;
  /** The text it was sent as, where that is no JSON. */
  readonly templateText?: string;
  readonly names: Readonly<Record<string, string>>;
}

/** What happens when a stack is deployed or deleted. Without a script it is done after a second, and nothing happens to one that is as it should be. */
export interface DeployScript {
  readonly ms?: number;
  /** What is told before the end. */
  readonly progress?: readonly Progress[];
  /** The state it ends in, when it is another one than that of a success; the stack then keeps its old template. */
  readonly endsIn?: string;
  /** The toolkit's own error. */
  readonly error?: string;
  /** What a rehearsal leaves behind. */
  readonly left?: string;
  /** Logical ids that are not steady in the end. */
  readonly unsteady?: readonly string[];
  /** Outputs that go missing. */
  readonly loses?: readonly string[];
  /** Never ends: the stack stays in progress. */
  readonly hangs?: true;
  /** Lets a test change the world at the end. */
  readonly atEnd?: () => void;
}

/** One AWS account in memory. */
export interface FakeAws {
  readonly account: string;
  /** Every call there was: region, call, what was asked. */
  readonly calls: string[];
  /** By region and name: `us-west-2 Shop`. */
  readonly stacks: Map<string, FakeStack>;
  /** Names in use, by type and name, beside those of the stacks. */
  readonly things: Map<string, Presence>;
  /** Versions of the bootstrap by region and parameter. */
  readonly bootstraps: Map<string, number>;
  /** What else is there: by reading and what it is asked, such as `resource {"identifier":"a","type":"AWS::KMS::Key"}` in canonical JSON. */
  readonly answers: Map<string, unknown>;
  /** Calls that are refused, such as `cloudformation:GetTemplate`. */
  readonly denied: Set<string>;
  /** Names of stacks that may not be described. */
  readonly undescribed: Set<string>;
  /** Calls that fail in another way than by being refused, by call. */
  readonly failing: Map<string, NotRead['why']>;
  /** How rollbacks of stacks end, by name of the stack; otherwise well. */
  readonly recoveries: Map<string, { readonly error?: string; readonly atEnd?: () => void }>;
  /** Types that Cloud Control does not know. */
  readonly unsupported: Set<string>;
  /** Calls that are never answered. */
  readonly silent: Set<string>;
  readonly scripts: Map<string, DeployScript>;
  /** Why the assets of stacks cannot be published, by name of the stack. */
  readonly unpublished: Map<string, { readonly error: string }>;
  /** Buckets and repositories that hold something, by type and name: their stack cannot delete them. */
  readonly filled: Set<string>;
  /** Stacks that were deleted, with what became of their resources, by ARN; the last one last. */
  readonly deleted: Map<string, { readonly stack: FakeStack; readonly resources: ReadonlyMap<string, StackResource> }>;
  /** The orders to deploy stacks that there were. */
  readonly deployOrders: DeployOrder[];
  /** The orders to bootstrap that there were. */
  readonly bootstrapOrders: BootstrapOrder[];
  /** What functions do with a payload, by name. */
  readonly functions: Map<string, (payload: string) => Invocation>;
  /** What a drift detection finds, by stack; after so many looks; `partly` is why it could not look at all. */
  readonly drifted: Map<string, { readonly found: readonly ResourceDrift[]; readonly polls?: number; readonly partly?: string }>;
  /** What services and functions run. */
  readonly code: FakeCode;
  /** The orders to delete stacks that there were. */
  readonly destroyOrders: DestroyOrder[];
  /** Puts a stack there, as if it had been deployed. */
  put(stack: Stack, more?: Partial<FakeStack>): void;
  /** From elsewhere everything is denied with `sts:AssumeRole`. */
  cloud(region: string, isElsewhere?: boolean): Cloud;
}
