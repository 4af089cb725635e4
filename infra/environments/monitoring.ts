import type { LogRetentionDays } from './log-retention.ts';

/** The functions of monitoring, by the folders of their handlers. */
export const monitoringFunctions = ['api', 'log-processor', 'health-monitor', 'ai-analysis', 'backup'] as const;

/** One of `monitoringFunctions`. */
export type MonitoringFunction = (typeof monitoringFunctions)[number];

/** The services that a network may reach by an endpoint of its own, paid by the hour in each zone. */
export const interfaceEndpoints = ['sqs', 'sns', 'kms', 'logs', 'bedrock-runtime', 'xray'] as const;

/** Size of one function; concurrency is in simultaneous executions. */
export interface FunctionSize {
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Kept for this function, and its limit; the account's common pool when absent. */
  readonly reserved?: number;
  /** Kept warm: scaled between the two, so that `targetPercent` of it is in use. */
  readonly provisioned?: { readonly min: number; readonly max: number; readonly targetPercent: number };
}

/** What is set for one environment of monitoring; times are whole days unless the name has a unit, rates are requests per second. */
export interface MonitoringEnvironment {
  readonly githubEnvironment: string;
  readonly protected: boolean;
  readonly owner: string;
  readonly costCentre: string;
  readonly network: {
    readonly cidr: string;
    readonly zones: number;
    /** None leaves the functions without a way to the internet; health checks run outside of the network then. */
    readonly natGateways: number;
    readonly interfaceEndpoints: readonly (typeof interfaceEndpoints)[number][];
  };
  readonly logs: { readonly retentionDays: LogRetentionDays; readonly keepAfterStack: boolean };
  readonly functions: Readonly<Record<MonitoringFunction, FunctionSize>>;
  /** A circuit opens after so many failures in a row, and lets one call try again after so long. */
  readonly circuits: { readonly failures: number; readonly openSeconds: number };
  readonly api: {
    readonly ratePerSecond: number;
    readonly burst: number;
    readonly cache?: { readonly sizeGb: string; readonly ttlSeconds: number };
  };
  /** When log files move to cheaper storage and when they go; how long events are kept. */
  readonly storage: {
    readonly infrequentDays: number;
    readonly archiveDays: number;
    readonly expireDays: number;
    readonly noncurrentDays: number;
    readonly incompleteUploadDays: number;
    readonly eventDays: number;
  };
  readonly queues: { readonly receives: number; readonly failedDays: number };
  readonly healthEveryMinutes: number;
  /** Hour of the day in UTC, and for how long a backup is kept. */
  readonly backups: { readonly hour: number; readonly keepDays: number };
  /** What is promised over 30 days: requests that do not fail, and those answered within the time. */
  readonly objectives: { readonly availablePercent: number; readonly fastPercent: number; readonly fastMs: number };
}

const shared = {
  owner: 'monitoring-team',
  backups: { hour: 3, keepDays: 30 },
  objectives: { availablePercent: 99.9, fastPercent: 99, fastMs: 1000 },
} as const;

/** The environments of monitoring; a change here is the only difference between two environments' stacks. */
export const monitoringEnvironments: Readonly<Record<string, MonitoringEnvironment>> = {
  dev: {
    ...shared,
    githubEnvironment: 'dev',
    protected: false,
    costCentre: 'monitoring-dev',
    network: { cidr: '10.40.0.0/16', zones: 2, natGateways: 0, interfaceEndpoints: ['sqs', 'sns', 'bedrock-runtime'] },
    logs: { retentionDays: 7, keepAfterStack: false },
    functions: {
      api: { memoryMb: 256, timeoutSeconds: 10 },
      'log-processor': { memoryMb: 512, timeoutSeconds: 60 },
      'health-monitor': { memoryMb: 256, timeoutSeconds: 60 },
      'ai-analysis': { memoryMb: 512, timeoutSeconds: 120 },
      backup: { memoryMb: 256, timeoutSeconds: 300 },
    },
    circuits: { failures: 5, openSeconds: 30 },
    api: { ratePerSecond: 20, burst: 40 },
    storage: { infrequentDays: 30, archiveDays: 60, expireDays: 90, noncurrentDays: 7, incompleteUploadDays: 2, eventDays: 14 },
    queues: { receives: 3, failedDays: 14 },
    healthEveryMinutes: 15,
  },
  staging: {
    ...shared,
    githubEnvironment: 'staging',
    protected: false,
    costCentre: 'monitoring-staging',
    network: { cidr: '10.41.0.0/16', zones: 2, natGateways: 1, interfaceEndpoints: ['sqs', 'sns', 'bedrock-runtime'] },
    logs: { retentionDays: 30, keepAfterStack: false },
    functions: {
      api: { memoryMb: 512, timeoutSeconds: 10, reserved: 20 },
      'log-processor': { memoryMb: 1024, timeoutSeconds: 60, reserved: 10 },
      'health-monitor': { memoryMb: 256, timeoutSeconds: 60, reserved: 2 },
      'ai-analysis': { memoryMb: 512, timeoutSeconds: 120, reserved: 5 },
      backup: { memoryMb: 256, timeoutSeconds: 300, reserved: 1 },
    },
    circuits: { failures: 5, openSeconds: 60 },
    api: { ratePerSecond: 100, burst: 200, cache: { sizeGb: '0.5', ttlSeconds: 60 } },
    storage: { infrequentDays: 30, archiveDays: 90, expireDays: 180, noncurrentDays: 14, incompleteUploadDays: 2, eventDays: 30 },
    queues: { receives: 3, failedDays: 14 },
    healthEveryMinutes: 5,
  },
  prod: {
    ...shared,
    githubEnvironment: 'production',
    protected: true,
    costCentre: 'monitoring-production',
    network: { cidr: '10.42.0.0/16', zones: 3, natGateways: 3, interfaceEndpoints: ['sqs', 'sns', 'bedrock-runtime'] },
    logs: { retentionDays: 365, keepAfterStack: true },
    functions: {
      api: { memoryMb: 1024, timeoutSeconds: 10, reserved: 100, provisioned: { min: 2, max: 20, targetPercent: 70 } },
      'log-processor': { memoryMb: 2048, timeoutSeconds: 120, reserved: 50, provisioned: { min: 1, max: 10, targetPercent: 70 } },
      'health-monitor': { memoryMb: 512, timeoutSeconds: 60, reserved: 5 },
      'ai-analysis': { memoryMb: 1024, timeoutSeconds: 120, reserved: 20 },
      backup: { memoryMb: 512, timeoutSeconds: 300, reserved: 2 },
    },
    circuits: { failures: 5, openSeconds: 60 },
    api: { ratePerSecond: 500, burst: 1000, cache: { sizeGb: '1.6', ttlSeconds: 60 } },
    storage: { infrequentDays: 30, archiveDays: 90, expireDays: 2555, noncurrentDays: 90, incompleteUploadDays: 7, eventDays: 90 },
    queues: { receives: 5, failedDays: 14 },
    healthEveryMinutes: 1,
  },
};
