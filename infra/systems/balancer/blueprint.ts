import { z } from 'zod';
import type { Decision } from '../../../engine/src/decision.ts';
import type { SynthRequest } from '../../../engine/src/system.ts';
import { balancerEnvironmentSchema } from '../../environments/balancer-schema.ts';
import type { BalancerEnvironment } from '../../environments/balancer.ts';
import { imageTag } from '../../environments/image-tag.ts';
import { decisionFor, judgeDecisions } from '../../lib/decisions.ts';
import { judgeNames, type Named } from '../../lib/named.ts';
import { dataResources, type DataId } from './data-resources.ts';
import { exportNames, type ExportId } from './export-names.ts';
import { serviceNames, type ServiceId } from './service-names.ts';
import { settingsSchema, type Settings } from './settings.ts';
import { environmentData, stackNames, type StackNames } from './stack-names.ts';

/** Everything that the stacks are built from: a request that was found good. */
export interface Blueprint {
  readonly request: SynthRequest;
  readonly data: BalancerEnvironment;
  readonly settings: Settings;
  /** What runs: the request's tag, or else the environment's. */
  readonly imageTag: string;
  readonly stacks: StackNames;
  readonly names: Readonly<Record<ServiceId, string>>;
  readonly exports: Readonly<Record<ExportId, string>>;
  readonly decisions: Readonly<Record<DataId, Decision>>;
}

/**
 * Reads a request into what the stacks are built from.
 *
 * @throws Error that lists every setting, decision, tag and name that is not allowed, one a line.
 */
export function toBlueprint(request: SynthRequest): Blueprint {
  const { environment, region } = request;
  const resources = dataResources(request);
  const stacks = stackNames(environment);
  const named = serviceNames(request);
  const decisions = mapValues(resources, (resource) => decisionFor(resource, request.decisions));
  const settings = settingsSchema.safeParse(request.settings);
  const data = balancerEnvironmentSchema.safeParse(environmentData(environment));
  const tag = imageTag.optional().safeParse(request.imageTag);
  const problems = [
    ...(data.success ? [] : toLines(`environment ${environment}`, data.error)),
    ...(settings.success ? [] : toLines('settings', settings.error)),
    ...(tag.success ? [] : tag.error.issues.map(({ message }) => `image-tag: ${message}`)),
    ...judgeDecisions(Object.values(resources), request.decisions),
    ...judgeNames([
      ...Object.values<string>(stacks).map((name) => ({ type: 'AWS::CloudFormation::Stack', name })),
      ...Object.values(decisions),
      ...Object.values<Named>(named),
    ]),
  ];
  if (!data.success || !settings.success || problems.length > 0)
    throw new Error([`balancer cannot be built for ${environment} in ${region}:`, ...problems].join('\n- '));
  return {
    // An environment that the data protects cannot be left unprotected by a file that forgets to say so.
    request: { ...request, protected: request.protected || data.data.protected },
    data: data.data,
    settings: settings.data,
    imageTag: tag.data ?? data.data.imageTag,
    stacks,
    names: mapValues(named, ({ name }) => name),
    exports: exportNames(environment),
    decisions,
  };
}

const toLines = (root: string, { issues }: z.ZodError): readonly string[] =>
  issues.map(({ path, message }) => `${z.core.toDotPath([root, ...path])}: ${message}`);

function mapValues<K extends string, A, B>(record: Readonly<Record<K, A>>, map: (value: A) => B): Readonly<Record<K, B>> {
  return Object.fromEntries(Object.entries<A>(record).map(([key, value]) => [key, map(value)])) as Record<K, B>;
}
