import { z } from 'zod';
import { imageTag } from './image-tag.ts';
import { logRetentionDays } from './log-retention.ts';

const days = z.int().min(1).max(3650);
const minutes = z.int().min(0).max(1440);
const percent = z.int().min(1).max(100);
const tagValue = z.string().regex(/^[\w .:/=+@-]{1,256}$/, 'only letters, digits, spaces and . : / = + @ - _ are allowed');
const subnet = z.cidrv4().regex(/\.0\/24$/, 'a block of 256 addresses such as 10.0.1.0/24 is allowed');
const threeSubnets = z.array(subnet).length(3);

/** The sizes that Fargate has, in MiB of memory by CPU units: from, to, in steps of. */
const fargate: Readonly<Record<number, readonly [from: number, to: number, step: number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
};

const serviceSize = z
  .strictObject({ cpu: z.int(), memory: z.int(), desiredCount: z.int().min(2), maxCount: z.int().min(2).max(1000) })
  .refine(({ cpu, memory }) => isFargateSize(cpu, memory), 'Fargate has no tasks of this CPU and memory')
  .refine(({ desiredCount, maxCount }) => desiredCount <= maxCount, 'desiredCount may not be above maxCount');

function isFargateSize(cpu: number, memory: number): boolean {
  const [from, to, step] = fargate[cpu] ?? [1, 0, 1];
  return memory >= from && memory <= to && (memory - from) % step === 0;
}

/**
 * What the data of one environment must be; the limits are those of the services.
 *
 * @source https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html (sizes)
 * @source https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html (35 days)
 * @source https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html (limits)
 */
export const cloudWeaveEnvironmentSchema = z
  .strictObject({
    environment: z.enum(['staging', 'production']),
    region: z.string().min(1),
    vpc: z.strictObject({ cidr: z.cidrv4(), availabilityZones: z.array(z.string()).length(3) }),
    database: z.strictObject({
      instanceClass: z.string().regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/, 'a class such as db.t3.medium is allowed'),
      multiAZ: z.boolean(),
      backupRetention: z.int().min(1).max(35),
    }),
    compute: z.strictObject({ frontend: serviceSize, backend: serviceSize }),
    branches: z.array(z.string().min(1)),
    githubEnvironment: z.string().min(1).max(255),
    protected: z.boolean(),
    owner: tagValue,
    costCentre: tagValue,
    subnets: z.strictObject({ public: threeSubnets, private: threeSubnets, database: threeSubnets }),
    natGateways: z.int().min(1).max(3),
    storage: z
      .strictObject({ initialGb: z.int().min(20).max(65_536), mostGb: z.int().min(22).max(65_536) })
      .refine(({ initialGb, mostGb }) => mostGb >= initialGb * 1.1, 'mostGb must be a tenth above initialGb at least'),
    databaseName: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'small letters, digits and _ are allowed, with a letter first'),
    images: z.strictObject({ defaultTag: imageTag, keep: z.int().min(1).max(1000), untaggedDays: days }),
    logs: z.strictObject({ retentionDays: z.literal(logRetentionDays), keepAfterStack: z.boolean() }),
    records: z.strictObject({ noncurrentDays: days, incompleteUploadDays: days }),
    release: z.strictObject({ bakeMinutes: minutes, canaryPercent: percent.max(99), canaryMinutes: minutes }),
    flags: z.strictObject({ growthPercent: percent, overMinutes: minutes, bakeMinutes: minutes }),
    requestLimit: z.int().min(10).max(2_000_000_000),
    tracedShare: z.number().min(0).max(1),
    recovery: z.strictObject({ keepDays: days, timeHours: z.int().min(1).max(24), pointHours: z.int().min(1).max(24) }),
  })
  .refine(({ region, vpc }) => vpc.availabilityZones.every((zone) => zone.startsWith(region)), 'the zones must be of the region')
  .refine(({ subnets }) => isUnique(Object.values(subnets).flat()), 'no two subnets may have one block')
  .refine(({ vpc, subnets }) => Object.values(subnets).flat().every(within(vpc.cidr)), 'the subnets must be within the VPC');

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** For a VPC of 65,536 addresses: the first two numbers are the network. */
const within =
  (cidr: string) =>
  (block: string): boolean =>
    block.split('.').slice(0, 2).join('.') === cidr.split('.').slice(0, 2).join('.');
