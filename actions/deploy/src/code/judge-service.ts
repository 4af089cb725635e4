import type { Answer } from '../../../../engine/src/answer.ts';
import { parseImage, toUnderWay, type RunningTask, type ServiceCode, type TaskDefinition } from '../../../../engine/src/code.ts';
import type { ServiceName } from '../../../../engine/src/cause/tasks.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { Target } from './targets.ts';
import type { WantedCode } from './wanted.ts';

type Container = TaskDefinition['containers'][number];

/** The release of other images in one service. */
export interface ServiceOrder {
  readonly kind: 'service';
  readonly target: Target;
  readonly service: ServiceName;
  /** ARN of the revision that runs, and that comes back. */
  readonly former: string;
  /** The new image of each container that changes. */
  readonly images: Readonly<Record<string, string>>;
  /** The digests that each of them may run as, where they are known: one of an index runs as the index or as an image of it. */
  readonly digests: Readonly<Record<string, readonly string[]>>;
  /** The digest that each of these containers runs now, where ECS tells one. */
  readonly formerDigests: Readonly<Record<string, string>>;
  /** The former image by its digest, of each container whose tag leads elsewhere by now: its revision would bring another image back. */
  readonly back: Readonly<Record<string, string>>;
  readonly from: string;
  readonly to: string;
  /** Whether the circuit breaker is turned on for this release. */
  readonly lendsBreaker: boolean;
  readonly isUnchanged: boolean;
  /** How a swap gives it, in contrast to `mode: code`: by a revision that is there, or by waiting for a release that is under way. */
  readonly swap?: { readonly revision?: string; readonly waits?: boolean };
}

/** Which containers of a task get which image; `passed-over` when none of them is meant. */
export type Choice =
  | { readonly kind: 'chosen'; readonly images: Readonly<Record<string, string>> }
  | { readonly kind: 'passed-over' }
  | { readonly kind: 'unclear'; readonly why: string };

/**
 * Gives which containers get which image.
 *
 * A tag or digest is for the containers of the one repository that the task has its images from: sidecars come from elsewhere. Where there are
 * several, that of the service's own account is meant. The name of an image is for the containers of its repository; a task with one container gets any.
 */
export function chooseImages(containers: readonly Container[], code: WantedCode, account: string, isNamed: boolean): Choice {
  const parsed = containers.map((c) => ({ ...c, parsed: parseImage(c.image) }));
  const ofBase = (base: string) => parsed.filter((c) => c.parsed?.base === base);
  const toChoice = (chosen: readonly Container[], uri: string): Choice => ({
    kind: 'chosen',
    images: Object.fromEntries(chosen.map((c) => [c.name, uri])),
  });
  if (code.kind === 'image') {
    const same = ofBase(parseImage(code.uri)?.base ?? '');
    if (same.length) return toChoice(same, code.uri);
    if (!isNamed) return { kind: 'passed-over' };
    if (containers.length === 1) return toChoice(containers, code.uri);
    return { kind: 'unclear', why: `none of its containers ${toListed(containers)} runs an image of that repository` };
  }
  if (code.kind !== 'tag' && code.kind !== 'digest') return { kind: 'unclear', why: 'it runs images' };
  const stored = parsed.filter((c) => c.parsed?.store);
  const own = stored.filter((c) => c.parsed?.store?.account === account);
  const bases = new Set((new Set(stored.map((c) => c.parsed?.base)).size > 1 ? own : stored).map((c) => c.parsed?.base ?? ''));
  const [base] = bases;
  if (base === undefined && stored.length === 0 && !isNamed) return { kind: 'passed-over' };
  if (base === undefined || bases.size > 1)
    return {
      kind: 'unclear',
      why: `its containers ${toListed(containers)} do not have one repository of ECR in common: name the image in full`,
    };
  return toChoice(ofBase(base), code.kind === 'tag' ? `${base}:${code.tag}` : `${base}@${code.digest}`);
}

const toListed = (containers: readonly Container[]): string => containers.map((c) => `${c.name} (${c.image})`).join(', ');

/** An image as ECR has it. */
export interface StoredImage {
  readonly digest?: string;
  /** Digests of the images of an index; not there for a single image. */
  readonly members?: Answer<readonly string[] | undefined>;
}

/** What was read of a service and of the images that it shall run. */
export interface ServiceSeen {
  readonly service: ServiceName;
  readonly code: ServiceCode;
  readonly containers: readonly Container[];
  readonly tasks: readonly RunningTask[];
  readonly images: Readonly<Record<string, string>>;
  /** What ECR has, by image, of the images that it runs and shall run; not there for what lies elsewhere. */
  readonly stored: ReadonlyMap<string, Answer<StoredImage | undefined>>;
}

