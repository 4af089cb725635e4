import type { Stack } from '../../../../engine/src/assembly/assembly.ts';
import { mark } from '../../../../engine/src/report/redact.ts';
import type { StackResult } from '../../../../engine/src/report/report.ts';
import { isHideable, isSecretOutput } from '../../../../engine/src/secrets.ts';
import type { World } from '../../../../engine/src/world.ts';

/** A stack that has outputs. */
interface Deployed {
  readonly stack: Stack;
}

/**
 * Takes outputs that are made of parameters without echo out of all that the run prints and writes from here on: their values are known only now.
 *
 * `stacks` are those of the results, in their order.
 */
export function maskOutputs(results: readonly StackResult[], stacks: readonly Deployed[], { hide }: World): void {
  const values = results.flatMap(({ outputs }, i) =>
    Object.entries(outputs).flatMap(([key, value]) => (isSecret(stacks[i], key) ? [value] : [])),
  );
  new Set(values.filter(isHideable)).forEach(hide);
}

/** Gives results without the values of such outputs, which verifications may have needed until now. */
export const hideOutputs = (results: readonly StackResult[], stacks: readonly Deployed[]): readonly StackResult[] =>
  results.map((result, i) => ({
    ...result,
    outputs: Object.fromEntries(Object.entries(result.outputs).map(([key, value]) => [key, isSecret(stacks[i], key) ? mark : value])),
  }));

const isSecret = (of: Deployed | undefined, key: string): boolean => of !== undefined && isSecretOutput(of.stack.template, key);
