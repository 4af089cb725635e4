import { z } from 'zod';
import type { Decision } from '../../../engine/src/decision.ts';
import type { SynthRequest } from '../../../engine/src/system.ts';
import { monitoringEnvironmentSchema } from '../../environments/monitoring-schema.ts';
import type { MonitoringEnvironment, MonitoringFunction } from '../../environments/monitoring.ts';
import { decisionFor, judgeDecisions } from '../../lib/decisions.ts';
import { judgeNames, type Named } from '../../lib/named.ts';
import { dataResources, type DataId } from './data-resources.ts';
import { functionNames, serviceNames, type ServiceId } from './service-names.ts';
import { settingsSchema, type Settings } from './settings.ts';
import { environmentData, stackNames, type StackNames } from './stack-names.ts';

/** Everything that the stacks are built from: a request that was found good. */
export interface Blueprint {
  readonly request: SynthRequest;
  readonly data: MonitoringEnvironment;
  readonly settings: Settings;
  readonly stacks: StackNames;
  readonly names: Readonly<Record<ServiceId, string>>;
  readonly functions: Readonly<Record<MonitoringFunction, string>>;
  readonly roles: Readonly<Record<MonitoringFunction, string>>;
  readonly decisions: Readonly<Record<DataId, Decision>>;
}

/**
 * Reads a request into what the stacks are built from.
 *
 * @throws Error that lists every setting, decision and name that is not allowed, one a line.
 */
export function toBlueprint(request: SynthRequest): Blueprint {
  const resources = dataResources(request);
  const stacks = stackNames(request.environment);
  const settings = settingsSchema.safeParse(request.settings);
  const data = monitoringEnvironmentSchema.safeParse(environmentData(request.environment));
  const decisions = mapValues(resources, (resource) => decisionFor(resource, request.decisions));
  const names = serviceNames(request);
  const functions = functionNames('AWS::Lambda::Function', request);
  const roles = functionNames('AWS::IAM::Role', request);
  const all: readonly Named[] = [
    ...Object.values(stacks).map((name) => ({ type: 'AWS::CloudFormation::Stack', name })),
    ...Object.values(decisions),
    ...[names, functions, roles].flatMap((named) => Object.values<Named>(named)),
  ];
  const problems = [
    ...(data.success ? [] : toLines(`environment ${request.environment}`, data.error)),
    ...(settings.success ? judgeReplica(settings.data, request) : toLines('settings', settings.error)),
    ...judgeDecisions(Object.values(resources), request.decisions),
    ...judgeNames(all.filter(isKnown)),
  ];
  if (!data.success || !settings.success || problems.length > 0)
    throw new Error([`monitoring cannot be built for ${request.environment} in ${request.region}:`, ...problems].join('\n- '));
  const toName = ({ name }: Named): string => name;
  return {
    request,
    data: data.data,
    settings: settings.data,
    stacks,
    decisions,
    names: mapValues(names, toName),
    functions: mapValues(functions, toName),
    roles: mapValues(roles, toName),
  };
}

/** A synth without credentials has a placeholder for the account, and so has what is named after it. */
const isKnown = ({ name }: Named): boolean => !name.includes('${');

const judgeReplica = ({ replicaRegion }: Settings, { region }: SynthRequest): readonly string[] =>
  replicaRegion === region ? [`settings.replicaRegion: it is ${region} itself, and another region is allowed`] : [];

const toLines = (root: string, { issues }: z.ZodError): readonly string[] =>
  issues.map(({ path, message }) => `${z.core.toDotPath([root, ...path])}: ${message}`);

function mapValues<K extends string, A, B>(record: Readonly<Record<K, A>>, map: (value: A) => B): Readonly<Record<K, B>> {
  return Object.fromEntries(Object.entries<A>(record).map(([key, value]) => [key, map(value)])) as Record<K, B>;
}
