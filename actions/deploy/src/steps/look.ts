import { toSentence, type Answer } from '../../../../engine/src/answer.ts';
import { toMs, type Verification, type VerificationOf } from '../../../../engine/src/config/verification.ts';
import { toServiceName } from '../../../../engine/src/cause/tasks.ts';
import type { Cloud, World } from '../../../../engine/src/world.ts';
import { judgeAlarms, judgeCommand, judgeInvocation, judgeServices, judgeSite, type Lacks } from './judge-verification.ts';
import { fill, toVariables, type Outputs } from './references.ts';

/** What verifications look at. */
export interface Scene extends Outputs {
  /** The connection of the region of the run. */
  readonly cloud: Cloud;
  /** The chosen stacks by name, each with its connection. */
  readonly chosen: readonly { readonly name: string; readonly cloud: Cloud }[];
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
    case 'http':
      return withFilled(verification.url, scene, async (url) => {
        const follows = verification.status < 300 || verification.status > 399;
        const timeoutMs = Math.min(requestMs, leftMs);
        const answer = await world.sites.get({ url, follows, timeoutMs, signal: world.cancelled });
        return answer.kind === 'unknown' && answer.because.why !== 'refused'
          ? { kind: 'lacks', what: `${url} gives no answer: ${answer.because.message}` }
          : toLook(answer, (site) => judgeSite(site, verification), url);
      });
    case 'lambda':
      return withFilled(verification.function, scene, async (name) => {
        const payload = JSON.stringify(verification.payload ?? {});
        const timeoutMs = Math.max(1, leftMs);
        const answer = await scene.cloud.functions.invoke({ name, payload, timeoutMs });
        return toLook(answer, (given) => judgeInvocation(given, verification), name);
      });
    case 'alarms':
      return lookAtAlarms(verification, scene, world);
    case 'ecs':
      return lookAtServices(verification, scene);
    case 'command': {
      const { run: command } = verification;
      const variables = toVariables(scene.results);
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

async function withFilled(text: string, scene: Scene, look: (text: string) => Promise<Look>): Promise<Look> {
  const filled = await fill(text, scene);
  if ('text' in filled) return look(filled.text);
  return { kind: filled.isAbsent ? 'absent' : 'cannot', what: filled.problem };
}

async function lookAtAlarms(wanted: VerificationOf<'alarms'>, scene: Scene, { clock }: World): Promise<Look> {
  const { names, prefix } = wanted;
  const filled = await Promise.all((names ?? [prefix ?? '']).map((text) => fill(text, scene)));
  const texts = filled.flatMap((f) => ('text' in f ? [f.text] : []));
  const problem = filled.find((f) => 'problem' in f);
  if (problem) return { kind: problem.isAbsent ? 'absent' : 'cannot', what: problem.problem };
  const alarms = await scene.cloud.readings.alarms(names ? { names: texts } : { prefix: texts[0] ?? '' });
  const time = { nowMs: clock.now(), deployedMs: scene.deployedMs, okForMs: toMs(wanted['ok-for']) };
  return toLook(alarms, (found) => judgeAlarms(found, names && texts, time));
}

async function lookAtServices({ cluster, services }: VerificationOf<'ecs'>, scene: Scene): Promise<Look> {
  if (cluster && services) {
    const filled = await Promise.all([cluster, ...services].map((text) => fill(text, scene)));
    const problem = filled.find((f) => 'problem' in f);
    if (problem) return { kind: problem.isAbsent ? 'absent' : 'cannot', what: problem.problem };
    const [name = '', ...wanted] = filled.flatMap((f) => ('text' in f ? [f.text] : []));
    return lookAt(name, wanted, scene.cloud);
  }
  const looks = (await Promise.all(scene.chosen.map(({ name, cloud }) => lookAtOwn(name, cloud)))).flat();
  if (looks.length === 0) return { kind: 'absent', what: 'none of the chosen stacks has a service of ECS' };
  const bad = looks.filter((l) => l.kind !== 'passed');
  return bad.find((l) => l.kind === 'cannot') ?? bad[0] ?? { kind: 'passed' };
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
