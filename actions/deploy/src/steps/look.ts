import { toAlarmName } from '../../../../engine/src/alarms.ts';
import { toSentence, type Answer } from '../../../../engine/src/answer.ts';
import { toMs, type Verification, type VerificationOf } from '../../../../engine/src/config/verification.ts';
import { toServiceName } from '../../../../engine/src/cause/tasks.ts';
import type { Cloud, World } from '../../../../engine/src/world.ts';
import { judgeAlarms, judgeCommand, judgeInvocation, judgeServices, judgeSite, type Lacks } from './judge-verification.ts';
import { fill, toVariables, type Outputs, type Unfilled } from './references.ts';
import { findOwn, locateEach, locateTogether, toCallable } from './where.ts';

/** What verifications look at. */
export interface Scene extends Outputs {
  /** When the last stack was deployed, in milliseconds since the epoch; 0 when none was. */
  readonly deployedMs: number;
}

/**
 * What one look at a verification came to. `unread` is that AWS gave no answer, which another look may change; `cannot` is what another look
 * does not change; `absent` that a stack that it refers to is not there, and was not chosen either.
 */
export type Look =
  | { readonly kind: 'passed' }
  | { readonly kind: 'lacks'; readonly what: string }
  | { readonly kind: 'unread'; readonly what: string }
  | { readonly kind: 'cannot'; readonly what: string }
  | { readonly kind: 'absent'; readonly what: string };

/** How long one request to a site may take, in milliseconds. */
const requestMs = 15_000;

/** Looks once. */
export async function lookOnce(verification: Verification, scene: Scene, leftMs: number, world: World): Promise<Look> {
  switch (verification.kind) {
    case 'http': {
      const filled = await fill(verification.url, scene);
      if ('problem' in filled) return toUnfilled(filled);
      const { text: url } = filled;
      const follows = verification.status < 300 || verification.status > 399;
      const timeoutMs = Math.min(requestMs, leftMs);
      const answer = await world.sites.get({ url, follows, timeoutMs, signal: world.cancelled });
      return answer.kind === 'unknown' && answer.because.why !== 'refused'
        ? { kind: 'lacks', what: `${url} gives no answer: ${answer.because.message}` }
        : toLook(answer, (site) => judgeSite(site, verification), url);
    }
    case 'lambda': {
      const located = await locateTogether([verification.function], verification.stack, scene);
      if ('problem' in located) return toUnfilled(located);
      const name = toCallable(located.texts[0] ?? '', located.at, scene.home);
      const payload = JSON.stringify(verification.payload ?? {});
      const answer = await scene.cloudOf(located).functions.invoke({ name, payload, timeoutMs: Math.max(1, leftMs) });
      return toLook(answer, (given) => judgeInvocation(given, verification), name);
    }
    case 'alarms':
      return lookAtAlarms(verification, scene, world);
    case 'ecs':
      return lookAtServices(verification, scene);
    case 'command': {
      const { run: command } = verification;
      const variables = toVariables(scene);
      const directory = world.files.resolve('.');
      const end = await world.commands.run({ command, directory, variables, timeoutMs: leftMs, signal: world.cancelled });
      if (end.unstarted !== undefined) return { kind: 'cannot', what: `${command}: ${end.unstarted}` };
      const lacks = judgeCommand(end);
      return lacks === undefined ? { kind: 'passed' } : { kind: 'lacks', what: `${command}: ${lacks}` };
    }
  }
}

/** A throttled call is made again; one that is denied or refused will be so again. Neither says anything of what was to be looked at. */
function toLook<T>(answer: Answer<T>, judge: (value: T) => Lacks, what = ''): Look {
  if (answer.kind === 'unknown') {
    const passes = ['throttled', 'unreachable', 'failed'].includes(answer.because.why);
    return { kind: passes ? 'unread' : 'cannot', what: toSentence(answer.because) };
  }
  const lacks = judge(answer.value);
  return lacks === undefined ? { kind: 'passed' } : { kind: 'lacks', what: what ? `${what}: ${lacks}` : lacks };
}

const toUnfilled = ({ problem, isAbsent }: Unfilled): Look => ({ kind: isAbsent ? 'absent' : 'cannot', what: problem });

/** Of several looks the one that says most of what is not as it should be. */
function toWorst(looks: readonly Look[]): Look {
  const bad = looks.filter((l) => l.kind !== 'passed');
  return bad.find((l) => l.kind === 'cannot') ?? bad[0] ?? { kind: 'passed' };
}

async function lookAtAlarms(wanted: VerificationOf<'alarms'>, scene: Scene, { clock }: World): Promise<Look> {
  const { names, prefix = '' } = wanted;
  const located = await locateEach(names ?? [prefix], wanted.stack, scene);
  if ('problem' in located) return toUnfilled(located);
  const looks = located.map(async (there) => {
    const texts = there.texts.map(toAlarmName);
    const alarms = await scene.cloudOf(there).readings.alarms(names ? { names: texts } : { prefix: texts[0] ?? '' });
    const time = { nowMs: clock.now(), deployedMs: scene.deployedMs, okForMs: toMs(wanted['ok-for']) };
    return toLook(alarms, (found) => judgeAlarms(found, names && texts, time));
  });
  return toWorst(await Promise.all(looks));
}

async function lookAtServices({ cluster, services, stack }: VerificationOf<'ecs'>, scene: Scene): Promise<Look> {
  if (cluster && services) {
    const located = await locateTogether([cluster, ...services], stack, scene);
    if ('problem' in located) return toUnfilled(located);
    const [name = '', ...wanted] = located.texts;
    return lookAt(name, wanted, scene.cloudOf(located));
  }
  const named = stack === undefined ? undefined : findOwn(stack, scene);
  if (named && 'problem' in named) return toUnfilled(named);
  const own = named ? [named] : scene.stacks.filter((s) => s.outputs);
  const looks = (await Promise.all(own.map((s) => lookAtOwn(s.name, scene.cloudOf(s))))).flat();
  if (looks.length) return toWorst(looks);
  return { kind: 'absent', what: named ? `${named.name} has no service of ECS` : 'none of the chosen stacks has a service of ECS' };
}

/** Looks at all services that a stack and those nested in it have, cluster by cluster; none where they have none. */
async function lookAtOwn(stack: string, cloud: Cloud): Promise<readonly Look[]> {
  const resources = await cloud.readings.stackResources({ stack });
  if (resources.kind === 'unknown') return [toLook(resources, () => undefined)];
  const own = [...(resources.value?.values() ?? [])].filter((r) => r.physicalId !== '' && r.status !== 'DELETE_COMPLETE');
  const services = own.flatMap((r) => (r.type === 'AWS::ECS::Service' ? (toServiceName(r.physicalId) ?? []) : []));
  const nested = own.filter((r) => r.type === 'AWS::CloudFormation::Stack').map((r) => lookAtOwn(r.physicalId, cloud));
  const of = (cluster: string) => services.filter((s) => s.cluster === cluster).map((s) => s.service);
  const looks = [...new Set(services.map((s) => s.cluster))].map(async (cluster) => [await lookAt(cluster, of(cluster), cloud)]);
  return (await Promise.all([...looks, ...nested])).flat();
}

async function lookAt(cluster: string, services: readonly string[], { readings }: Cloud): Promise<Look> {
  return toLook(await readings.containerServices({ cluster, services }), (found) =>
    found ? judgeServices(found) : `there is no cluster ${cluster}`,
  );
}
