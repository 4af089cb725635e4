import { z } from 'zod';
import type { Decision } from '../../../engine/src/decision.ts';
import type { SynthRequest } from '../../../engine/src/system.ts';
import { spaceportEnvironmentSchema } from '../../environments/spaceport-schema.ts';
import type { SpaceportEnvironment } from '../../environments/spaceport.ts';
import { decisionFor, judgeDecisions } from '../../lib/decisions.ts';
import { judgeNames } from '../../lib/named.ts';
import { dataResources, type DataId } from './data-resources.ts';
import { serviceNames, type ServiceId } from './service-names.ts';
import { settingsSchema, type Settings } from './settings.ts';
import { environmentData, stackNames, type StackNames } from './stack-names.ts';

/** Everything that the stacks are built from: a request that was found good. */
export interface Blueprint {
  readonly request: SynthRequest;
  readonly data: SpaceportEnvironment;
  readonly settings: Settings;
  readonly stacks: StackNames;
  readonly names: Readonly<Record<ServiceId, string>>;
  readonly decisions: Readonly<Record<DataId, Decision>>;
}

/**
 * Reads a request into what the stacks are built from.
 *
 * @throws Error that lists every setting, decision and name that is not allowed, one a line.
 */
export function toBlueprint(request: SynthRequest): Blueprint {
  const resources = dataResources(request);
  const settings = settingsSchema.safeParse(request.settings);
  const data = spaceportEnvironmentSchema.safeParse(environmentData(request.environment));
  const decisions = mapValues(resources, (resource) => decisionFor(resource, request.decisions));
  const named = serviceNames(request);
  const stacks = stackNames(request.environment);
  const problems = [
    ...(data.success ? [] : toLines(`environment ${request.environment}`, data.error)),
    ...(settings.success ? [] : toLines('settings', settings.error)),
    ...judgeDecisions(Object.values(resources), request.decisions),
    ...judgeNames([
      ...Object.values(stacks).map((name) => ({ type: 'AWS::CloudFormation::Stack', name })),
      ...Object.values(decisions),
      ...Object.values(named),
    ]),
  ];
  if (!data.success || !settings.success || problems.length > 0)
    throw new Error([`spaceport cannot be built for ${request.environment} in ${request.region}:`, ...problems].join('\n- '));
  return { request, data: data.data, settings: settings.data, stacks, names: mapValues(named, ({ name }) => name), decisions };
}

const toLines = (root: string, { issues }: z.ZodError): readonly string[] =>
  issues.map(({ path, message }) => `${z.core.toDotPath([root, ...path])}: ${message}`);

function mapValues<K extends string, A, B>(record: Readonly<Record<K, A>>, map: (value: A) => B): Readonly<Record<K, B>> {
  return Object.fromEntries(Object.entries<A>(record).map(([key, value]) => [key, map(value)])) as Record<K, B>;
}
