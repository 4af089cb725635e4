import { toSentence } from '../../../../engine/src/answer.ts';
import { askNothing } from '../../../../engine/src/checks/ask.ts';
import { destructive } from '../../../../engine/src/checks/destructive.ts';
import { toPlace } from '../../../../engine/src/checks/check.ts';
import { suppress } from '../../../../engine/src/checks/suppress.ts';
import { withStacks, type Facts, type StackFacts } from '../../../../engine/src/facts.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { Inspection } from '../../../../engine/src/inspect.ts';
import { lookAgain } from '../../../../engine/src/look-again.ts';
import { comparePlans } from '../../../../engine/src/plan/compare.ts';
import { makePlan } from '../../../../engine/src/plan/make-plan.ts';
import { toNodes } from '../../../../engine/src/plan/plan-tree.ts';
import type { Cloud, World } from '../../../../engine/src/world.ts';
import { judgeUnapproved } from './hold-to-review.ts';

/** Gives what stands against deploying a stack that was brought back; none where it may be deployed. */
export type Recheck = (facts: StackFacts, cloud: Cloud) => Promise<readonly Finding[]>;

/**
 * Makes what judges stacks again once their rollback is done.
 *
 * Which template CloudFormation gives of a stack whose update failed is not documented, the former or the failed one. What the deployment
 * removes, and whether that was allowed and reviewed, is only sure of the stack that it is made to.
 */
export function createRecheck(
  { facts: all, environment, suppressions }: Inspection,
  planDigest: string | undefined,
  world: World,
): Recheck {
  return async (before, cloud) => {
    const facts = await lookAgain(before, cloud, all.recovery);
    const [because] = facts.unread;
    if (because)
      return [finding('DP121', `${facts.stack.name}: what its rollback left cannot be read: ${toSentence(because)}`, toPlace(facts.stack))];
    const only = withStacks(all, [facts]);
    const today = new Date(world.clock.now()).toISOString().slice(0, 10);
    const lost = suppress(destructive.judge(only, askNothing), suppressions, today, []);
    const unreviewed =
      planDigest === undefined ? judgeUnapproved({ environment, plan: makePlan(only), facts: only }) : judgeOther(before, only);
    return [...lost, ...unreviewed].filter((f) => f.severity === 'error');
  };
}

/** A plan that was held to its review, and does otherwise by now, was not reviewed; one that does less of it, or nothing any more, was. */
function judgeOther(before: StackFacts, now: Facts): readonly Finding[] {
  const plan = makePlan(withStacks(now, [before]));
  const nodes = toNodes(plan).filter((n) => n.touched);
  if (comparePlans({ nodes, plan }, makePlan(now), new Set()).length === 0) return [];
  const { stack } = before;
  return [finding('DP101', `${stack.name} changes otherwise than was reviewed, now that its rollback is done.`, toPlace(stack))];
}
