import { untilAborted } from '../../../engine/src/aborted.ts';
import { toSentence, unknown, type Answer, type NotRead } from '../../../engine/src/answer.ts';
import type { Environment } from '../../../engine/src/config/environment.ts';
import { toConsoleUrl } from '../../../engine/src/console.ts';
import { finding, Stop, type Finding } from '../../../engine/src/finding.ts';
import type { Inputs } from '../../../engine/src/inputs.ts';
import { toPlaceReport } from '../../../engine/src/report/inspection-report.ts';
import type { Report, StackOutcome, StackResult } from '../../../engine/src/report/report.ts';
import { connectTo, findTarget } from '../../../engine/src/target.ts';
import { version } from '../../../engine/src/version.ts';
import type { BootstrapOrder } from '../../../engine/src/stack-changes.ts';
import type { Cloud, LiveStack, World } from '../../../engine/src/world.ts';
import { table } from './inputs.ts';
import { createLimit, toWhyNot, type Limit } from './steps/limit.ts';
import { judgeEnding, toSaid } from './steps/outcome.ts';

/** What became of a bootstrap: the beginning of its report, and what there is to say. */
export interface Bootstrapped {
  readonly report: Report;
  readonly stacks: readonly StackResult[];
  readonly findings: readonly Finding[];
}

/** The qualifier of the CDK where nobody chose one, and the name of its stack. */
const usual = { qualifier: 'hnb659fds', stack: 'CDKToolkit' } as const;

/**
 * Bootstraps the account and region of an environment for the CDK, as its config says, and reads the result back.
 *
 * What the config does not say stays as it is. An older version does not go over a newer one, and the stack of another qualifier is left alone.
 *
 * @throws Stop before anything is written: inputs that mean nothing here, a state that cannot be read, a newer bootstrap (DP160).
 */
export async function bootstrap(inputs: Inputs<typeof table>, startedMs: number, world: World): Promise<Bootstrapped> {
  const unused = judgeUnused(inputs);
  if (unused.length) throw new Stop(unused);
  const { environment, region = '', findings } = await findTarget(inputs, world, { withoutOrigin: true, withoutRegion: false });
  world.log.line(`🎯 ${environment.name} in ${region} (${environment.because})`);
  const { cloud, caller } = await connectTo(environment, region, world);
  const order = await toOrder(environment, caller.account, cloud);
  const wanted = await judgeVersion(order, cloud);
  toGrants(order, wanted).forEach(world.log.line);
  const startMs = world.clock.now();
  const limit = createLimit(startedMs + inputs.timeoutMinutes * 60_000, world);
  const end = limit.signal.aborted ? undefined : await Promise.race([cloud.bootstrapper.bootstrap(order), untilAborted(limit.signal)]);
  limit.release();
  const described = cloud.stacks.describe(order.stackName);
  const live = end ? await described : ((await Promise.race([described, world.clock.sleep(2_000)])) ?? unanswered(order.stackName));
  const outcome = end ? toOutcome(end, live) : toInterrupted(live, limit);
  const found = live.kind === 'known' ? live.value : undefined;
  const isGood = outcome.kind === 'deployed' || outcome.kind === 'unchanged';
  const lacks = isGood ? await readBack(order, wanted, found, cloud) : toFindings(order, outcome);
  world.log.line(`${isGood && lacks.length === 0 ? '✅' : '❌'} ${order.stackName}: ${outcome.kind}`);
  const result = toResult(order, outcome, found, startMs - startedMs, world.clock.now() - startMs);
  const stopped = end ? [] : [finding(limit.isTimeout() ? 'DP141' : 'RT002', 'The bootstrap did not come to its end.')];
  const told = isGood ? [finding('DP162', toGrants(order, wanted).join(' '), { stack: order.stackName })] : [];
  const place = toPlaceReport(environment, caller.account, region);
  return {
    report: { schema: 1, action: 'deploy', version, verdict: 'failed', ...place, findings: [], decisions: [], stacks: [] },
    stacks: [result],
    findings: [...findings, ...told, ...lacks, ...stopped],
  };
}

