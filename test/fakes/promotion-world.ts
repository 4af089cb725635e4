import { finding, Stop } from '../../engine/src/finding.ts';
import type { Readings } from '../../engine/src/readings.ts';
import type { Cloud, Connection, Repository, World } from '../../engine/src/world.ts';
import { createFakeBuckets, type FakeBuckets, type Interrupt } from './artifacts.ts';

/** Accounts of the environments of the config below. */
export const accounts = { dev: '111111111111', sandbox: '222222222222', staging: '333333333333' } as const;

const config = `
environments:
  dev: { account: "${accounts.dev}", regions: [us-west-2] }
  sandbox: { account: "${accounts.sandbox}", regions: [us-west-2], role: "arn:aws:iam::${accounts.sandbox}:role/promote" }
  staging: { account: "${accounts.staging}", regions: [us-west-2], github-environment: staging }
promotions:
  lambda: { from: dev, to: [sandbox, staging], bucket: "artifacts-{environment}", prefix: lambda/ }
`;

/** A world with three accounts, each with a bucket of artifacts; the accounts after it may read a bucket. */
export interface PromotionWorld {
  readonly world: World;
  readonly buckets: FakeBuckets;
  readonly lines: string[];
  readonly connections: Connection[];
  readonly cancel: () => void;
  /** Milliseconds that pass with each look at the clock. */
  tickMs: number;
}

/** What a test wants to be otherwise. */
export interface PromotionWorldOptions {
  readonly config?: string;
  /** Account of the credentials; otherwise that of the role, or of staging. */
  readonly account?: string;
  readonly noCredentials?: boolean;
  readonly interrupt?: (call: Parameters<Interrupt>[0], world: PromotionWorld) => ReturnType<Interrupt>;
}

/** Makes a world in which promotions can run. What they do not need throws when it is touched. */
export function createPromotionWorld(options: PromotionWorldOptions = {}): PromotionWorld {
  const buckets = createFakeBuckets();
  buckets.create('artifacts-dev', { account: accounts.dev, readers: [accounts.sandbox, accounts.staging] });
  buckets.create('artifacts-sandbox', { account: accounts.sandbox, readers: [accounts.staging], versioned: true });
  buckets.create('artifacts-staging', { account: accounts.staging, versioned: true });
  const controller = new AbortController();
  const lines: string[] = [];
  const connections: Connection[] = [];
  let now = Date.parse('2026-11-21T10:00:00Z');
  const connect = (connection: Connection): Cloud => {
    connections.push(connection);
    const account = options.account ?? (connection.role ? accounts.sandbox : accounts.staging);
    return untouchable<Cloud>('Cloud', {
      region: connection.region,
      caller: async () => {
        if (options.noCredentials) throw new Stop(finding('RT040', 'Neither the environment of the job nor a profile holds credentials.'));
        return { account, arn: `arn:aws:iam::${account}:role/job` };
      },
      readings: untouchable<Readings>('Readings', { presence: async ({ name }) => buckets.look(account, name) }),
      artifacts: buckets.artifacts(account, (call) => options.interrupt?.(call, made)),
    });
  };
  const world = untouchable<World>('World', {
    clock: { now: () => (now += made.tickMs), sleep: async () => {} },
    log: { line: (text) => void lines.push(text), group: (title, more) => void lines.push(title, ...more), debug: () => {} },
    hasCredentials: true,
    repository: untouchable<Repository>('Repository', {
      file: (path) => (path === '.github/spaceport.yml' ? (options.config ?? config) : undefined),
    }),
    event: { name: 'workflow_dispatch', branch: 'main', isPullRequest: false },
    run: { id: '77', attempt: '1', url: 'https://github.com/org/app/actions/runs/77', actor: 'ada', sha: 'abc' },
    connect,
    cancelled: controller.signal,
  });
  const made: PromotionWorld = { world, buckets, lines, connections, cancel: () => controller.abort(), tickMs: 100 };
  return made;
}

/** Gives a port of which only the given members are there; another one throws, so that no test relies on it by accident. */
function untouchable<T extends object>(name: string, members: Partial<T>): T {
  return new Proxy(members as T, {
    get: (target, key) => {
      if (key in target || typeof key === 'symbol') return Reflect.get(target, key) as unknown;
      if (name === 'World' && key === 'ambientRegion') return undefined;
      throw new Error(`${name}.${key} is not there in this test`);
    },
  });
}

/** The artifacts that most tests promote: key below the prefix, and text. */
export const builds = { 'ingest.zip': 'ingest 1', 'api/list.zip': 'list 1', 'api/get.zip': 'get 1' } as const;

/** Uploads the builds to dev, as a build job would. */
export function uploadBuilds(buckets: FakeBuckets, algorithm?: Parameters<FakeBuckets['put']>[3]): void {
  for (const [name, text] of Object.entries(builds)) buckets.put('artifacts-dev', `lambda/${name}`, text, algorithm);
}
