import type { System } from '../engine/src/system.ts';
import { balancer } from './systems/balancer/system.ts';
import { cloudWeave } from './systems/cloudweave/system.ts';
import { fluxPilot } from './systems/flux-pilot/system.ts';
import { monitoring } from './systems/monitoring/system.ts';
import { spaceport } from './systems/spaceport/system.ts';

/**
 * The systems that infra brings.
 *
 * Reading them costs no CDK import: only `synthesize` of a system loads its stacks.
 */
export const systems: readonly System[] = [spaceport, monitoring, fluxPilot, balancer, cloudWeave];

/**
 * Gives the system of a name.
 *
 * @throws Error in one line that lists the names there are.
 */
export function findSystem(name: string): System {
  const system = systems.find((candidate) => candidate.name === name);
  if (!system) throw new Error(`There is no system ${JSON.stringify(name)}; there is: ${systems.map((s) => s.name).join(', ')}`);
  return system;
}
