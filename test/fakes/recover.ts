import { known, unknown } from '../../engine/src/answer.ts';
import type { Recoverer, RecoveryOrder } from '../../engine/src/stack-changes.ts';
import type { Clock } from '../../engine/src/world.ts';
import type { FakeAws } from './account.ts';

/** Makes what brings stacks of a region of a fake account back: in a second, to the template that they have. */
export function createFakeRecoverer(aws: FakeAws, region: string, clock: Clock): Recoverer {
  const rollBack = async (verb: string, { id }: RecoveryOrder): Promise<{ readonly error?: string }> => {
    const [key, stack] = [...aws.stacks].find(([, s]) => s.id === id) ?? [];
    if (!key || !stack) return { error: `Stack [${id}] does not exist` };
    aws.calls.push(`${region} ${verb} ${stack.name}`);
    aws.stacks.set(key, { ...stack, status: 'UPDATE_ROLLBACK_IN_PROGRESS' });
    await clock.sleep(1_000);
    const { error, atEnd } = aws.recoveries.get(stack.name) ?? {};
    aws.stacks.set(key, { ...stack, status: error === undefined ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_FAILED' });
    atEnd?.();
    return error === undefined ? {} : { error };
  };
  return {
    continueRollback: (order) => rollBack(['continue', ...order.skip].join('-'), order),
    rollBack: (order) => rollBack('roll-back', order),
    removeChangeSets: async ({ id }, names) => {
      const call = 'cloudformation:DeleteChangeSet';
      aws.calls.push(`${region} ${call} ${names.join(' ')}`);
      return aws.denied.has(call) ? unknown({ call, resource: id, why: 'denied', message: '' }) : known(undefined);
    },
  };
}
