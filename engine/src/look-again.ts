import { withImports } from './adoption.ts';
import { compareAll, readLive, type StackFacts } from './facts.ts';
import type { RecoverySettings } from './recovery.ts';
import type { Cloud } from './world.ts';

/** Gives the facts of a stack as it is by now: its state, its template, and what changes between that and what is wanted. */
export async function lookAgain({ adopts, ...facts }: StackFacts, cloud: Cloud, recovery: RecoverySettings): Promise<StackFacts> {
  const { stack, at, tags, parameters } = facts;
  const read = await readLive({ stack, at, tags, parameters }, cloud, recovery);
  const [again] = await compareAll([read]);
  return withImports(again ?? { ...facts, adopts }, adopts);
}
