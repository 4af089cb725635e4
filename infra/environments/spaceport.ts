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
  /** The machines of the pipeline's two steps, and how long a step may take before it is stopped. */
  readonly pipeline: { readonly sfm: PipelineMachine; readonly gaussians: PipelineMachine };
}

/** What one step of the ML pipeline runs on. */
export interface PipelineMachine {
  /** A SageMaker instance type, such as `ml.g5.xlarge`. */
  readonly instanceType: string;
  readonly volumeGb: number;
  readonly longestHours: number;
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
    pipeline: {
      sfm: { instanceType: 'ml.c6i.4xlarge', volumeGb: 200, longestHours: 8 },
      gaussians: { instanceType: 'ml.g5.2xlarge', volumeGb: 200, longestHours: 24 },
    },
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
    pipeline: {
      sfm: { instanceType: 'ml.c6i.2xlarge', volumeGb: 100, longestHours: 4 },
      gaussians: { instanceType: 'ml.g5.xlarge', volumeGb: 100, longestHours: 12 },
    },
  },
  dev: {
    branches: ['dev'],
    githubEnvironment: 'dev',
    protected: false,
    owner: 'spaceport-team',
    costCentre: 'spaceport-development',
    logs: { retentionDays: 7, keepAfterStack: false },
    functions: { memoryMb: 256, timeoutSeconds: 10 },
    api: { ratePerSecond: 20, burst: 40 },
    buckets: { noncurrentDays: 3, incompleteUploadDays: 1 },
    images: { untaggedDays: 1, keep: 5 },
    users: { selfSignUp: false, refreshTokenDays: 1 },
    pipeline: {
      sfm: { instanceType: 'ml.c6i.2xlarge', volumeGb: 50, longestHours: 2 },
      gaussians: { instanceType: 'ml.g5.xlarge', volumeGb: 50, longestHours: 4 },
    },
  },
};
