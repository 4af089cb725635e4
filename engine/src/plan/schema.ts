import { z } from 'zod';
import { dataTypes } from '../decision.ts';
import type { Plan } from './plan.ts';

const text = z.string();
const texts = z.record(text, text);

const property = z.strictObject({
  path: text.describe('Name of the property below Properties.'),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  replaces: z.enum(['no', 'maybe', 'yes']).describe('Whether the change replaces the resource.'),
});

const resource = z.strictObject({
  logicalId: text.describe('Of a resource of a nested stack with those around it before it: `Inner/Queue`.'),
  path: text.describe('Construct path.'),
  type: text,
  action: z.enum(['create', 'update', 'replace', 'maybe-replace', 'delete', 'orphan', 'snapshot', 'import']),
  access: z.boolean().describe('Whether the change is to who may do or reach what.'),
  widens: z.boolean().describe('Whether somebody may do or reach more than before.'),
  properties: z.array(property).readonly(),
});

const stack = z.strictObject({
  name: text,
  account: text,
  region: text,
  action: z.enum(['create', 'update', 'unchanged', 'recover', 'delete']),
  after: z.array(text).readonly().describe('Names of the stacks that come before.'),
  touched: z.boolean().describe('Whether anything changes but what the CDK writes about itself.'),
  template: text.describe('SHA-256 of what counts of the template, as canonical JSON.'),
  because: text.optional().describe('Why the stack is updated.'),
  beside: z
    .array(property)
    .readonly()
    .optional()
    .describe('What changes beside the template: termination protection, tags and parameters.'),
  delta: texts.describe('What differs from the live template: digests of both sides, by section and name.'),
  protected: z.boolean().describe('Termination protection.'),
  watched: z
    .strictObject({ alarms: z.array(text).readonly(), monitoringMinutes: z.number() })
    .optional()
    .describe('The alarms that roll the deployment back, and for how long they are watched after it.'),
  unwatched: z.array(text).readonly().optional().describe('ARNs of the alarms that rolled the last deployment back, and do so no longer.'),
  notificationArns: z
    .array(text)
    .readonly()
    .optional()
    .describe('ARNs of the topics that are told of its events, where the app names them.'),
  role: text.optional().describe('ARN of the role that CloudFormation works as.'),
  resources: z.array(resource).readonly(),
  assets: z.array(text).readonly().describe('Hashes of the files and images that the stack needs.'),
  parameters: texts,
  tags: texts,
});

const decision = z.strictObject({
  id: text,
  type: z.enum(dataTypes),
  stack: text,
  name: text,
  kind: z.enum(['create', 'managed', 'adopt', 'reference']),
});

/** The shape of a plan file; schema/plan.schema.json is generated from this, and the compiler holds it against `Plan`. */
export const planSchema: z.ZodType<Plan> = z
  .strictObject({
    schema: z.literal(1),
    environment: text,
    decisions: z.array(decision).readonly(),
    stacks: z.array(stack).readonly().describe('In the order of the run.'),
  })
  .describe('What a deployment or destruction would do');
