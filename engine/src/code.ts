import type { Answer } from './answer.ts';
import type { ServiceName } from './cause/tasks.ts';

/** The tag that says that code came without its stack, on revisions of task definitions and on functions. */
export const noteTag = 'spaceport:code';

/** A service of ECS, as far as it says which tasks it runs. */
export interface ServiceCode {
  readonly arn: string;
  /** ECS's own word, such as ACTIVE. */
  readonly status: string;
  /** Who releases it: ECS, CODE_DEPLOY or EXTERNAL. */
  readonly controller: string;
  /** How ECS releases it: ROLLING, BLUE_GREEN, LINEAR or CANARY. */
  readonly strategy: string;
  /** Whether its circuit breaker ends a release that fails, and goes back. */
  readonly hasBreaker: boolean;
  /** ARN of the revision that it is to run. */
  readonly taskDefinition: string;
  readonly desired: number;
  readonly running: number;
  /** The newest first; `rollout` is empty where ECS does not make them itself. */
  readonly deployments: readonly ServiceDeployment[];
}

/** One deployment of a service. */
export interface ServiceDeployment {
  readonly status: string;
  readonly taskDefinition: string;
  readonly rollout: string;
  readonly reason: string;
  readonly failed: number;
}

/** Gives what says that a release of a service is not over; undefined where it is. One that ECS gave up may be listed for a while. */
export function toUnderWay({ deployments }: Pick<ServiceCode, 'deployments'>): string | undefined {
  const { rollout = '' } = deployments.find((d) => d.status === 'PRIMARY') ?? deployments[0] ?? {};
  const underWay = deployments.filter((d) => d.status === 'PRIMARY' || d.rollout !== 'FAILED').length;
  if (underWay > 1) return `${underWay} deployments are under way`;
  return rollout !== '' && rollout !== 'COMPLETED' ? `its deployment is ${rollout}` : undefined;
}