/** Judges the release of images in a service: the order, or all that stands against it. */
export function judgeService(target: Target, seen: ServiceSeen): { readonly order?: ServiceOrder; readonly findings: readonly Finding[] } {
  const { code, containers, images, service, stored } = seen;
  const changed = containers.filter((c) => images[c.name] !== undefined);
  const wanted = (c: Container) => images[c.name] ?? '';
  const isUnchanged = changed.every((c) => c.image === wanted(c) && runs(seen.tasks, c.name, toDigests(wanted(c), stored)));
  const findings = [...judgeImages(target, seen), ...(isUnchanged ? [] : judgeState(target, code))];
  if (findings.length) return { findings };
  const pairs = (toPair: (c: Container) => string | undefined) =>
    Object.fromEntries(changed.flatMap((c): [string, string][] => (toPair(c) ? [[c.name, toPair(c) ?? '']] : [])));
  const formerDigests = pairs((c) => toRunning(seen, c.name));
  const back = pairs((c) => toBack(c, formerDigests[c.name], stored));
  const pinned = pairs((c) => (isUnchanged ? c.image : toPinned(c, wanted(c), toDigests(wanted(c), stored)[0])));
  return {
    findings,
    order: {
      kind: 'service',
      target,
      service,
      former: code.taskDefinition,
      images: pinned,
      digests: Object.fromEntries(changed.map((c) => [c.name, isOpen(stored.get(wanted(c))) ? [] : toDigests(wanted(c), stored)])),
      formerDigests,
      back,
      from: [...new Set(changed.map((c) => back[c.name] ?? c.image))].join(', '),
      to: [...new Set(Object.values(pinned))].join(', '),
      lendsBreaker: code.strategy === 'ROLLING' && !code.hasBreaker,
      isUnchanged,
    },
  };
}

/** Gives the digests that an image may run as, its own first; none where it is not known. */
function toDigests(image: string, stored: ServiceSeen['stored']): readonly string[] {
  const answer = stored.get(image);
  const found = answer?.kind === 'known' ? answer.value : undefined;
  const own = found?.digest ?? parseImage(image)?.digest;
  return own ? [own, ...(found?.members?.kind === 'known' ? (found.members.value ?? []) : [])] : [];
}

/** Whether an image is an index of which nobody knows the images. */
const isOpen = (answer: Answer<StoredImage | undefined> | undefined): boolean =>
  answer?.kind === 'known' && answer.value?.members?.kind === 'unknown';

/** Says whether all tasks run one of some digests, as far as anybody knows. */
const runs = (tasks: readonly RunningTask[], container: string, digests: readonly string[]): boolean =>
  tasks.every((t) => t.containers.every((c) => c.name !== container || !c.digest || !digests.length || digests.includes(c.digest)));

/** Gives the one digest that a container runs in the tasks of the former revision. */
function toRunning({ tasks, code }: ServiceSeen, container: string): string | undefined {
  const own = tasks.filter((t) => t.taskDefinition === code.taskDefinition).flatMap((t) => t.containers);
  const [digest, ...others] = new Set(own.filter((c) => c.name === container).map((c) => c.digest));
  return others.length ? undefined : digest;
}

/** Gives a former image by its digest when its tag leads elsewhere by now, or nowhere. */
function toBack({ image }: Container, running: string | undefined, stored: ServiceSeen['stored']): string | undefined {
  const parsed = parseImage(image);
  if (!running || !parsed || parsed.digest || stored.get(image)?.kind !== 'known') return undefined;
  return toDigests(image, stored).includes(running) ? undefined : `${parsed.base}@${running}`;
}

/** A tag that was pushed anew is named by its digest: the former revision would otherwise bring the same image back. */
const toPinned = (former: Container, image: string, digest: string | undefined): string =>
  former.image === image && digest ? `${parseImage(image)?.base ?? image}@${digest}` : image;

function judgeImages({ place }: Target, { images, stored }: ServiceSeen): readonly Finding[] {
  return [...new Set(Object.values(images))].flatMap((image): readonly Finding[] => {
    const answer = stored.get(image);
    if (!answer) return [];
    if (answer.kind === 'known') return answer.value ? [] : [finding('PF282', `The image ${image} is not there.`, place)];
    return [finding('DP182', `The image ${image}: ${answer.because.call} on ${answer.because.resource} failed.`, place)];
  });
}

function judgeState({ id, place }: Target, code: ServiceCode): readonly Finding[] {
  if (code.controller !== 'ECS') {
    const by = code.controller === 'CODE_DEPLOY' ? 'CodeDeploy' : 'an external controller';
    return [finding('DP181', `${id} is released by ${by}, and not by ECS: give it new code there, or by a full deployment.`, place)];
  }
  const lacks = toUnsteady(code);
  return lacks === undefined ? [] : [finding('DP183', `${id} is not steady: ${lacks}.`, place)];
}

/** Gives what keeps a service from being steady; undefined for one that is. */
export function toUnsteady(code: ServiceCode): string | undefined {
  const { status, desired, running } = code;
  if (status !== 'ACTIVE') return `it is ${status}`;
  return toUnderWay(code) ?? (running === desired ? undefined : `${running} of ${desired} tasks run`);
}
