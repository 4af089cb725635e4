import type { DriftDetector } from '../../engine/src/drift.ts';
import type { FakeAws } from './account.ts';
import type { FakeAsk } from './readings.ts';

/** Makes the port: the id of a comparison is the name of its stack. */
export function createFakeDriftDetector({ drifted }: FakeAws, ask: FakeAsk): DriftDetector {
  const left = new Map<string, number>();
  return {
    start: ({ stack }) =>
      ask('cloudformation:DetectStackDrift', stack, () => {
        left.set(stack, drifted.get(stack)?.polls ?? 0);
        return stack;
      }),
    status: ({ id }) =>
      ask('cloudformation:DescribeStackDriftDetectionStatus', id, () => {
        const polls = left.get(id) ?? 0;
        left.set(id, polls - 1);
        const reason = drifted.get(id)?.partly;
        if (polls > 0) return { kind: 'running' };
        return reason === undefined ? { kind: 'done' } : { kind: 'partly', reason };
      }),
    drifted: ({ stack }) => ask('cloudformation:DescribeStackResourceDrifts', stack, () => drifted.get(stack)?.found ?? []),
  };
}
