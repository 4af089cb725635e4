import { toPrerequisites } from './assembly/order.ts';
import type { StackFacts } from './facts.ts';
import { judgeChange, toSsmParameters, type ChangeQuestion, type StackChange } from './plan/change.ts';
import type { Cloud } from './world.ts';

/** Gives what a deployment does to a stack. The values of SSM that its parameters stand for are read where nothing else makes it one that changes. */
export async function judgeWithSsm(question: ChangeQuestion, { readings }: Pick<Cloud, 'readings'>): Promise<StackChange> {
  const change = judgeChange(question);
  const names = toSsmParameters(question.stack.template);
  if (change.action !== 'unchanged' || names.length === 0) return change;
  const values = await Promise.all(
    names.map(async (key): Promise<readonly (readonly [string, string])[]> => {
      const found = await readings.parameter({ name: question.parameters[key] ?? question.live?.parameters[key] ?? '' });
      return found.kind === 'known' && found.value?.value !== undefined ? [[key, found.value.value]] : [];
    }),
  );
  return judgeChange({ ...question, ssm: Object.fromEntries(values.flat()) });
}

type Judged = Pick<StackFacts, 'stack' | 'change' | 'scope' | 'named'>;

/**
 * Gives stacks, in the order of deployment, so that those change, too, whose values of SSM may change with the run: with a stack that comes
 * before, or with one that makes the parameter.
 */
export function withFed<S extends Judged>(stacks: readonly S[]): readonly S[] {
  const all = stacks.map((s) => s.stack);
  const result = [...stacks];
  for (const [i, s] of stacks.entries()) {
    const names = new Set(toSsmParameters(s.stack.template).map((key) => s.scope.parameters[key]));
    if (names.size === 0 || s.change.action !== 'unchanged') continue;
    const before = toPrerequisites(all, s.stack.dependencies);
    const feeds = ({ stack, change, named }: Judged) =>
      change.action !== 'unchanged' && (before.has(stack.id) || named.some((n) => n.type === 'AWS::SSM::Parameter' && names.has(n.name)));
    if (result.some(feeds)) result[i] = { ...s, change: { action: 'update', because: 'parameters perhaps changed' } };
  }
  return result;
}
