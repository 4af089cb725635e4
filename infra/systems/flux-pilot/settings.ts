import { z } from 'zod';
import { profileNames } from '../../environments/flux-pilot-profiles.ts';
import { functionSchema, judgeRoutes } from './function-schema.ts';

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  return origin === text && (protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost')) && !text.includes('*');
}
const origin = z
  .string()
  .refine(isOrigin, 'an origin such as https://example.com is allowed: https (or http for localhost), no path, no *');
const path = z.string().regex(/^\/[A-Za-z0-9/_-]*$/, 'a path such as /auth/callback is allowed');

/**
 * What a project may set for flux-pilot; all of it has a default.
 *
 * `profile` counts from an environment's first deployment on: a database does not move from one network to another.
 */
export const settingsSchema = z.strictObject({
  profile: z.enum(profileNames).optional(),
  /** The origins whose pages may call the API and sign in: the machine of a developer, the name from before, and the brand's. */
  allowedOrigins: z
    .array(origin)
    .min(1)
    .max(20)
    .default(['http://localhost:3000', 'https://pilot.happyhippo.ai', 'https://pilot.flux-systems.info']),
  /** Where on those origins the sign-in page and the sign-out page lead back to. */
  callbackPath: path.default('/auth/callback'),
  signOutPath: path.default('/'),
  /** The prefix of the sign-in page's address, unique in its region over all accounts; `flux-systems-<environment>` otherwise. */
  signInDomain: z.string().optional(),
  /** Below which prefix of the bucket promotions arrive: `prefix` of the promotion. */
  artifactsPrefix: z
    .string()
    .regex(/^([A-Za-z0-9_.-]+\/)*$/, 'nothing, or a prefix that ends with a slash')
    .default('lambda/'),
  /** The accounts of the environments that promotions go to from here: they may read the artifacts. */
  artifactReaders: z
    .array(z.string().regex(/^\d{12}$/, 'an account of 12 digits'))
    .max(20)
    .default([]),
  functions: z
    .array(functionSchema)
    .min(1)
    .max(40)
    .superRefine((functions, at) => judgeRoutes(functions).forEach((problem) => at.addIssue(problem)))
    .prefault([{ id: 'Api', artifact: 'api.zip', routes: ['ANY /{proxy+}'] }]),
  /** The snapshot that the database begins as, by its name or, shared by another account, its ARN; to be kept afterwards. */
  databaseSnapshot: z
    .string()
    .regex(/^(arn:aws[a-z-]*:rds:[a-z0-9-]+:\d{12}:snapshot:)?(rds:)?[A-Za-z](-?[A-Za-z0-9])*$/, 'the name or the ARN of a snapshot')
    .optional(),
  /** The default VPC's security group, to be opened for the database's port to some addresses; without it the group stays as it is. */
  openDatabase: z
    .strictObject({
      securityGroupId: z.string().regex(/^sg-[0-9a-f]{8,17}$/, 'the id of a security group'),
      cidrs: z.array(z.cidrv4()).min(1).max(20),
    })
    .optional(),
  /** SNS topics that hear of alarms. */
  alarmTopics: z
    .array(z.string().regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/, 'the ARN of an SNS topic'))
    .max(5)
    .default([]),
  runbookUrl: z.url({ protocol: /^https$/ }).default('https://github.com/org/spaceport-actions/blob/main/docs/runbook/flux-pilot.md'),
});

/** The settings of flux-pilot with their defaults. */
export type Settings = z.infer<typeof settingsSchema>;
