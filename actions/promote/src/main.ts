import { perform } from '../../../engine/src/host/perform.ts';
import { table, toOutputs } from './inputs.ts';
import { run } from './run.ts';

/** Performs the promote action under the runner. `bundle` is the folder of the built action. */
export async function main(bundle: string): Promise<void> {
  await perform({ table, run, toOutputs }, { systems: [], bundle });
}
