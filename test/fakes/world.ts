import { posix } from 'node:path';
import { known, unknown, type Answer } from '../../engine/src/answer.ts';
import { toSha256 } from '../../engine/src/canonical.ts';
import type { Event } from '../../engine/src/config/event.ts';
import { finding, Stop } from '../../engine/src/finding.ts';
import type { DataResource } from '../../engine/src/decision.ts';
import type { SynthRequest, System } from '../../engine/src/system.ts';
import type { OwnComment, Pull } from '../../engine/src/reviews.ts';
import type { CommandEnd, SiteAnswer } from '../../engine/src/reach.ts';
import type { AppOrder, Connection, Files, Violation, World } from '../../engine/src/world.ts';
import type { FakeAws } from './account.ts';
import { createFakeAws } from './aws.ts';
import { toAssemblyFiles, type SampleStack } from './assembly.ts';
import { createFakeClock, startMs, type FakeClock } from './clock.ts';

/** A bundled system as a test makes it up. */
export interface SampleSystem {
  readonly name: string;
  readonly environments?: System['environments'];
  readonly data?: (environment: string) => readonly DataResource[];
  readonly takesImageTag?: boolean;
  readonly stackNames?: (environment: string) => readonly string[];
  readonly phases?: (environment: string) => Readonly<Record<string, readonly string[]>>;
  /** The stacks of a synth; what it throws, synthesis throws. */
  readonly stacks: (request: SynthRequest) => Readonly<Record<string, SampleStack>>;
}

/** What a test wants to be otherwise than: a push to main, credentials of 111111111111 in us-west-2, an empty repository. */
export interface FakeWorldOptions {
  /** By path below the checkout. */
  readonly files?: Readonly<Record<string, string>>;
  /** Folder below the checkout that everything runs in; otherwise the checkout itself. */
  readonly workingDirectory?: string;
  /** Sizes of files and folders by absolute path, where they are not those of the texts. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Files that are no text, by absolute path. */
  readonly contents?: Readonly<Record<string, Uint8Array>>;
  /** Whether no images can be built. */
  readonly withoutDocker?: true;
  /** When the credentials of the job end. */
  readonly sessionEnds?: number;
  /** Absolute paths that cannot be written. */
  readonly unwritable?: readonly string[];
  readonly event?: Event;
  /** Account of the credentials. */
  readonly account?: string;
  /** Whether an earlier step left credentials; otherwise it did. */
  readonly hasCredentials?: boolean;
  /** Region of the job; none with an empty text. */
  readonly ambientRegion?: string;
  readonly system?: SampleSystem;
  /** Files of the repository at other commits: by commit and path. */
  readonly history?: Readonly<Record<string, Answer<string | undefined>>>;
  /** The pull requests of the commit of the run: to each question an answer, to further ones the last. */
  readonly pulls?: readonly Answer<readonly Pull[]>[];
  /** Our own comments, by the number of the pull request and the marker. */
  readonly comments?: Readonly<Record<string, Answer<OwnComment | undefined>>>;
  /** What the commands of apps write: by command. */
  readonly apps?: Readonly<Record<string, (context: Readonly<Record<string, string>>) => Readonly<Record<string, SampleStack>>>>;
  readonly violations?: Answer<readonly Violation[]>;
  /** What own rules have against the templates, when there are any. */
  readonly ruleViolations?: Answer<readonly Violation[]>;
}

/** A world in memory, and what it has seen. */
export interface FakeWorld {
  readonly world: World;
  readonly aws: FakeAws;
  /** Another account, by its digits; bootstrapped, and otherwise empty. */
  readonly others: (account: string) => FakeAws;
  readonly clock: FakeClock;
  /** Files by absolute path; the checkout is /repo, the folder of the job /temp. */
  readonly files: Map<string, string>;
  /** What was logged, groups and all; debug lines begin with `debug: `. */
  readonly lines: string[];
  /** What is to be hidden. */
  readonly hidden: string[];
  readonly connections: Connection[];
  /** What sites answer, by address; each gets how many milliseconds the run has taken. */
  readonly sites: Map<string, (ms: number) => SiteAnswer | undefined>;
  /** How commands end, by command; each gets its variables. */
  readonly commands: Map<string, (variables: Readonly<Record<string, string>>) => CommandEnd>;
  readonly synths: SynthRequest[];
  /** What the commands of apps were run with. */
  readonly appOrders: AppOrder[];
  readonly cancel: () => void;
  /** Fills the disk: nothing can be written any more. */
  readonly fillDisk: () => void;
}

/** The account of the credentials. */
export const account = '111111111111';

