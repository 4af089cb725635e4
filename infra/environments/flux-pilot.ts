import type { ProfileName } from './flux-pilot-profiles.ts';
import type { LogRetentionDays } from './log-retention.ts';

/** The database of one environment; storage is in GB, the alarm's limit in MB. */
export interface DatabaseSize {
  /** A class with an ARM processor: those are cheaper for the same work. */
  readonly instanceClass: `db.${'t4g' | 'm7g' | 'r7g'}.${string}`;
  readonly storageGb: number;
  readonly multiAz: boolean;
  readonly backupDays: number;
  readonly lowStorageMb: number;
}

/** What is set for one environment of flux-pilot; times are whole days, memory is in MB, rates are requests per second. */
export interface FluxPilotEnvironment {
  readonly githubEnvironment: string;
  readonly protected: boolean;
  readonly profile: ProfileName;
  readonly owner: string;
  readonly costCentre: string;
  readonly database: DatabaseSize;
  readonly users: { readonly refreshTokenDays: number };
  readonly api: { readonly ratePerSecond: number; readonly burst: number };
  readonly functions: { readonly memoryMb: number; readonly timeoutSeconds: number };
  readonly logs: { readonly retentionDays: LogRetentionDays; readonly keepAfterStack: boolean };
  readonly artifacts: { readonly lockDays: number; readonly noncurrentDays: number };
}

const small: DatabaseSize = { instanceClass: 'db.t4g.micro', storageGb: 20, multiAz: false, backupDays: 7, lowStorageMb: 2048 };
const quiet = { ratePerSecond: 25, burst: 50 };
const functions = { memoryMb: 256, timeoutSeconds: 15 };
const rehearsal = {
  protected: false,
  owner: 'flux-systems-team',
  database: small,
  users: { refreshTokenDays: 7 },
  api: quiet,
  functions,
  logs: { retentionDays: 30, keepAfterStack: false },
  artifacts: { lockDays: 30, noncurrentDays: 90 },
} as const;

/**
 * The environments of flux-pilot; a change here is the only difference between two environments' stacks.
 *
 * Artifacts go from dev to sandbox and staging. Staging has the guard of production, so that the way there is walked every day.
 */
export const fluxPilotEnvironments: Readonly<Record<string, FluxPilotEnvironment>> = {
  dev: { ...rehearsal, githubEnvironment: 'dev', profile: 'pilot', costCentre: 'flux-pilot-dev' },
  sandbox: { ...rehearsal, githubEnvironment: 'sandbox', profile: 'pilot', costCentre: 'flux-pilot-sandbox' },
  staging: { ...rehearsal, githubEnvironment: 'staging', profile: 'production', costCentre: 'flux-pilot-staging' },
  pilot: {
    githubEnvironment: 'pilot',
    protected: true,
    profile: 'pilot',
    owner: 'flux-systems-team',
    costCentre: 'flux-pilot',
    database: { ...small, backupDays: 14 },
    users: { refreshTokenDays: 30 },
    api: { ratePerSecond: 50, burst: 100 },
    functions,
    logs: { retentionDays: 90, keepAfterStack: true },
    artifacts: { lockDays: 365, noncurrentDays: 365 },
  },
};
