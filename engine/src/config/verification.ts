import { z } from 'zod';

const text = z.string().min(1);
const saysDuration = 'a duration is a number of seconds, or looks like 30s, 5m or 1h';
const duration = z.union([z.int(saysDuration).min(1, saysDuration), z.string().regex(/^[1-9]\d{0,4}[smh]$/, saysDuration)], saysDuration);
const pattern = text.refine(isPattern, 'this is no regular expression');

const common = {
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'a name has small letters, digits and hyphens, at most 32')
    .describe('What the verification is called in the log, in findings and in the input `verify`.'),
  within: duration.optional().describe('How long it may take until it passes: seconds, or 30s, 5m, 1h.'),
};
const stack = text.optional().describe('The stack of the app, by name or id, at whose account and region to look.');
const contains = text.optional().describe('A text that the answer has to hold.');

const http = z.strictObject({
  ...common,
  kind: z.literal('http'),
  url: text.describe('The address to get; ${Stack.Output} stands for an output of a stack.'),
  status: z.int().min(100).max(599).default(200).describe('The status that it has to answer with.'),
  contains,
  matches: pattern.optional().describe('A regular expression that the body has to match.'),
  headers: z.record(text, text).default({}).describe('Headers that the answer has to have: name, and a text that the value has to hold.'),
});

const lambda = z.strictObject({
  ...common,
  kind: z.literal('lambda'),
  function: text.describe('Name or ARN of the function; ${Stack.Output} stands for an output of a stack.'),
  stack,
  payload: z.unknown().optional().describe('What it is invoked with; an empty object otherwise.'),
  status: z.int().min(100).max(599).optional().describe('The `statusCode` that its answer has to have.'),
  contains,
});

const alarms = z.strictObject({
  ...common,
  kind: z.literal('alarms'),
  names: z.array(text).min(1).optional().describe('Names or ARNs of alarms; ${Stack.Output} stands for an output of a stack.'),
  prefix: text.optional().describe('What the names of the alarms begin with.'),
  stack,
  'ok-for': duration.default('1m').describe('How long after the deployment they have to stay in OK.'),
});

const ecs = z.strictObject({
  ...common,
  kind: z.literal('ecs'),
  cluster: text.optional().describe('The cluster of the services; ${Stack.Output} stands for an output of a stack.'),
  services: z
    .array(text)
    .min(1)
    .optional()
    .describe('Names of services; otherwise all that the chosen stacks, or `stack`, and those nested in them have.'),
  stack,
});

const command = z.strictObject({
  ...common,
  kind: z.literal('command'),
  run: text.describe('A shell command that has to end with 0; it finds the outputs of the stacks in SPACEPORT_OUTPUTS.'),
});

/** The shape of one verification of an environment: what has to be true of it after a deployment. */
export const verificationSchema = z.discriminatedUnion(
  'kind',
  [
    http,
    lambda,
    alarms.refine(namesAlarms, 'give either `names` or `prefix`'),
    ecs.refine(namesCluster, '`services` need their `cluster`'),
    command,
  ],
  'the kinds are http, lambda, alarms, ecs and command',
);

/** One verification, as the config has it. */
export type Verification = z.infer<typeof verificationSchema>;

/** One kind of verification. */
export type VerificationOf<K extends Verification['kind']> = Extract<Verification, { readonly kind: K }>;

/** Gives a duration of the config in milliseconds: a number is seconds. */
export function toMs(length: number | string): number {
  const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
  if (typeof length === 'number') return length * 1_000;
  return Number.parseInt(length, 10) * (units[length.at(-1) ?? ''] ?? 0);
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false; // what the engine has against it is in its own words, which are no help to a reader of YAML
  }
}

function namesAlarms({ names, prefix }: { readonly names?: unknown; readonly prefix?: unknown }): boolean {
  return (names === undefined) !== (prefix === undefined);
}

function namesCluster({ cluster, services }: { readonly cluster?: unknown; readonly services?: unknown }): boolean {
  return (cluster === undefined) === (services === undefined);
}
