import { z } from 'zod';

function isHttps(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && !username && !password;
}

const unique = (values: readonly string[]): boolean => new Set(values).size === values.length;
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as us-east-1 is allowed');
const address = z.string().max(500).refine(isHttps, 'an address that begins with https:// is allowed, without a user or password');

/**
 * The domain name that users know. Without it they come by CloudFront's own name, and what CloudFront asks of the load balancer is
 * not encrypted.
 */
const domain = z.strictObject({
  name: z.string().regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'a domain such as app.example.com is allowed'),
  hostedZoneId: z.string().regex(/^Z[A-Z0-9]{1,31}$/, 'the id of a hosted zone is allowed'),
  /** Of ACM in us-east-1, where CloudFront looks for it. */
  certificateArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[a-f0-9-]+$/, 'the ARN of a certificate in us-east-1 is allowed'),
});

/** What a project may set for cloudweave; all of it has a default. */
export const settingsSchema = z.strictObject({
  domain: domain.optional(),
  /** The zones' names where they are not those of the environment: three of the region. */
  availabilityZones: z
    .array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, 'a zone such as us-west-2a is allowed'))
    .length(3)
    .refine(unique, 'each may be there once')
    .optional(),
  /** `canary` is for changes of high risk: some of the requests go to the new tasks first. */
  release: z.enum(['blue-green', 'canary']).default('blue-green'),
  /** Each gets every alert, after confirming the first mail. */
  alertEmails: z.array(z.email()).max(20).refine(unique, 'each may be there once').default([]),
  /** The address of PagerDuty's integration for CloudWatch; it hears of what is critical. */
  pagerDutyEndpoint: address.optional(),
  /** Which features are on; a change is rolled out step by step. */
  featureFlags: z
    .record(z.string().regex(/^[a-z][a-z\d-]{0,63}$/, 'a name of small letters, digits and hyphens is allowed'), z.boolean())
    .refine((flags) => Object.keys(flags).length <= 25, 'up to 25 flags are allowed')
    .default({}),
  /** Another region, where this environment's recovery stack is deployed already: each backup is copied to its vault. */
  recoveryRegion: region.optional(),
  /** Accounts that may pull the images of this environment, so that the next environment runs the same ones. */
  imageReaders: z
    .array(z.string().regex(/^\d{12}$/, 'an account of 12 digits is allowed'))
    .max(20)
    .refine(unique, 'each may be there once')
    .default([]),
  /** Where the alarms' links lead. */
  runbook: address.default('https://github.com/org/spaceport-actions/blob/main/docs/runbook/cloudweave.md'),
});

/** The settings of cloudweave with their defaults. */
export type Settings = z.infer<typeof settingsSchema>;
