import { perform } from '../../../engine/src/host/perform.ts';
import type { Synthesis } from '../../../engine/src/host/synthesis.ts';
import { table, toOutputs } from './inputs.ts';
import { run } from './run.ts';

/** Performs the promote action under the runner. `bundle` is the folder of the bundle, `synthesis` where systems are synthesized. */
export async function main(bundle: string, synthesis: Synthesis): Promise<void> {
  await perform({ table, run, toOutputs }, { systems: [], bundle, synthesis });
}
