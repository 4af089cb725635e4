import { z } from 'zod';
import { balancerEndpoints, balancerServices } from './balancer.ts';
import { imageTag } from './image-tag.ts';
import { logRetentionDays } from './log-retention.ts';

const days = z.int().min(1).max(3650);
const tagValue = z.string().regex(/^[\w .:/=+@-]{1,256}$/, 'only letters, digits, spaces and . : / = + @ - _ are allowed');

/** MB that go with so many CPU units on Fargate: least, most, and the step between. */
const fargateMemory: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
};

function isFargateSize({ cpu, memoryMb }: { readonly cpu: number; readonly memoryMb: number }): boolean {
  const [least, most, step] = fargateMemory[cpu] ?? [1, 0, 1];
  return memoryMb >= least && memoryMb <= most && memoryMb % step === 0;
}

const serviceSize = z
  .strictObject({
    cpu: z.int(),
    memoryMb: z.int(),
    tasks: z
      .strictObject({ min: z.int().min(1), max: z.int().min(1).max(100) })
      .refine(({ min, max }) => min <= max, 'min may not be above max'),
  })
  .refine(isFargateSize, 'Fargate has no such size');

/**
 * What the data of one environment must be; the limits are those of the services.
 *
 * @source https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html (sizes of tasks)
 * @source https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html (30 days before STANDARD_IA)
 * @source https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html
 */
export const balancerEnvironmentSchema = z.strictObject({
  regions: z.array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as us-west-2 is allowed')).min(1),
  githubEnvironment: z.string().min(1).max(255),
  protected: z.boolean(),
  owner: tagValue,
  costCentre: tagValue,
  imageTag,
  network: z
    .strictObject({
      cidr: z.string().regex(/^10\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])\.0\.0\/16$/, 'a block such as 10.50.0.0/16 is allowed'),
      zones: z.int().min(2).max(3),
      natGateways: z.int().min(1).max(3),
      interfaceEndpoints: z.array(z.enum(balancerEndpoints)),
    })
    .refine(({ zones, natGateways }) => natGateways <= zones, 'one NAT gateway a zone is the most there can be'),
  logs: z.strictObject({ retentionDays: z.literal(logRetentionDays), keepAfterStack: z.boolean() }),
  storage: z
    .strictObject({
      infrequentDays: days.min(30),
      archiveDays: days,
      expireDays: days,
      noncurrentDays: days,
      incompleteUploadDays: days,
    })
    .refine((s) => s.infrequentDays + 30 <= s.archiveDays && s.archiveDays < s.expireDays, 'files move 30 days apart and go last'),
  images: z.strictObject({ untaggedDays: days, keep: z.int().min(1).max(1000) }),
  queues: z.strictObject({
    receives: z.int().min(1).max(1000),
    failedDays: z.int().min(1).max(14),
    visibleAfterSeconds: z.int().min(0).max(43_200),
  }),
  database: z
    .strictObject({
      instanceClass: z.string().regex(/^[a-z]\w+\.\w+$/, 'a class without db., such as t3.micro, is allowed'),
      storageGb: z.int().min(20).max(65_536),
      maxStorageGb: z.int().min(20).max(65_536),
      multiAz: z.boolean(),
      backupDays: z.int().min(1).max(35),
      performanceInsights: z.boolean(),
    })
    .refine(({ storageGb, maxStorageGb }) => maxStorageGb >= 1.1 * storageGb, 'storage grows by 10 % at least'),
  services: z.strictObject(
    Object.fromEntries(balancerServices.map((id) => [id, serviceSize])) as Record<(typeof balancerServices)[number], typeof serviceSize>,
  ),
  firewall: z.strictObject({ guards: z.boolean(), requestsPerFiveMinutes: z.int().min(10).max(2_000_000_000) }),
  forwarder: z.strictObject({ memoryMb: z.int().min(128).max(10_240), timeoutSeconds: z.int().min(1).max(900) }),
});
