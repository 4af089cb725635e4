import { expect, test } from '@jest/globals';
import { toCanonicalJson } from '../../engine/src/canonical.ts';
import type { Code } from '../../engine/src/codes.ts';
import { toWhere } from '../../engine/src/finding.ts';
import type { Readings } from '../../engine/src/readings.ts';
import { readSampleStack, type SampleStack } from './assembly.ts';
import { judgeSample, type FactsOptions } from './facts.ts';
import type { FakeWorld } from './world.ts';

/** The stacks of a made-up assembly by their ids. */
export type Stacks = Readonly<Record<string, SampleStack>>;

/** Stacks as they were deployed before, in some state. */
export const live = (stacks: Stacks, status = 'CREATE_COMPLETE', more: object = {}): FactsOptions => ({
  before: ({ aws }: FakeWorld) =>
    Object.entries(stacks).forEach(([id, sample]) => aws.put(readSampleStack(sample, id), { status, ...more })),
});

/** What AWS answers to one reading. */
export const answers = (kind: keyof Readings, of: object, answer: unknown): FactsOptions => ({
  before: ({ aws }) => void aws.answers.set(`${kind} ${toCanonicalJson(of)}`, answer),
});

/** Calls that are refused. */
export const denies = (...calls: string[]): FactsOptions => ({ before: ({ aws }) => calls.forEach((c) => aws.denied.add(c)) });

/** Everything that is there before, together. */
export const both = (...all: FactsOptions[]): FactsOptions => ({ before: (made) => all.forEach((o) => o.before?.(made)) });

/** One deployment that a check judges. */
export interface CheckCase {
  readonly code: Code;
  readonly name: string;
  readonly stacks: Stacks;
  readonly options?: FactsOptions;
  /** What is told under the code, `where: message`; nothing for a near miss. What other checks tell of the made-up stacks is theirs. */
  readonly told?: readonly (string | RegExp)[];
}

/** Tests every case, and that each of the codes has one that produces it and a near miss that does not. */
export function testCases(codes: readonly Code[], cases: readonly CheckCase[]): void {
  const producing = cases.filter((c) => c.told);
  const missing = cases.filter((c) => !c.told);

  test.each(producing.map((c) => [`${c.code}: ${c.name}`, c] as const))(
    '%s is told',
    async (_name, { code, stacks, options, told = [] }) => {
      const { findings } = await judgeSample(stacks, options);
      expect(findings.filter((f) => f.code === code).map((f) => `${toWhere(f.place)}: ${f.message}`)).toEqual(
        told.map((t) => (typeof t === 'string' ? t : expect.stringMatching(t))),
      );
    },
  );

  test.each(missing.map((c) => [`${c.code}: ${c.name}`, c] as const))('%s is a near miss', async (_name, { code, stacks, options }) => {
    const { findings } = await judgeSample(stacks, options);
    expect(findings.filter((f) => f.code === code)).toEqual([]);
  });

  test.each(codes)('%s has a case that produces it and one that does not', (code) => {
    expect(producing.map((c) => c.code)).toContain(code);
    expect(missing.map((c) => c.code)).toContain(code);
  });
}
