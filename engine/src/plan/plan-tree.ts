import { toCanonicalJson, toSha256 } from '../canonical.ts';
import { toShortDigest } from './essential.ts';
import type { Plan, PlannedStack, StackAction } from './plan.ts';

/** What stands beside the template of a stack; each of these parts has a digest. */
export type PartName = 'parameters' | 'tags' | 'settings' | 'assets' | 'decisions' | 'alarms';

/** One stack of a plan as digests: those of its parts, and one for each thing that changes in its template. */
export interface StackNode {
  /** Account, region and name. */
  readonly id: string;
  readonly name: string;
  /** `recover` counts as `create`: it is one, once an empty shell is gone. */
  readonly action: Exclude<StackAction, 'recover'>;
  /** Digest of all below, which the digest of the plan is made of. */
  readonly digest: string;
  /** Digest of what the stack comes to: template, parameters, tags, settings. Not part of `digest`. */
  readonly target: string;
  /** Names of the touched stacks that come before. */
  readonly after: readonly string[];
  /** `alarms` where any are watched. */
  readonly parts: Readonly<Record<Exclude<PartName, 'alarms'>, string>> & { readonly alarms?: string | undefined };
  /** By section and name, such as `Resources/Queue`. */
  readonly leaves: Readonly<Record<string, string>>;
}

/** Gives the stacks of a plan as digests, in the order of the plan; untouched ones are not part of its digest. */
export function toNodes(plan: Plan): readonly (StackNode & { readonly touched: boolean })[] {
  const touched = new Set(plan.stacks.filter((s) => s.touched).map((s) => s.name));
  return plan.stacks.map((stack) => toNode(stack, plan, touched));
}

/** Gives the id of a stack: account, region and name. */
export const toStackId = ({ account, region, name }: Pick<PlannedStack, 'account' | 'region' | 'name'>): string =>
  `${account}/${region}/${name}`;

/**
 * Gives the digest of a plan: a SHA-256 over the digests of the stacks that it touches, whatever their order.
 *
 * Equal changes on equal live state give equal digests. What a plan does not touch, and what the CDK writes about itself, is not in it.
 */
export const toPlanDigest = (plan: Plan): string =>
  toRootDigest(
    plan.environment,
    toNodes(plan).filter((n) => n.touched),
  );

/** Gives the digest of a plan from those of its touched stacks. */
export const toRootDigest = (environment: string, nodes: readonly Pick<StackNode, 'id' | 'digest'>[]): string =>
  toSha256(toCanonicalJson({ environment, stacks: Object.fromEntries(nodes.map((n) => [n.id, n.digest])) }));

/** Gives the digest of a stack from what it is made of. */
export const toStackDigest = ({ id, action, after, parts, leaves }: Omit<StackNode, 'digest' | 'target' | 'name'>): string =>
  toShortDigest({ id, action, after, parts, leaves });

function toNode(stack: PlannedStack, { decisions }: Plan, touched: ReadonlySet<string>): StackNode & { readonly touched: boolean } {
  const { name, template, parameters, tags, role, notificationArns, assets } = stack;
  const settings = { protected: stack.protected, role, notificationArns };
  const actions = new Map(stack.resources.map((r) => [`Resources/${r.logicalId}`, r.action]));
  const node = {
    id: toStackId(stack),
    action: stack.action === 'recover' ? ('create' as const) : stack.action,
    after: stack.after.filter((a) => touched.has(a)),
    parts: {
      parameters: toShortDigest(parameters),
      tags: toShortDigest(tags),
      settings: toShortDigest(settings),
      assets: toShortDigest(assets),
      decisions: toShortDigest(decisions.filter((d) => d.stack === name)),
      ...(stack.watched ? { alarms: toShortDigest(stack.watched) } : {}),
    },
    leaves: Object.fromEntries(Object.entries(stack.delta).map(([at, d]) => [at, toShortDigest([d, actions.get(at) ?? ''])])),
  };
  const target = toShortDigest({ template, parameters, tags, settings });
  return { ...node, name, digest: toStackDigest(node), target, touched: stack.touched };
}
