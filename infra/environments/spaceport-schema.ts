import { z } from 'zod';
import { logRetentionDays } from './log-retention.ts';

const days = z.int().min(1).max(3650);
const tagValue = z.string().regex(/^[\w .:/=+@-]{1,256}$/, 'only letters, digits, spaces and . : / = + @ - _ are allowed');

const machine = z.strictObject({
  instanceType: z.string().regex(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/, 'a SageMaker instance type such as ml.g5.xlarge is allowed'),
  volumeGb: z.int().min(1).max(16_384),
  longestHours: z.int().min(1).max(120),
});

/** What the data of one environment must be; the limits are those of the services. */
export const spaceportEnvironmentSchema = z.strictObject({
  branches: z.array(z.string().min(1)).min(1),
  githubEnvironment: z.string().min(1).max(255),
  protected: z.boolean(),
  owner: tagValue,
  costCentre: tagValue,
  logs: z.strictObject({ retentionDays: z.literal(logRetentionDays), keepAfterStack: z.boolean() }),
  functions: z.strictObject({ memoryMb: z.int().min(128).max(10_240), timeoutSeconds: z.int().min(1).max(29) }),
  api: z.strictObject({ ratePerSecond: z.int().min(1).max(10_000), burst: z.int().min(1).max(5000) }),
  buckets: z.strictObject({ noncurrentDays: days, incompleteUploadDays: days }),
  images: z.strictObject({ untaggedDays: days, keep: z.int().min(1).max(1000) }),
  users: z.strictObject({ selfSignUp: z.boolean(), refreshTokenDays: days }),
  pipeline: z.strictObject({ sfm: machine, gaussians: machine }),
});
