import { perform } from '../../../engine/src/host/perform.ts';
import { table, toOutputs } from './inputs.ts';
import { run } from './run.ts';

/** Runs the action as the runner asks for it; `bundle` is the folder of the bundle. */
export async function main(bundle: string): Promise<void> {
  const { systems } = await import('../../../infra/systems.ts');
  await perform({ table, run, toOutputs }, { systems, bundle });
}
