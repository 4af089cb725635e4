import { toCanonicalJson } from '../../../engine/src/canonical.ts';
import type { Inputs } from '../../../engine/src/inputs.ts';
import { toWaves } from '../../../engine/src/config/waves.ts';
import { finding, Stop } from '../../../engine/src/finding.ts';
import { inspect } from '../../../engine/src/inspect.ts';
import { inspectDrift } from '../../../engine/src/inspect-drift.ts';
import { toInspectionReport, toPlaceReport } from '../../../engine/src/report/inspection-report.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import { findEnvironments, findTarget } from '../../../engine/src/target.ts';
import { version } from '../../../engine/src/version.ts';
import type { World } from '../../../engine/src/world.ts';
import type { table } from './inputs.ts';

/**
 * Looks at a deployment and says whether it would succeed. Reads only.
 *
 * @throws Stop when it cannot look: the caller makes the report of it.
 */
export async function run(inputs: Inputs<typeof table>, world: World): Promise<Report> {
  if (inputs.depth === 'none') return inputs.environments.length ? listOnly(inputs, world) : mapOnly(inputs, world);
  if (inputs.environments.length)
    throw new Stop(finding('RT014', '`environments` is for depth none: a deployment is looked at in each by itself.'));
  if (inputs.depth === 'drift') return inspectDrift(inputs, world);
  world.validator.warm(); // it takes longer than all else together
  const inspection = await inspect(inputs, inputs.depth, world);
  const planPath = world.files.forJob(`spaceport-plan-${inspection.environment.name}.json`);
  world.files.write(planPath, `${toCanonicalJson(inspection.plan)}\n`);
  const waves = toWaves([inspection.environment], inspection.region);
  return { ...toInspectionReport('preflight', inspection), depth: inputs.depth, planPath, waves };
}

/** Lists the environments of a deployment of many: no assembly, no credentials. */
async function listOnly(inputs: Inputs<typeof table>, world: World): Promise<Report> {
  const { environments, findings } = await findEnvironments(inputs, inputs.environments, world);
  const waves = toWaves(environments, inputs.region ?? world.ambientRegion);
  for (const [i, wave] of waves.entries())
    world.log.line(`🌊 Wave ${i + 1}: ${wave.map((e) => `${e.environment} in ${e.region || 'the region of its credentials'}`).join(', ')}`);
  return { schema: 1, action: 'preflight', version, verdict: 'ready', depth: 'none', waves, findings, decisions: [], stacks: [] };
}

/** Maps the branch to its environment: no assembly, no credentials. */
async function mapOnly(inputs: Inputs<typeof table>, world: World): Promise<Report> {
  const { environment, region, findings } = await findTarget(inputs, world, { withoutOrigin: true, withoutRegion: true });
  world.log.line(`🎯 ${environment.name} (${environment.because})`);
  const place = toPlaceReport(environment, environment.account, region);
  const waves = toWaves([environment], region);
  return { schema: 1, action: 'preflight', version, verdict: 'ready', depth: 'none', ...place, waves, findings, decisions: [], stacks: [] };
}
