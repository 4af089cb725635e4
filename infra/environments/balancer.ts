import type { LogRetentionDays } from './log-retention.ts';

/** The services of the backend: one image, told apart by the command that it is started with. */
export const balancerServices = ['api', 'worker', 'scheduler'] as const;

/** One of `balancerServices`. */
export type BalancerService = (typeof balancerServices)[number];

/** The queues for work in the background. */
export const balancerQueues = ['background-job', 'data-refresh', 'notification'] as const;

/** One of `balancerQueues`. */
export type BalancerQueue = (typeof balancerQueues)[number];

/** The services of AWS that an environment may reach by an endpoint of its own, paid by the hour in each zone. */
export const balancerEndpoints = ['ecr.api', 'ecr.dkr', 'kms', 'logs', 'secretsmanager', 'sqs', 'ssm'] as const;

/** Size of the tasks of one service, in CPU units of 1/1024 and MB, and between how many tasks it scales. */
export interface ServiceSize {
  readonly cpu: number;
  readonly memoryMb: number;
  readonly tasks: { readonly min: number; readonly max: number };
}

/** What is set for one environment of balancer; times are whole days unless the name has a unit. */
export interface BalancerEnvironment {
  /** The first one keeps the documented names. */
  readonly regions: readonly string[];
  readonly githubEnvironment: string;
  readonly protected: boolean;
  readonly owner: string;
  readonly costCentre: string;
  /** The image that runs when a deployment names none. */
  readonly imageTag: string;
  readonly network: {
    readonly cidr: string;
    readonly zones: number;
    readonly natGateways: number;
    readonly interfaceEndpoints: readonly (typeof balancerEndpoints)[number][];
  };
  readonly logs: { readonly retentionDays: LogRetentionDays; readonly keepAfterStack: boolean };
  /** When what is in the buckets of logs and backups moves to cheaper storage, and when it goes. */
  readonly storage: {
    readonly infrequentDays: number;
    readonly archiveDays: number;
    readonly expireDays: number;
    readonly noncurrentDays: number;
    readonly incompleteUploadDays: number;
  };
  readonly images: { readonly untaggedDays: number; readonly keep: number };
  readonly queues: { readonly receives: number; readonly failedDays: number; readonly visibleAfterSeconds: number };
  readonly database: {
    readonly instanceClass: string;
    readonly storageGb: number;
    readonly maxStorageGb: number;
    readonly multiAz: boolean;
    readonly backupDays: number;
    readonly performanceInsights: boolean;
  };
  readonly services: Readonly<Record<BalancerService, ServiceSize>>;
  /** `guards` says whether requests to the load balancer pass through the firewall. */
  readonly firewall: { readonly guards: boolean; readonly requestsPerFiveMinutes: number };
  readonly forwarder: { readonly memoryMb: number; readonly timeoutSeconds: number };
}

const shared = {
  regions: ['us-west-2'],
  owner: 'balancer-team',
  imageTag: 'latest',
  queues: { receives: 3, failedDays: 14, visibleAfterSeconds: 300 },
  forwarder: { memoryMb: 256, timeoutSeconds: 60 },
} as const;

/** Two schedulers would start everything twice. */
const one = { min: 1, max: 1 } as const;

/** The environments of balancer; a change here is the only difference between two environments' stacks. */
export const balancerEnvironments: Readonly<Record<string, BalancerEnvironment>> = {
  development: {
    ...shared,
    githubEnvironment: 'development',
    protected: false,
    costCentre: 'balancer-development',
    network: { cidr: '10.50.0.0/16', zones: 2, natGateways: 1, interfaceEndpoints: ['ecr.api', 'ecr.dkr'] },
    logs: { retentionDays: 7, keepAfterStack: false },
    storage: { infrequentDays: 30, archiveDays: 60, expireDays: 90, noncurrentDays: 7, incompleteUploadDays: 2 },
    images: { untaggedDays: 7, keep: 20 },
    database: {
      instanceClass: 't3.micro',
      storageGb: 20,
      maxStorageGb: 50,
      multiAz: false,
      backupDays: 7,
      performanceInsights: false,
    },
    services: {
      api: { cpu: 256, memoryMb: 512, tasks: { min: 1, max: 2 } },
      worker: { cpu: 256, memoryMb: 512, tasks: { min: 1, max: 2 } },
      scheduler: { cpu: 256, memoryMb: 512, tasks: one },
    },
    firewall: { guards: false, requestsPerFiveMinutes: 2000 },
  },
  staging: {
    ...shared,
    githubEnvironment: 'staging',
    protected: false,
    costCentre: 'balancer-staging',
    network: {
      cidr: '10.51.0.0/16',
      zones: 2,
      natGateways: 2,
      interfaceEndpoints: ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'sqs'],
    },
    logs: { retentionDays: 30, keepAfterStack: false },
    storage: { infrequentDays: 30, archiveDays: 90, expireDays: 180, noncurrentDays: 14, incompleteUploadDays: 2 },
    images: { untaggedDays: 7, keep: 50 },
    database: {
      instanceClass: 't3.medium',
      storageGb: 50,
      maxStorageGb: 100,
      multiAz: false,
      backupDays: 14,
      performanceInsights: false,
    },
    services: {
      api: { cpu: 512, memoryMb: 1024, tasks: { min: 2, max: 4 } },
      worker: { cpu: 512, memoryMb: 1024, tasks: { min: 1, max: 4 } },
      scheduler: { cpu: 256, memoryMb: 512, tasks: one },
    },
    firewall: { guards: false, requestsPerFiveMinutes: 2000 },
  },
  production: {
    ...shared,
    githubEnvironment: 'production',
    protected: true,
    costCentre: 'balancer-production',
    network: { cidr: '10.52.0.0/16', zones: 3, natGateways: 3, interfaceEndpoints: balancerEndpoints },
    logs: { retentionDays: 365, keepAfterStack: true },
    storage: { infrequentDays: 30, archiveDays: 90, expireDays: 2555, noncurrentDays: 90, incompleteUploadDays: 7 },
    images: { untaggedDays: 30, keep: 200 },
    database: {
      instanceClass: 'm6g.large',
      storageGb: 100,
      maxStorageGb: 1000,
      multiAz: true,
      backupDays: 35,
      performanceInsights: true,
    },
    services: {
      api: { cpu: 1024, memoryMb: 2048, tasks: { min: 3, max: 12 } },
      worker: { cpu: 1024, memoryMb: 2048, tasks: { min: 2, max: 12 } },
      scheduler: { cpu: 512, memoryMb: 1024, tasks: one },
    },
    firewall: { guards: true, requestsPerFiveMinutes: 2000 },
  },
};