/** One revision of a task definition. */
export interface TaskDefinition {
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  readonly registeredMs: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** One task that runs. */
export interface RunningTask {
  readonly taskDefinition: string;
  /** `digest` is empty where ECS does not tell it. */
  readonly containers: readonly { readonly name: string; readonly image: string; readonly digest: string }[];
}

/** A function, as far as it says which code it runs. */
export interface FunctionCode {
  readonly arn: string;
  /** Lambda's own word, such as Active. */
  readonly state: string;
  /** Lambda's own word for its last update: Successful, Failed or InProgress. */
  readonly update: string;
  readonly reason: string;
  /** Changes with every change of the function. */
  readonly revision: string;
  /** Of a ZIP in base64, of an image in hexadecimal digits. */
  readonly sha256: string;
  readonly packageType: string;
  readonly runtime: string;
  readonly handler: string;
}

/** An alias of a function. */
export interface FunctionAlias {
  readonly name: string;
  readonly version: string;
  readonly revision: string;
  /** Whether it sends a part of the calls to another version, too. */
  readonly isShifting: boolean;
}

/** What a function can be made of. */
export type FunctionPackage =
  | { readonly kind: 'image'; readonly uri: string }
  | { readonly kind: 'object'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'zip'; readonly bytes: Uint8Array };

/** Changes the code that services and functions run, and nothing else of them; touches no stack. */
export interface CodeChanges {
  /** Makes a revision of a task definition that differs in the images of some containers alone; gives its ARN. */
  revise(order: {
    readonly taskDefinition: string;
    readonly images: Readonly<Record<string, string>>;
    readonly note: string;
  }): Promise<Answer<string>>;
  /** Lets a service run a revision; does not wait for it. */
  release(order: ServiceName & { readonly taskDefinition: string }): Promise<Answer<void>>;
  /** Turns the circuit breaker of a service on or off; starts no deployment. */
  setBreaker(order: ServiceName & { readonly isOn: boolean }): Promise<Answer<void>>;
  /** Gives what a function is made of now, to bring it back later. */
  packageOf(order: { readonly name: string }): Promise<Answer<FunctionPackage>>;
  /** Gives a function other code when it is still at `revision`; `changed` when it is not. Does not wait for it. */
  replace(order: {
    readonly name: string;
    readonly code: FunctionPackage;
    readonly revision?: string;
  }): Promise<Answer<{ readonly sha256: string } | 'changed'>>;
  /** Makes a version of what a function is now, when it has that code; gives its number. */
  publish(order: { readonly name: string; readonly sha256: string; readonly note: string }): Promise<Answer<string>>;
  /** Lets an alias lead to a version when it is still at `revision`; `changed` when it is not. */
  shift(order: {
    readonly name: string;
    readonly alias: string;
    readonly version: string;
    readonly revision?: string;
  }): Promise<Answer<'shifted' | 'changed'>>;
  /** Writes the note of a function, or takes it away. */
  note(order: { readonly arn: string; readonly text: string | undefined }): Promise<Answer<void>>;
}

/** How code can come without its stack. */
export type CodeGiver = 'mode: code' | 'method: hotswap';

/** What a note of a function says: since when it has which code, and how that came. */
export interface FunctionNote {
  readonly day: string;
  readonly sha256: string;
  /** The code in the words of the one who gave it: of a swap the object or image that the template names. */
  readonly what: string;
  readonly by: CodeGiver;
}

/** Gives the note that a function carries. A tag takes 256 characters: the end of a long `what` is missing. */
export const toFunctionNote = (atMs: number, sha256: string, what: string, by: CodeGiver): string =>
  `${new Date(atMs).toISOString()} ${sha256} ${toPrefix(by)}${what}`.replace(/[^\w\s+\-=.:/@]/g, '_').slice(0, 256);

/** Gives what a note of a function says; undefined for what is none. */
export function parseFunctionNote(text: string): FunctionNote | undefined {
  const [, day = '', sha256 = '', prefix = '', what = ''] = /^(\d{4}-\d\d-\d\d)T\S+ (\S+) (hotswap )?(.+)$/.exec(text) ?? [];
  return day ? { day, sha256, what, by: toGiver(prefix) } : undefined;
}

/** Says whether a note is of some code, as far as a note can hold its name. */
export const isNoteOf = (note: FunctionNote, what: string): boolean =>
  parseFunctionNote(toFunctionNote(0, note.sha256, what, note.by))?.what === note.what;

const breakerLent = 'breaker lent';

/** Gives the note that a revision of a task definition carries; a tag takes no commas. */
export const toRevisionNote = (atMs: number, run: string, by: CodeGiver, lendsBreaker = false): string =>
  `${new Date(atMs).toISOString()} ${toPrefix(by)}run ${run}${lendsBreaker ? ` ${breakerLent}` : ''}`;

/** Says whether the circuit breaker of the service was turned on for the release of a revision with this note. */
export const lentBreaker = (note: string): boolean => note.endsWith(` ${breakerLent}`);

/** Gives how a revision with a note came. */
export const parseRevisionNote = (text: string): CodeGiver => toGiver(text.split(' ')[1] ?? '');

const toPrefix = (by: CodeGiver): string => (by === 'method: hotswap' ? 'hotswap ' : '');
const toGiver = (prefix: string): CodeGiver => (prefix.startsWith('hotswap') ? 'method: hotswap' : 'mode: code');

/** A container image by its parts; `tag` or `digest`. */
export interface ImageName {
  /** All before the tag or digest. */
  readonly base: string;
  readonly tag?: string;
  /** `sha256:` and hexadecimal digits. */
  readonly digest?: string;
  /** Where it lies, when that is ECR. */
  readonly store?: { readonly account: string; readonly region: string; readonly repository: string };
}

const imageName = /^((?:[^/@]+\/)*[^/@:]+)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;
const registry = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(.+)$/;

/** Gives the parts of the name of an image; undefined for what is none. A digest goes before a tag. */
export function parseImage(text: string): ImageName | undefined {
  const [, base = '', tag, digest] = imageName.exec(text) ?? [];
  if (!base) return undefined;
  const [, account = '', region = '', repository = ''] = registry.exec(base) ?? [];
  return {
    base,
    ...(digest ? { digest } : { tag: tag ?? 'latest' }),
    ...(account ? { store: { account, region, repository } } : {}),
  };
}

/** Says whether a media type is that of an index, which holds an image for each platform. */
export const isIndex = (mediaType: string): boolean => /manifest\.list|image\.index/.test(mediaType);
