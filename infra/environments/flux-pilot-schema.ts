import { z } from 'zod';
import { profileNames } from './flux-pilot-profiles.ts';
import { logRetentionDays } from './log-retention.ts';

const days = z.int().min(1).max(3650);
const tagValue = z.string().regex(/^[\w .:/=+@-]{1,256}$/, 'only letters, digits, spaces and . : / = + @ - _ are allowed');

/**
 * What the data of one environment must be; the limits are those of the services.
 *
 * Without backups an instance cannot be brought back to a moment, so none is not allowed.
 *
 * @source https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html (gp3: 20 GB to 64 TB), USER_WorkingWithAutomatedBackups.html (35 days)
 */
export const fluxPilotEnvironmentSchema = z.strictObject({
  githubEnvironment: z.string().min(1).max(255),
  protected: z.boolean(),
  profile: z.enum(profileNames),
  owner: tagValue,
  costCentre: tagValue,
  database: z.strictObject({
    instanceClass: z.templateLiteral(['db.', z.enum(['t4g', 'm7g', 'r7g']), '.', z.string().regex(/^[a-z0-9]+$/)]),
    storageGb: z.int().min(20).max(65_536),
    multiAz: z.boolean(),
    backupDays: z.int().min(1).max(35),
    lowStorageMb: z.int().min(1),
  }),
  users: z.strictObject({ refreshTokenDays: days }),
  api: z.strictObject({ ratePerSecond: z.int().min(1).max(10_000), burst: z.int().min(1).max(5000) }),
  functions: z.strictObject({ memoryMb: z.int().min(128).max(10_240), timeoutSeconds: z.int().min(1).max(29) }),
  logs: z.strictObject({ retentionDays: z.literal(logRetentionDays), keepAfterStack: z.boolean() }),
  artifacts: z.strictObject({ lockDays: days, noncurrentDays: days }),
});
