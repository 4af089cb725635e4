import type { Stacks } from './world.ts';

/**
 * Gives stacks of which some are read at once, before anybody asks: while a system is synthesized, AWS answers.
 *
 * For one look at them, as long as nothing is written.
 */
export function readAhead(stacks: Stacks, names: readonly string[]): Stacks {
  const read = new Map(names.map((name) => [name, { live: stacks.describe(name), template: stacks.template(name) }]));
  return {
    ...stacks,
    describe: (name) => read.get(name)?.live ?? stacks.describe(name),
    template: (name) => read.get(name)?.template ?? stacks.template(name),
  };
}
