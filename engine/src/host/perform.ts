import { existsSync } from 'node:fs';
import { untilAborted } from '../aborted.ts';
import { finding, orderFindings, Stop, type Finding } from '../finding.ts';
import { createComments } from '../github/comments.ts';
import { createDeployments } from '../github/deployments.ts';
import { createIssues } from '../github/issues.ts';
import { createLog, mask, publish, readInputs } from '../github/publish.ts';
import { createStatuses } from '../github/statuses.ts';
import { parseInputs, type ActionTable, type Inputs } from '../inputs.ts';
import { redactReport } from '../report/free-text.ts';
import { isBad, isFailing, toFailedReport, toSeconds, type Report } from '../report/report.ts';
import type { World } from '../world.ts';
import { deliver, type CommentChoice } from './deliver.ts';
import { deliverIssue, type IssueChoice } from './deliver-issue.ts';
import { createWorld, type Surrounding } from './world.ts';
import { tryWrite, writeReport } from './write-report.ts';

/** The inputs that every action has, as far as performing one needs them. */
interface CommonInputs {
  readonly report: readonly string[];
  readonly sarif?: string | undefined;
  readonly comment: CommentChoice;
  readonly failOn: 'error' | 'warning' | 'never';
  readonly githubToken?: string | undefined;
  readonly workingDirectory: string;
  readonly issue?: IssueChoice;
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
  const startedMs = Date.now();
  const { values, problems } = parseInputs(action.table, readInputs(process.env));
  const common = values as unknown as CommonInputs;
  const secrets = new Set<string>();
  const hide = (secret: string): void => (mask(secret), void secrets.add(secret));
  if (common.githubToken) hide(common.githubToken);
  const world = createWorld(common, surrounding, createLog(), hide);
  const unusable = [...problems, ...judgePaths(common, world)];
  const running = unusable.length ? Promise.reject(new Stop(unusable)) : action.run(values, world);
  const ran = await Promise.race([running, afterCancellation(world)]).catch((thrown: unknown) => {
    world.log.debug(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
    if (thrown instanceof Error && thrown.cause) world.log.debug(String(thrown.cause));
    return toFailedReport(action.table.name, thrown);
  });
  ran.findings.forEach((f) => (f.output ? world.log.group(`📄 What it said (${f.code})`, f.output) : undefined));
  const stopped = Promise.all([world.validator.stop(), surrounding.synthesis.stop()]);
  const report = await tell(redactReport(withSeconds(ran, action.table, startedMs), secrets), common, world);
  const unwritten = await publish(report, action.toOutputs(report), checkout());
  unwritten.forEach((problem) => world.log.line(`❌ ${problem}`));
  world.log.line(toLastLine(report));
  await stopped;
  process.exitCode = unwritten.length || isFailed(report, common.failOn ?? 'error') ? 1 : 0;
  if (world.cancelled.aborted) process.exit(1);
  // What its time ended is still waited for by the toolkit.
  if (report.findings.some((f) => f.code === 'DP141')) process.exit();
}

/** A run that ended before it had a result took its time, too. */
const withSeconds = (report: Report, { outputs }: ActionTable, startedMs: number): Report =>
  'seconds' in outputs && report.seconds === undefined ? { ...report, seconds: toSeconds(startedMs, Date.now()) } : report;

const checkout = (): string => process.env['GITHUB_WORKSPACE'] ?? process.cwd();

/** Gives a report to GitHub and to its files, with what there is to say of that. */
async function tell(report: Report, common: CommonInputs, world: World): Promise<Report> {
  const { comment, failOn, githubToken, report: paths, sarif } = common;
  const slug = process.env['GITHUB_REPOSITORY'] ?? '';
  const delivery = { report, comment: comment ?? 'auto', failed: isFailed(report, failOn ?? 'error'), root: checkout() };
  const receivers = {
    comments: createComments(githubToken, slug),
    statuses: createStatuses(githubToken, slug),
    deployments: createDeployments(githubToken, slug),
  };
  const told = slug ? [...(await deliver(delivery, receivers, world))] : [];
  if (slug) told.push(...(await deliverIssue(report, common.issue ?? 'auto', checkout(), createIssues(githubToken, slug), world)));
  return writeReport({ ...report, findings: orderFindings([...report.findings, ...told]) }, { paths, sarif }, checkout(), world);
}

/** Gives what is wrong with the paths that every action has, before anything is done that would be lost. */
function judgePaths({ workingDirectory, report, sarif }: CommonInputs, { files }: World): readonly Finding[] {
  if (!existsSync(files.resolve('.')))
    return [finding('RT010', `\`working-directory\` is "${workingDirectory}": there is no such folder.`)];
  return [...report, ...(sarif ? [sarif] : [])].flatMap((path) => tryWrite(path, '{}\n', files));
}

/** What could not be told to GitHub is no fault of the deployment: it makes no step fail. */
function isFailed({ findings, verdict }: Report, failOn: CommonInputs['failOn']): boolean {
  if (failOn === 'never') return false;
  const own = findings.filter((f) => !['RT070', 'RT071'].includes(f.code));
  return isFailing(own, failOn) || isBad(verdict);
}

function toLastLine(report: Report): string {
  return `${isBad(report.verdict) ? '❌' : '✅'} ${report.action}: ${report.verdict}${report.failureReason ? ` (${report.failureReason})` : ''}`;
}

/** How long a cancelled run may take to say what is still running, before its report is written without it. */
const graceMs = 4_000;

/** Never resolves; throws a while after the runner cancels, for what does not come to an end by itself. */
async function afterCancellation({ cancelled, clock }: World): Promise<never> {
  await untilAborted(cancelled);
  await clock.sleep(graceMs);
  throw new Stop(finding('RT002', 'The run was cancelled before it had a result.'));
}
