import { z } from 'zod';

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  return origin === text && (protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost')) && !text.includes('*');
}

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && !username && !password;
}

const origin = z
  .string()
  .refine(isOrigin, 'an origin such as https://example.com is allowed: https (or http for localhost), no path, no *');
const address = z
  .string()
  .max(500)
  .refine(isAddress, 'an address such as https://example.com/health is allowed: https, without a user or password');
const repository = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/, 'a repository such as octo-org/infrastructure is allowed');
const unique = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** What a project may set for monitoring; all of it has a default. */
export const settingsSchema = z.strictObject({
  /** Each gets every alert, after confirming the first mail. */
  alertEmails: z.array(z.email()).max(20).refine(unique, 'each may be there once').default([]),
  /** The origins whose pages may call the API; none means that no browser page of another origin may. */
  allowedOrigins: z.array(origin).max(20).default([]),
  /** What the health monitor asks; they go to it in an environment variable, and all of those together have 4 KB. */
  healthEndpoints: z
    .array(address)
    .max(20)
    .refine((all) => all.join(' ').length <= 2500, 'together they may have 2500 characters')
    .default([]),
  /** A model of Bedrock that the account has access to. */
  analysisModel: z
    .string()
    .regex(/^[a-z0-9]+\.[a-z0-9.:-]{1,100}$/, 'the id of a model such as amazon.nova-lite-v1:0 is allowed')
    .default('amazon.nova-lite-v1:0'),
  /** Another region, where this environment's foundation is deployed already: log files are copied to its bucket. */
  replicaRegion: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as us-east-1 is allowed')
    .optional(),
  /** The GitHub repository whose workflows may deploy; without it there are no roles for them. */
  githubRepository: repository.optional(),
  /** An account has one provider for GitHub's tokens: `existing` uses the one that is there. */
  githubProvider: z.enum(['create', 'existing']).default('create'),
  /** Where the alarms' links lead. */
  runbook: address.default('https://github.com/org/spaceport-actions/blob/main/docs/runbook/monitoring.md'),
});

/** The settings of monitoring with their defaults. */
export type Settings = z.infer<typeof settingsSchema>;
