import { z } from 'zod';
import { logRetentionDays } from './log-retention.ts';
import { interfaceEndpoints, monitoringFunctions } from './monitoring.ts';

const days = z.int().min(1).max(3650);
const percent = z.number().gt(0).lt(100);
const tagValue = z.string().regex(/^[\w .:/=+@-]{1,256}$/, 'only letters, digits, spaces and . : / = + @ - _ are allowed');
const cidr = z.string().regex(/^10\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])\.0\.0\/16$/, 'a block such as 10.40.0.0/16 is allowed');

const functionSize = z
  .strictObject({
    memoryMb: z.int().min(128).max(10_240),
    timeoutSeconds: z.int().min(1).max(900),
    reserved: z.int().min(1).max(1000).optional(),
    provisioned: z
      .strictObject({ min: z.int().min(1), max: z.int().min(1), targetPercent: z.int().min(10).max(90) })
      .refine(({ min, max }) => min <= max, 'min may not be above max')
      .optional(),
  })
  .refine(({ reserved, provisioned }) => !provisioned || provisioned.max <= (reserved ?? 0), 'what is provisioned must be reserved');

/**
 * What the data of one environment must be; the limits are those of the services.
 *
 * @source https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * @source https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html (30 days before STANDARD_IA)
 */
export const monitoringEnvironmentSchema = z.strictObject({
  githubEnvironment: z.string().min(1).max(255),
  protected: z.boolean(),
  owner: tagValue,
  costCentre: tagValue,
  network: z
    .strictObject({
      cidr,
      zones: z.int().min(2).max(3),
      natGateways: z.int().min(0).max(3),
      interfaceEndpoints: z.array(z.enum(interfaceEndpoints)),
    })
    .refine(({ zones, natGateways }) => natGateways <= zones, 'one NAT gateway a zone is the most there can be'),
  logs: z.strictObject({ retentionDays: z.literal(logRetentionDays), keepAfterStack: z.boolean() }),
  functions: z.strictObject(
    Object.fromEntries(monitoringFunctions.map((id) => [id, functionSize])) as Record<
      (typeof monitoringFunctions)[number],
      typeof functionSize
    >,
  ),
  circuits: z.strictObject({ failures: z.int().min(1).max(100), openSeconds: z.int().min(1).max(3600) }),
  api: z.strictObject({
    ratePerSecond: z.int().min(1).max(10_000),
    burst: z.int().min(1).max(5000),
    cache: z
      .strictObject({ sizeGb: z.enum(['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237']), ttlSeconds: z.int().min(1).max(3600) })
      .optional(),
  }),
  storage: z
    .strictObject({
      infrequentDays: days.min(30),
      archiveDays: days,
      expireDays: days,
      noncurrentDays: days,
      incompleteUploadDays: days,
      eventDays: days,
    })
    .refine((s) => s.infrequentDays + 30 <= s.archiveDays && s.archiveDays < s.expireDays, 'files move 30 days apart and go last'),
  queues: z.strictObject({ receives: z.int().min(1).max(1000), failedDays: z.int().min(1).max(14) }),
  healthEveryMinutes: z.int().min(1).max(60),
  backups: z.strictObject({ hour: z.int().min(0).max(23), keepDays: z.int().min(1).max(365) }),
  objectives: z.strictObject({ availablePercent: percent, fastPercent: percent, fastMs: z.int().min(1).max(29_000) }),
});
