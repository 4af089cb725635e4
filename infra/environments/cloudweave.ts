import type { LogRetentionDays } from './log-retention.ts';

/** How many tasks of a service run, and how large one is: `cpu` in units of 1/1024 vCPU, `memory` in MiB. */
export interface ServiceSize {
  cpu: number;
  memory: number;
  /** As many at least. */
  desiredCount: number;
  maxCount: number;
}

/** What the document of cloudweave sets for an environment, in its own words; `backupRetention` is in days. */
export interface EnvironmentConfig {
  environment: 'staging' | 'production';
  region: string;
  vpc: {
    cidr: string;
    availabilityZones: string[];
  };
  database: {
    instanceClass: string;
    multiAZ: boolean;
    backupRetention: number;
  };
  compute: {
    frontend: ServiceSize;
    backend: ServiceSize;
  };
}

/** The three kinds of subnets, and what is in them: load balancers and NAT gateways, containers, databases. */
export const tiers = ['public', 'private', 'database'] as const;

/** One of `tiers`. */
export type Tier = (typeof tiers)[number];

/** What is set for one environment of cloudweave beside the document's own schema; times are whole days unless the name has a unit. */
export interface CloudWeaveEnvironment extends EnvironmentConfig {
  readonly branches: readonly string[];
  readonly githubEnvironment: string;
  readonly protected: boolean;
  readonly owner: string;
  readonly costCentre: string;
  /** The blocks of the subnets, one for each zone. */
  readonly subnets: Readonly<Record<Tier, readonly string[]>>;
  readonly natGateways: number;
  readonly storage: { readonly initialGb: number; readonly mostGb: number };
  readonly databaseName: string;
  readonly images: { readonly defaultTag: string; readonly keep: number; readonly untaggedDays: number };
  readonly logs: { readonly retentionDays: LogRetentionDays; readonly keepAfterStack: boolean };
  readonly records: { readonly noncurrentDays: number; readonly incompleteUploadDays: number };
  /** How long the old tasks stay beside the new ones, and how a canary shifts. */
  readonly release: { readonly bakeMinutes: number; readonly canaryPercent: number; readonly canaryMinutes: number };
  /** How much of a flag's change is rolled out at once, over how long, and how long it is watched then. */
  readonly flags: { readonly growthPercent: number; readonly overMinutes: number; readonly bakeMinutes: number };
  /** Per five minutes and address. */
  readonly requestLimit: number;
  /** Share of the requests that are traced. */
  readonly tracedShare: number;
  readonly recovery: { readonly keepDays: number; readonly timeHours: number; readonly pointHours: number };
}

const shared = {
  owner: 'cloudweave-team',
  region: 'us-west-2',
  vpc: { cidr: '10.0.0.0/16', availabilityZones: ['us-west-2a', 'us-west-2b', 'us-west-2c'] },
  subnets: {
    public: ['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'],
    private: ['10.0.11.0/24', '10.0.12.0/24', '10.0.13.0/24'],
    database: ['10.0.21.0/24', '10.0.22.0/24', '10.0.23.0/24'],
  },
  compute: {
    frontend: { cpu: 2048, memory: 4096, desiredCount: 2, maxCount: 10 },
    backend: { cpu: 1024, memory: 2048, desiredCount: 2, maxCount: 20 },
  },
  requestLimit: 2000,
} as const;

const recovery = { timeHours: 4, pointHours: 1 } as const;

/** The environments of cloudweave; a change here is the only difference between two environments' stacks. */
export const cloudWeaveEnvironments: Readonly<Record<string, CloudWeaveEnvironment>> = {
  staging: {
    ...shared,
    vpc: { ...shared.vpc, availabilityZones: [...shared.vpc.availabilityZones] },
    environment: 'staging',
    branches: ['develop'],
    githubEnvironment: 'staging',
    protected: false,
    costCentre: 'cloudweave-staging',
    natGateways: 1,
    database: { instanceClass: 'db.t3.micro', multiAZ: false, backupRetention: 7 },
    storage: { initialGb: 20, mostGb: 50 },
    databaseName: 'cloudweave_staging',
    images: { defaultTag: 'latest', keep: 20, untaggedDays: 3 },
    logs: { retentionDays: 30, keepAfterStack: false },
    records: { noncurrentDays: 90, incompleteUploadDays: 2 },
    release: { bakeMinutes: 2, canaryPercent: 10, canaryMinutes: 2 },
    flags: { growthPercent: 100, overMinutes: 0, bakeMinutes: 0 },
    tracedShare: 0.5,
    recovery: { ...recovery, keepDays: 7 },
  },
  production: {
    ...shared,
    vpc: { ...shared.vpc, availabilityZones: [...shared.vpc.availabilityZones] },
    environment: 'production',
    branches: ['main'],
    githubEnvironment: 'production',
    protected: true,
    costCentre: 'cloudweave-production',
    natGateways: 3,
    database: { instanceClass: 'db.t3.medium', multiAZ: true, backupRetention: 7 },
    storage: { initialGb: 100, mostGb: 500 },
    databaseName: 'cloudweave_prod',
    images: { defaultTag: 'latest', keep: 50, untaggedDays: 7 },
    logs: { retentionDays: 365, keepAfterStack: true },
    records: { noncurrentDays: 365, incompleteUploadDays: 7 },
    release: { bakeMinutes: 10, canaryPercent: 10, canaryMinutes: 15 },
    flags: { growthPercent: 20, overMinutes: 20, bakeMinutes: 10 },
    tracedShare: 0.05,
    recovery: { ...recovery, keepDays: 35 },
  },
};
