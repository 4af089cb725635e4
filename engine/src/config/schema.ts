import { z } from 'zod';
import { codes } from '../codes.ts';
import { verificationSchema } from './verification.ts';

const text = z.string().min(1);
const digits = 'an account id is 12 digits, in quotes';
const account = z.string(digits).regex(/^\d{12}$/, digits);
/** The form of the names of regions, those that AWS will yet open included. */
export const regionForm = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

const region = z.string().regex(regionForm, 'a region looks like us-west-2');
const role = z.string().regex(/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/, 'a role is an ARN such as arn:aws:iam::111111111111:role/deploy');

const policy = 'a policy is an ARN such as arn:aws:iam::aws:policy/AdministratorAccess';

const bootstrap = z.strictObject({
  qualifier: z
    .string()
    .regex(/^[a-z0-9]{1,10}$/, 'a qualifier has small letters and digits, at most 10')
    .optional()
    .describe('The qualifier that the bootstrap is made with, and that apps and systems are synthesized with.'),
  trust: z.array(account).optional().describe('The accounts that may deploy here; without the key they stay as they are.'),
  'trust-for-lookup': z
    .array(account)
    .optional()
    .describe('The accounts that may look up values here; without the key they stay as they are.'),
  'execution-policies': z
    .array(z.string().regex(/^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/.+$/, policy))
    .min(1)
    .optional()
    .describe('The managed policies of the role that CloudFormation works as; `trust` needs them.'),
});

const environment = z.strictObject({
  branches: z.array(text).default([]).describe('Branches, or globs of branches, whose pushes go to this environment.'),
  account: account.optional().describe('The account; otherwise whichever the credentials belong to.'),
  regions: z.array(region).min(1).optional().describe('The regions; the first one keeps the documented names.'),
  role: role.optional().describe('The role to assume, by OIDC when the job has an id-token.'),
  'github-environment': text.optional().describe('The GitHub environment of the job.'),
  url: text
    .refine((value) => /^(https?:\/\/|\$\{)/.test(value), 'an address begins with https://, http:// or an output of a stack')
    .optional()
    .describe('The address of the environment, for GitHub to link to; ${Stack.Output} stands for an output of a stack.'),
  wave: z
    .int()
    .min(0)
    .default(1)
    .describe('When its turn is in a deployment of many environments: those of wave 0 are the canaries, and the next wave waits for them.'),
  protected: z
    .boolean()
    .optional()
    .describe('Termination protection; data and stacks are not destroyed by accident. Otherwise as the system has it.'),
  approve: z
    .array(z.enum(['widening'], 'what can be held to approval is: widening'))
    .default([])
    .describe('What deploys only as part of a reviewed plan: widening is every change that lets somebody do or reach more.'),
  'legacy-names': z.boolean().default(false).describe('This environment, and no other, may use the fallback names of data resources.'),
  settings: z.record(z.string(), z.unknown()).default({}).describe('The settings of the system; checked against its schema.'),
  'rollback-alarms': z
    .array(text)
    .max(5, 'CloudFormation watches at most 5 alarms')
    .optional()
    .describe(
      'CloudWatch alarms, composite ones too, by name or ARN, that roll a deployment back when they go off; an empty list for none. Without the key a stack keeps those that it has.',
    ),
  'monitoring-minutes': z
    .int()
    .min(0)
    .max(180)
    .optional()
    .describe('How long the alarms are watched after the resources of a stack are done; 0 otherwise.'),
  bootstrap: bootstrap.optional().describe('How `mode: bootstrap` prepares the account and region for the CDK.'),
  verify: z.array(verificationSchema).optional().describe('What has to be true of the environment after a deployment.'),
});

const suppression = z.strictObject({
  code: z.enum(Object.keys(codes) as [string, ...string[]], 'no finding has this code').describe('The code of the finding.'),
  where: text.describe('The construct path or stack of the finding, or a glob of them.'),
  reason: text.describe('Why this finding may stand.'),
  until: z.iso.date().describe('The last day on which the suppression holds.'),
});

const promotion = z.strictObject({
  from: text.describe('The environment that the artifacts come from.'),
  to: z.array(text).min(1).describe('The environments they may go to.'),
  bucket: text.describe('Name of the artifact bucket; {environment} stands for the name of the environment.'),
  prefix: z
    .string()
    .regex(/^(|[^/].*\/)$/, 'a prefix ends with / and does not begin with it')
    .default('')
    .describe('Prefix of the artifacts in the bucket.'),
});

/**
 * The shape of `.github/spaceport.yml`. Unknown keys are refused everywhere but in `settings`.
 *
 * schema/config.schema.json is generated from this.
 */
export const configSchema = z
  .strictObject({
    system: text.optional().describe('The bundled system to deploy.'),
    app: text.optional().describe('The command of a CDK app.'),
    'cdk-out': text.optional().describe('The folder of a cloud assembly.'),
    environments: z
      .record(z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'a name has small letters, digits and hyphens, at most 32'), environment)
      .default({}),
    suppress: z.array(suppression).default([]).describe('Findings that may stand, each with a reason and an end.'),
    rules: z
      .array(z.string().regex(/\.(guard|json|rego)$/, 'a rule file ends with .guard, .json (CEL) or .rego'))
      .default([])
      .describe('Files of own rules that every template has to meet, by their path in the repository.'),
    promotions: z.record(text, promotion).default({}).describe('Which artifacts go from where to where.'),
  })
  .describe('Configuration of the spaceport actions');

/** The config as its file has it, defaults filled in. */
export type Config = z.infer<typeof configSchema>;

/** One environment of the config. */
export type EnvironmentConfig = z.infer<typeof environment>;

/** How an environment is bootstrapped. */
export type BootstrapConfig = z.infer<typeof bootstrap>;

/** One promotion of the config. */
export type PromotionConfig = z.infer<typeof promotion>;

/** The config of a project without a file. */
export const emptyConfig: Config = { environments: {}, suppress: [], rules: [], promotions: {} };