const unanswered = (resource: string): Answer<never> =>
  unknown({ call: 'cloudformation:DescribeStacks', resource, why: 'unreachable', message: 'no answer in time' });

function toOutcome(end: Awaited<ReturnType<Cloud['bootstrapper']['bootstrap']>>, live: Answer<LiveStack | undefined>): StackOutcome {
  return live.kind === 'unknown' ? toUnread(live.because) : judgeEnding({ ...end, progress: [], live: live.value });
}

const toUnread = (because: NotRead): StackOutcome => ({
  kind: 'still-running',
  status: `a state that cannot be read: ${toSentence(because)}`,
});

/** What nobody waited for is on its way, or had not begun. */
function toInterrupted(live: Answer<LiveStack | undefined>, limit: Limit): StackOutcome {
  if (live.kind === 'unknown') return toUnread(live.because);
  const { status = '' } = live.value ?? {};
  if (/_IN_PROGRESS$/.test(status) && status !== 'REVIEW_IN_PROGRESS') return { kind: 'still-running', status };
  return { kind: 'not-started', because: `${toWhyNot(limit)}; it is ${status ? `in ${status}` : 'not there'}` };
}

function judgeUnused(inputs: Inputs<typeof table>): readonly Finding[] {
  const { stacks, context, parameters, tags, allowDestructive, planDigest, existing, imageTag, method, recover, onFailure } = inputs;
  const given = {
    stacks: stacks.length,
    context: Object.keys(context).length,
    parameters: Object.keys(parameters).length,
    tags: Object.keys(tags).length,
    'allow-destructive': allowDestructive.length,
    'plan-digest': planDigest,
    existing,
    'image-tag': imageTag,
    method: method !== table.inputs.method.default,
    recover: recover.length && recover.join() !== table.inputs.recover.default,
    'on-failure': onFailure !== table.inputs['on-failure'].default,
  };
  const names = Object.entries(given).flatMap(([name, value]) => (value ? [name] : []));
  return names.map((name) => finding('RT014', `\`${name}\` means nothing to \`mode: bootstrap\`, which deploys no stack of an app.`));
}

/** Another qualifier is another bootstrap: made in the same stack, it would take the roles and the bucket of the first away. */
async function toOrder({ bootstrap: wanted = {}, ...environment }: Environment, account: string, cloud: Cloud): Promise<BootstrapOrder> {
  const { qualifier = usual.qualifier, trust, 'trust-for-lookup': trustForLookUp, 'execution-policies': executionPolicies } = wanted;
  const found = mustKnow(await cloud.stacks.describe(usual.stack), usual.stack);
  const holder = found ? found.parameters['Qualifier'] : usual.qualifier;
  return {
    account,
    region: cloud.region,
    stackName: holder === qualifier ? usual.stack : `${usual.stack}-${qualifier}`,
    qualifier,
    ...(trust ? { trust } : {}),
    ...(trustForLookUp ? { trustForLookUp } : {}),
    ...(executionPolicies ? { executionPolicies } : {}),
    protects: environment.protected,
  };
}

/** Gives the version that there will be. */
async function judgeVersion({ qualifier, account, region }: BootstrapOrder, { bootstrapper, readings }: Cloud): Promise<number> {
  const name = toParameter(qualifier);
  const found = mustKnow(await readings.parameter({ name }), name);
  const [live, own] = [Number.parseInt(found?.value ?? '', 10) || 0, await bootstrapper.version()];
  if (live > own) {
    const message = `${account}/${region} has version ${live} under the qualifier ${qualifier}, and this release makes ${own}.`;
    throw new Stop(finding('DP160', message));
  }
  return own;
}

const toParameter = (qualifier: string): string => `/cdk-bootstrap/${qualifier}/version`;

