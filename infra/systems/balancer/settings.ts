import { z } from 'zod';

const unique = (values: readonly string[]): boolean => new Set(values).size === values.length;
const host = (form: RegExp, allowed: string) => z.url({ protocol: /^https$/, hostname: form, error: allowed });
const command = z.array(z.string().min(1).max(1000)).min(1).max(20);

/** What a project may set for balancer; all of it but the domain has a default. */
export const settingsSchema = z.strictObject({
  /** The zone that the environment has for itself; the API answers at `api.` below it. */
  domainName: z
    .string({ error: 'it must be given: the domain of this environment, such as staging.example.com' })
    .max(200)
    .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}$/, 'a domain in small letters such as staging.example.com is allowed'),
  /** Each gets every alert, after confirming the first mail. */
  alertEmails: z.array(z.email()).max(20).refine(unique, 'each may be there once').default([]),
  /** The address of an integration with Amazon CloudWatch of a PagerDuty service. */
  pagerDutyEndpoint: host(
    /^events\.(eu\.)?pagerduty\.com$/,
    'an address such as https://events.pagerduty.com/integration/<key>/enqueue is allowed',
  ).optional(),
  /** What the services may look up while they run; a parameter's value may be changed without a deployment. */
  featureFlags: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,60}$/, 'a name such as new-search is allowed'), z.boolean()).default({}),
  /** What the image is started with as each service. */
  commands: z
    .strictObject({ api: command.default(['api']), worker: command.default(['worker']), scheduler: command.default(['scheduler']) })
    .prefault({}),
  /** Where the API says that it is well, for the load balancer. */
  healthPath: z
    .string()
    .regex(/^\/[A-Za-z0-9/_-]*$/, 'a path such as /health is allowed')
    .default('/health'),
  runbookUrl: z.url({ protocol: /^https$/ }).default('https://github.com/org/spaceport-actions/blob/main/docs/runbook/balancer.md'),
});

/** The settings of balancer with their defaults. */
export type Settings = z.infer<typeof settingsSchema>;
