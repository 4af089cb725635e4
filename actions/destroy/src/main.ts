import { perform } from '../../../engine/src/host/perform.ts';
import type { Synthesis } from '../../../engine/src/host/synthesis.ts';
import { table, toOutputs } from './inputs.ts';
import { run } from './run.ts';

/** Runs the action as the runner asks for it; `bundle` is the folder of the bundle, `synthesis` where systems are synthesized. */
export async function main(bundle: string, synthesis: Synthesis): Promise<void> {
  const { systems } = await import('../../../infra/systems.ts');
  await perform({ table, run, toOutputs }, { systems, bundle, synthesis });
}