/** Makes a world in memory, written by hand: time, files, log, and one AWS account that behaves as its scripts say. */
export function createFakeWorld(options: FakeWorldOptions = {}): FakeWorld {
  const clock = createFakeClock();
  const aws = createFakeAws(options.account ?? account, clock);
  const made = new Map<string, FakeAws>();
  const others = (other: string) => {
    const found = made.get(other) ?? createFakeAws(other, clock);
    made.set(other, found);
    return found;
  };
  const files = new Map(Object.entries(options.files ?? {}).map(([path, text]) => [posix.resolve('/repo', path), text]));
  const controller = new AbortController();
  let isFull = false;
  const lines: string[] = [];
  const hidden: string[] = [];
  const connections: Connection[] = [];
  let pullsAsked = 0;
  const synths: SynthRequest[] = [];
  const appOrders: AppOrder[] = [];
  const sites: FakeWorld['sites'] = new Map();
  const commands: FakeWorld['commands'] = new Map();
  const write = (dir: string, stacks: Readonly<Record<string, SampleStack>>) =>
    Object.entries(toAssemblyFiles(dir, stacks)).forEach(([path, text]) => files.set(path, text));
  const system = options.system && toSystem(options.system, (request, stacks) => (synths.push(request), write(request.outdir, stacks)));
  const ambientRegion = options.ambientRegion ?? 'us-west-2';
  const world: World = {
    clock,
    log: {
      line: (text) => void lines.push(text),
      group: (title, more) => void lines.push(title, ...more),
      debug: (text) => void lines.push(`debug: ${text}`),
    },
    hide: (secret) => void hidden.push(secret),
    files: createFakeFiles(files, { ...options, isFull: () => isFull }),
    event: options.event ?? { name: 'push', branch: 'main', isPullRequest: false },
    ...(ambientRegion ? { ambientRegion } : {}),
    run: { id: '42', attempt: '1', url: 'https://github.com/org/app/actions/runs/42', actor: 'ada', sha: toSha256('commit') },
    repository: {
      file: (path) => files.get(posix.resolve('/repo', path)),
      fileAt: async (commit, path) => options.history?.[`${commit} ${path}`] ?? known(undefined),
    },
    reviews: {
      pullsOf: async () => options.pulls?.[Math.min(pullsAsked++, options.pulls.length - 1)] ?? known([]),
      commentOf: async (pull, marker) => options.comments?.[`${pull} ${marker}`] ?? known(undefined),
    },
    systems: { names: system ? [system.name] : [], find: (name) => (system?.name === name ? system : undefined) },
    hasCredentials: options.hasCredentials ?? true,
    handlers: '/action/handlers',
    apps: {
      synthesize: async (order) => {
        const { command, context, outdir } = order;
        appOrders.push(order);
        const app = options.apps?.[command];
        if (!app) throw new Error(`the test made no app ${command}`);
        write(outdir, app(context));
      },
    },
    sites: {
      get: async ({ url }) => {
        const answer = sites.get(url)?.(clock.now() - startMs);
        return answer ? known(answer) : unknown({ call: 'GET', resource: url, why: 'unreachable', message: 'no such host' });
      },
    },
    commands: { run: async ({ command, variables }) => commands.get(command)?.(variables) ?? { code: 127, lines: ['not found'] } },
    canBuildImages: async () => !options.withoutDocker,
    ...(options.sessionEnds === undefined ? {} : { sessionEnds: options.sessionEnds }),
    validator: {
      warm: () => {},
      validate: async () => options.violations ?? known([]),
      apply: async () => options.ruleViolations ?? known([]),
      stop: async () => {},
    },
    connect: (connection) => {
      connections.push(connection);
      const { region, elsewhere } = connection;
      const own = aws.cloud(region);
      if (!elsewhere) return own;
      const other = others(elsewhere.account).cloud(region, true);
      // As on AWS: functions are invoked with the credentials of the job.
      return { ...other, functions: own.functions, readings: { ...other.readings, refusal: own.readings.refusal } };
    },
    cancelled: controller.signal,
  };
  return {
    world,
    aws,
    others,
    clock,
    files,
    lines,
    hidden,
    connections,
    synths,
    appOrders,
    sites,
    commands,
    cancel: () => controller.abort(),
    fillDisk: () => void (isFull = true),
  };
}

function createFakeFiles(files: Map<string, string>, options: FakeWorldOptions & { readonly isFull: () => boolean }): Files {
  const { workingDirectory = '.', unwritable = [] } = options;
  const resolve = (...parts: string[]) => posix.resolve('/repo', workingDirectory, ...parts);
  let folders = 0;
  return {
    read: (path) => files.get(resolve(path)),
    content: (path) => options.contents?.[resolve(path)],
    bytes: (path) => options.sizes?.[resolve(path)] ?? files.get(resolve(path))?.length ?? 0,
    write: (path, text) => {
      if (options.isFull()) throw new Stop(finding('RT060', `${resolve(path)}: ENOSPC: no space left on device`));
      if (unwritable.includes(resolve(path))) throw new Stop(finding('RT060', `${resolve(path)}: read-only file system`));
      files.set(resolve(path), text);
    },
    temporary: (name) => `/temp/${name}-${++folders}`,
    forJob: (name) => `/temp/${name}`,
    resolve,
  };
}

function toSystem(sample: SampleSystem, done: (request: SynthRequest, stacks: Readonly<Record<string, SampleStack>>) => void): System {
  return {
    name: sample.name,
    environments: sample.environments ?? {},
    takesImageTag: sample.takesImageTag ?? false,
    stackNames: sample.stackNames ?? (() => []),
    phases: sample.phases ?? (() => ({})),
    dataResources: ({ environment }) => sample.data?.(environment) ?? [],
    load: async () => {},
    synthesize: async (request) => done(request, sample.stacks(request)),
  };
}
