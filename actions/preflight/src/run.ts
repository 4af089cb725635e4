import { toCanonicalJson } from '../../../engine/src/canonical.ts';
import type { Inputs } from '../../../engine/src/inputs.ts';
import { inspect } from '../../../engine/src/inspect.ts';
import { toInspectionReport, toPlaceReport } from '../../../engine/src/report/inspection-report.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import { findTarget } from '../../../engine/src/target.ts';
import { version } from '../../../engine/src/version.ts';
import type { World } from '../../../engine/src/world.ts';
import type { table } from './inputs.ts';

/**
 * Looks at a deployment and says whether it would succeed. Reads only.
 *
 * @throws Stop when it cannot look: the caller makes the report of it.
 */
export async function run(inputs: Inputs<typeof table>, world: World): Promise<Report> {
  if (inputs.depth === 'none') return mapOnly(inputs, world);
  const inspection = await inspect(inputs, inputs.depth, world);
  const planPath = world.files.forJob(`spaceport-plan-${inspection.environment.name}.json`);
  world.files.write(planPath, `${toCanonicalJson(inspection.plan)}\n`);
  return { ...toInspectionReport('preflight', inspection), depth: inputs.depth, planPath };
}

/** Maps the branch to its environment: no assembly, no credentials. */
async function mapOnly(inputs: Inputs<typeof table>, world: World): Promise<Report> {
  const { environment, region, findings } = await findTarget(inputs, world, { withoutOrigin: true, withoutRegion: true });
  world.log.line(`🎯 ${environment.name} (${environment.because})`);
  const place = toPlaceReport(environment, environment.account, region);
  return { schema: 1, action: 'preflight', version, verdict: 'ready', depth: 'none', ...place, findings, decisions: [], stacks: [] };
}
