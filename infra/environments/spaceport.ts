import type { LogRetentionDays } from './log-retention.ts';

/** What is set for one environment of spaceport; times are whole days, memory is in MB, rates are requests per second. */
export interface SpaceportEnvironment {
  readonly branches: readonly string[];
  readonly githubEnvironment: string;
  readonly protected: boolean;
  readonly owner: string;
  readonly costCentre: string;
  readonly logs: { readonly retentionDays: LogRetentionDays; readonly keepAfterStack: boolean };
  readonly functions: { readonly memoryMb: number; readonly timeoutSeconds: number };
  readonly api: { readonly ratePerSecond: number; readonly burst: number };
  readonly buckets: { readonly noncurrentDays: number; readonly incompleteUploadDays: number };
  readonly images: { readonly untaggedDays: number; readonly keep: number };
  readonly users: { readonly selfSignUp: boolean; readonly refreshTokenDays: number };
}

/** The environments of spaceport; a change here is the only difference between two environments' stacks. */
export const spaceportEnvironments: Readonly<Record<string, SpaceportEnvironment>> = {
  prod: {
    branches: ['main'],
    githubEnvironment: 'production',
    protected: true,
    owner: 'spaceport-team',
    costCentre: 'spaceport-production',
    logs: { retentionDays: 365, keepAfterStack: true },
    functions: { memoryMb: 256, timeoutSeconds: 10 },
    api: { ratePerSecond: 200, burst: 400 },
    buckets: { noncurrentDays: 90, incompleteUploadDays: 7 },
    images: { untaggedDays: 14, keep: 50 },
    users: { selfSignUp: true, refreshTokenDays: 30 },
  },
  staging: {
    branches: ['development'],
    githubEnvironment: 'staging',
    protected: false,
    owner: 'spaceport-team',
    costCentre: 'spaceport-staging',
    logs: { retentionDays: 30, keepAfterStack: false },
    functions: { memoryMb: 256, timeoutSeconds: 10 },
    api: { ratePerSecond: 50, burst: 100 },
    buckets: { noncurrentDays: 14, incompleteUploadDays: 2 },
    images: { untaggedDays: 3, keep: 10 },
    users: { selfSignUp: true, refreshTokenDays: 7 },
  },
};
