import { existsSync } from 'node:fs';
import { finding, orderFindings, Stop, toFindings, type Finding } from '../finding.ts';
import { createLog, mask, publish, readInputs } from '../github/publish.ts';
import { parseInputs, type ActionTable, type Inputs } from '../inputs.ts';
import { isFailing, toFailureReason, type Report } from '../report/report.ts';
import { version } from '../version.ts';
import type { World } from '../world.ts';
import { createWorld, type Surrounding } from './world.ts';

/** The inputs that every action has, as far as performing one needs them. */
interface CommonInputs {
  readonly report?: string | undefined;
  readonly failOn: 'error' | 'warning' | 'never';
  readonly githubToken?: string | undefined;
  readonly workingDirectory: string;
}

/** One action: its table, what it does, and the outputs that its report gives. */
export interface Action<T extends ActionTable> {
  readonly table: T;
  readonly run: (inputs: Inputs<T>, world: World) => Promise<Report>;
  readonly toOutputs: (report: Report) => Readonly<Record<keyof T['outputs'] & string, string>>;
}

/**
 * Performs an action under the runner: inputs in, run, report out, exit code.
 *
 * The report is published whatever happened; only then the exit code is set: 1 for errors (or warnings) as `fail-on` says.
 * A cancelled run gets its report out and exits with 1, however many requests are still under way.
 */
export async function perform<const T extends ActionTable>(action: Action<T>, surrounding: Surrounding): Promise<void> {
  const { values, problems } = parseInputs(action.table, readInputs(process.env));
  const common = values as unknown as CommonInputs;
  if (common.githubToken) mask(common.githubToken);
  const world = createWorld(common, surrounding, createLog());
  const unusable = [...problems, ...judgePaths(common, world)];
  const running = unusable.length ? Promise.reject(new Stop(unusable)) : action.run(values, world);
  const ran = await Promise.race([running, afterCancellation(world)]).catch((thrown: unknown) => {
    world.log.debug(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
    if (thrown instanceof Error && thrown.cause) world.log.debug(String(thrown.cause));
    return toFailedReport(action.table.name, thrown);
  });
  await world.validator.stop();
  const report = writeReport(ran, common.report, world);
  await publish(report, action.toOutputs(report), process.env['GITHUB_WORKSPACE'] ?? process.cwd());
  world.log.line(toLastLine(report));
  process.exitCode = isFailed(report, common.failOn ?? 'error') ? 1 : 0;
  if (world.cancelled.aborted) process.exit(1);
}

/** Gives what is wrong with the paths that every action has, before anything is done that would be lost. */
function judgePaths({ workingDirectory, report }: CommonInputs, { files }: World): readonly Finding[] {
  if (!existsSync(files.resolve('.')))
    return [finding('RT010', `\`working-directory\` is "${workingDirectory}": there is no such folder.`)];
  if (!report) return [];
  try {
    files.write(report, '{}\n');
    return [];
  } catch (thrown) {
    return toFindings(thrown);
  }
}

/** Writes the report file. One that cannot be written any more takes nothing away from what the run has to say. */
function writeReport(report: Report, path: string | undefined, world: World): Report {
  if (!path) return report;
  try {
    world.files.write(path, `${JSON.stringify(report, null, 2)}\n`);
    return report;
  } catch (thrown) {
    return { ...report, findings: orderFindings([...report.findings, ...toFindings(thrown)]) };
  }
}

/** Gives the report of a run that ended before it had one. */
export function toFailedReport(action: string, thrown: unknown): Report {
  const findings = orderFindings(toFindings(thrown));
  const failureReason = toFailureReason(findings) ?? 'unexpected';
  return { schema: 1, action, version, verdict: 'failed', failureReason, findings, decisions: [], stacks: [] };
}

function isFailed(report: Report, failOn: CommonInputs['failOn']): boolean {
  if (failOn === 'never') return false;
  return isFailing(report.findings, failOn) || ['failed', 'rolled-back', 'blocked'].includes(report.verdict);
}

function toLastLine(report: Report): string {
  const good = !['failed', 'rolled-back', 'blocked'].includes(report.verdict);
  return `${good ? '✅' : '❌'} ${report.action}: ${report.verdict}${report.failureReason ? ` (${report.failureReason})` : ''}`;
}

/** How long a cancelled run may take to say what is still running, before its report is written without it. */
const graceMs = 4_000;

/** Never resolves; throws a while after the runner cancels, for what does not come to an end by itself. */
async function afterCancellation({ cancelled, clock }: World): Promise<never> {
  await new Promise<void>((resolve) => {
    if (cancelled.aborted) resolve();
    cancelled.addEventListener('abort', () => resolve(), { once: true });
  });
  await clock.sleep(graceMs);
  throw new Stop(finding('RT002', 'The run was cancelled before it had a result.'));
}