function mustKnow<T>(answer: Answer<T>, what: string): T {
  if (answer.kind === 'unknown')
    throw new Stop(finding('DP163', `${what} cannot be read: ${toSentence(answer.because)}. Nothing was written.`));
  return answer.value;
}

/** Gives, in sentences, what a bootstrap makes and whom it lets in. */
function toGrants(order: BootstrapOrder, wanted: number): readonly string[] {
  const { account, region, stackName, qualifier, trust, trustForLookUp, executionPolicies, protects } = order;
  const said = (accounts: readonly string[] | undefined) => (accounts ? accounts.join(', ') || 'none' : 'as before');
  return [
    `🧱 ${account}/${region} is bootstrapped: stack ${stackName}, qualifier ${qualifier}, version ${wanted}${protects ? ', protected from termination' : ''}.`,
    `Accounts that may deploy here beside its own: ${said(trust)}; that may look up values: ${said(trustForLookUp)}.`,
    `CloudFormation works with: ${executionPolicies?.join(', ') ?? 'the policies of before, AdministratorAccess where there were none'}.`,
  ];
}

/** Gives what the bootstrap lacks of what was asked for. */
async function readBack(
  order: BootstrapOrder,
  wanted: number,
  live: LiveStack | undefined,
  { readings }: Cloud,
): Promise<readonly Finding[]> {
  const { stackName, qualifier, trust, trustForLookUp, executionPolicies, protects } = order;
  const name = toParameter(qualifier);
  const found = await readings.parameter({ name });
  const has = (key: string, values: readonly string[] | undefined) => !values || live?.parameters[key] === values.join(',');
  const lacks = [
    found.kind === 'unknown' ? `${name} cannot be read: ${toSentence(found.because)}` : '',
    found.kind === 'known' && Number.parseInt(found.value?.value ?? '', 10) !== wanted
      ? `${name} is ${found.value?.value ?? 'not there'}, not ${wanted}`
      : '',
    has('Qualifier', [qualifier]) ? '' : `its qualifier is ${live?.parameters['Qualifier'] ?? 'none'}, not ${qualifier}`,
    has('TrustedAccounts', trust) ? '' : 'it trusts other accounts',
    has('TrustedAccountsForLookup', trustForLookUp) ? '' : 'it lets other accounts look up values',
    has('CloudFormationExecutionPolicies', executionPolicies) ? '' : 'CloudFormation works with other policies',
    protects && !live?.terminationProtection ? 'it has no termination protection' : '',
  ].filter(Boolean);
  return lacks.length ? [finding('DP163', `${stackName}: ${lacks.join('; ')}.`, { stack: stackName })] : [];
}

function toFindings({ stackName }: BootstrapOrder, outcome: StackOutcome): readonly Finding[] {
  const place = { stack: stackName };
  switch (outcome.kind) {
    case 'failed':
    case 'rolled-back':
      return [finding('DP161', `${stackName}: ${toSaid(outcome.cause)}`, place)];
    case 'still-running':
      return [finding('DP140', `${stackName} is in ${outcome.status}.`, place)];
    case 'not-started':
      return [finding('DP122', `${stackName}: ${outcome.because}.`, place)];
    default:
      return [];
  }
}

function toResult(
  { stackName, region }: BootstrapOrder,
  outcome: StackOutcome,
  live: LiveStack | undefined,
  startMs: number,
  ms: number,
): StackResult {
  const isGood = outcome.kind === 'deployed' || outcome.kind === 'unchanged';
  const url = isGood ? undefined : toConsoleUrl(live?.id ?? '');
  const outputs = isGood ? Object.fromEntries(Object.entries(live?.outputs ?? {}).map(([key, { value }]) => [key, value])) : {};
  const toSeconds = (n: number) => Math.round(n / 100) / 10;
  return {
    name: stackName,
    region,
    outcome,
    startSeconds: toSeconds(startMs),
    seconds: toSeconds(ms),
    outputs,
    ...(url ? { console: url } : {}),
  };
}
