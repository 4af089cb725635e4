import type { StackFacts } from '../../../../engine/src/facts.ts';
import type { Finding } from '../../../../engine/src/finding.ts';
import type { StackOutcome, StackResult } from '../../../../engine/src/report/report.ts';
import type { LiveStack } from '../../../../engine/src/world.ts';

/** How the work on one stack ended, and what is wrong with it. */
export interface Ended {
  readonly facts: StackFacts;
  readonly result: StackResult;
  readonly findings: readonly Finding[];
}

export const isGoodOutcome = ({ kind }: StackOutcome): boolean => kind === 'deployed' || kind === 'unchanged';

/** Gives the result of a stack that took no time. */
export const toResult = (facts: StackFacts, outcome: StackOutcome, outputs: StackResult['outputs'] = {}): StackResult => ({
  name: facts.stack.name,
  region: facts.at.region,
  outcome,
  startSeconds: 0,
  seconds: 0,
  outputs,
});

export const toOutputs = (live: LiveStack): StackResult['outputs'] =>
  Object.fromEntries(Object.entries(live.outputs).map(([key, { value }]) => [key, value]));

/** Gives milliseconds as seconds, to a tenth. */
export const toSeconds = (ms: number): number => Math.round(ms / 100) / 10;
