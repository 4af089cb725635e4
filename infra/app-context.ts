import { z } from 'zod';
import { dataTypes } from '../engine/src/decision.ts';
import type { SynthRequest } from '../engine/src/system.ts';
import { findSystem } from './systems.ts';

/** JSON that the command line gives as text and a program as it is. */
const json = <T extends z.ZodType>(schema: T) =>
  z
    .preprocess((value, at) => {
      if (typeof value !== 'string') return value;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        at.addIssue('it is not JSON');
        return z.NEVER;
      }
    }, schema)
    .optional();

const decision = z.strictObject({
  id: z.string(),
  type: z.enum(dataTypes),
  stack: z.string(),
  name: z.string(),
  kind: z.enum(['create', 'managed', 'adopt', 'reference']),
});

const contextSchema = z.object({
  system: z.string().default('spaceport'),
  environment: z.string({ error: 'it must be given: -c environment=<name>' }),
  account: z
    .string()
    .regex(/^(\d{12})?$/, 'an account of 12 digits is allowed')
    .optional(),
  region: z.string().optional(),
  'first-region': z.string().optional(),
  'image-tag': z.string().optional(),
  settings: json(z.record(z.string(), z.unknown())),
  decisions: json(z.array(decision)),
});

/** What a request takes from elsewhere than the context. */
export interface RequestDefaults {
  readonly account: string;
  readonly region: string;
  readonly handlers: string;
  readonly outdir: string;
}

/**
 * Gives the name of the system and the request that a CDK app's context values ask for; values of others are left alone.
 *
 * Account and region fall back to `defaults`; whether the environment is protected is the system's own word.
 *
 * @throws Error in one line that says everything that is wrong with the values.
 */
export function toRequest(context: unknown, defaults: RequestDefaults): { readonly system: string; readonly request: SynthRequest } {
  const parsed = contextSchema.safeParse(context);
  if (!parsed.success)
    throw new Error(
      `The context values are not right: ${parsed.error.issues.map(({ path, message }) => `${z.core.toDotPath(path)}: ${message}`).join('; ')}`,
    );
  const { system, environment, settings = {}, decisions = [], ...given } = parsed.data;
  const { environments, stackNames, takesImageTag } = findSystem(system);
  stackNames(environment);
  const imageTag = given['image-tag'];
  if (imageTag && !takesImageTag) throw new Error(`The context value image-tag is for systems that run containers: ${system} runs none`);
  const region = given.region || defaults.region;
  const { handlers, outdir } = defaults;
  return {
    system,
    request: {
      environment,
      account: given.account || defaults.account,
      region,
      firstRegion: given['first-region'] || region,
      protected: environments[environment]?.protected ?? false,
      settings,
      ...(imageTag ? { imageTag } : {}),
      decisions,
      handlers,
      outdir,
    },
  };
}
