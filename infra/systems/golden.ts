// Rewrites the golden inventories of all systems; run it after a change that is meant, and review what it changed.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systems } from '../systems.ts';
import { goldenPath } from './golden-path.ts';
import { toInventory } from './inventory.ts';
import { synthesizeSample } from './sample.ts';

for (const system of systems) {
  await rm(dirname(goldenPath(system.name, '')), { recursive: true, force: true });
  await mkdir(dirname(goldenPath(system.name, '')), { recursive: true });
  for (const environment of Object.keys(system.environments)) {
    const { templates } = await synthesizeSample(system, environment);
    for (const [stack, template] of Object.entries(templates)) await writeFile(goldenPath(system.name, stack), toInventory(template));
  }
}
