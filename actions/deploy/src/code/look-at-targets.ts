import { createHash } from 'node:crypto';
import { known, toSentence, type Answer } from '../../../../engine/src/answer.ts';
import { isIndex, noteTag, parseImage, type TaskDefinition } from '../../../../engine/src/code.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { Clouds } from '../../../../engine/src/target.ts';
import type { Cloud, World } from '../../../../engine/src/world.ts';
import { judgeFunction, toWantedImage, type FunctionOrder } from './judge-function.ts';
import { chooseImages, judgeService, type Choice, type ServiceOrder, type StoredImage } from './judge-service.ts';
import type { Match, Target } from './targets.ts';

/** One target that gets other code. */
export type Order = ServiceOrder | FunctionOrder;

/** The order for a target, or all that stands against it. */
export interface Judged {
  readonly order?: Order;
  readonly findings: readonly Finding[];
}

/** What looking at a target came to; nothing at all when its line means others. */
export interface LookedAt extends Judged {
  readonly match: Match;
}

/** Looks at a target and its code, and judges them. Reads only. */
export function lookAtTarget(match: Match, clouds: Clouds, world: World): Promise<LookedAt> {
  return match.target.kind === 'service' ? lookAtService(match, clouds) : lookAtFunction(match, clouds, world);
}

const unread = ({ id, place }: Target, answer: Answer<unknown>): Judged => {
  const why = answer.kind === 'unknown' ? toSentence(answer.because) : 'it is not there';
  return { findings: [finding('DP182', `${id}: ${why}.`, place)] };
};

async function lookAtService(match: Match, clouds: Clouds): Promise<LookedAt> {
  const { target, line, isNamed } = match;
  if (target.kind !== 'service') return { match, findings: [] };
  const choose = (containers: TaskDefinition['containers']) => chooseImages(containers, line.code, target.at.account, isNamed);
  return { match, ...(await lookAtImages(target, choose, line.text, clouds)) };
}

/** Looks at a service and the images that are chosen for it; nothing at all when it is passed over. `text` says what it was to get. */
export async function lookAtImages(
  target: Extract<Target, { kind: 'service' }>,
  choose: (containers: TaskDefinition['containers']) => Choice,
  text: string,
  clouds: Clouds,
): Promise<Judged> {
  const { readings } = clouds(target.at);
  const [code, tasks] = await Promise.all([readings.serviceCode(target.service), readings.runningTasks(target.service)]);
  if (code.kind === 'unknown' || !code.value) return unread(target, code);
  if (tasks.kind === 'unknown') return unread(target, tasks);
  const definition = await readings.taskDefinition({ arn: code.value.taskDefinition });
  if (definition.kind === 'unknown' || !definition.value) return unread(target, definition);
  const { containers } = definition.value;
  const choice = choose(containers);
  if (choice.kind === 'passed-over') return { findings: [] };
  if (choice.kind === 'unclear')
    return { findings: [finding('DP181', `${target.id} does not take ${text}: ${choice.why}.`, target.place)] };
  const former = containers.filter((c) => choice.images[c.name] !== undefined).map((c) => c.image);
  const names = [...new Set([...Object.values(choice.images), ...former])];
  const stored = new Map(
    (await Promise.all(names.map(async (name) => [name, await lookUpStored(name, target.at.account, clouds)] as const))).flatMap(
      ([name, found]) => (found ? [[name, found] as const] : []),
    ),
  );
  const seen = { service: target.service, code: code.value, containers, tasks: tasks.value ?? [], images: choice.images, stored };
  return judgeService(target, seen);
}

async function lookUpStored(name: string, account: string, clouds: Clouds): Promise<Answer<StoredImage | undefined> | undefined> {
  const answer = await lookUpImage(name, account, clouds);
  const { region, repository } = parseImage(name)?.store ?? {};
  if (answer?.kind !== 'known' || !answer.value?.digest || !region || !repository || !isIndex(answer.value.mediaType)) return answer;
  const { digest } = answer.value;
  return known({ digest, members: await clouds({ account, region }).readings.imageMembers({ repository, digest }) });
}

/** What lies in another account, or not in ECR, nobody can look at here. */
function lookUpImage(name: string, account: string, clouds: Clouds): ReturnType<Cloud['readings']['image']> | undefined {
  const image = parseImage(name);
  if (!image?.store || image.store.account !== account) return undefined;
  const { region, repository } = image.store;
  const of = image.digest ? { digest: image.digest } : { tag: image.tag ?? 'latest' };
  return clouds({ account, region }).readings.image({ repository, ...of });
}

async function lookAtFunction(match: Match, clouds: Clouds, world: World): Promise<LookedAt> {
  const { target, line } = match;
  if (target.kind !== 'function') return { match, findings: [] };
  const { readings, code: changes } = clouds(target.at);
  const { name } = target;
  const [code, aliases, former] = await Promise.all([
    readings.functionCode({ name }),
    readings.functionAliases({ name }),
    changes.packageOf({ name }),
  ]);
  if (code.kind === 'unknown' || !code.value) return { match, ...unread(target, code) };
  if (aliases.kind === 'unknown') return { match, ...unread(target, aliases) };
  if (former.kind === 'unknown') return { match, ...unread(target, former) };
  const tags = await readings.functionTags({ arn: code.value.arn });
  if (tags.kind === 'unknown') return { match, ...unread(target, tags) };
  const note = tags.value?.[noteTag];
  const uri = toWantedImage(line.code, former.value);
  const image = uri === undefined ? undefined : await lookUpImage(uri, target.at.account, clouds);
  const bytes = line.code.kind === 'file' ? world.files.content(line.code.path) : undefined;
  return {
    match,
    ...judgeFunction(target, {
      name,
      code: code.value,
      aliases: (aliases.value ?? []).filter((a) => target.aliases.includes(a.name)),
      former: former.value,
      ...(note === undefined ? {} : { note }),
      wanted: line.code,
      region: target.at.region,
      ...(bytes ? { file: { bytes, sha256: createHash('sha256').update(bytes).digest('base64') } } : {}),
      ...(line.code.kind === 'object' ? { object: await readings.object({ bucket: line.code.bucket, key: line.code.key }) } : {}),
      ...(image ? { image } : {}),
    }),
  };
}
