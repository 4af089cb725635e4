import { z } from 'zod';
import type { Decision } from '../../../engine/src/decision.ts';
import type { SynthRequest } from '../../../engine/src/system.ts';
import { cloudWeaveEnvironmentSchema } from '../../environments/cloudweave-schema.ts';
import type { CloudWeaveEnvironment } from '../../environments/cloudweave.ts';
import { imageTag } from '../../environments/image-tag.ts';
import { decisionFor, judgeDecisions } from '../../lib/decisions.ts';
import { judgeNames, type Named } from '../../lib/named.ts';
import { dataResources, type DataId } from './data-resources.ts';
import { serviceNames, type ServiceId } from './service-names.ts';
import { settingsSchema, type Settings } from './settings.ts';
import { environmentData, stackNames, type StackNames } from './stack-names.ts';

/** Everything that the stacks are built from: a request that was found good. */
export interface Blueprint {
  readonly request: SynthRequest;
  /** Of the environment, in the request's region. */
  readonly data: CloudWeaveEnvironment;
  readonly settings: Settings;
  readonly imageTag: string;
  readonly stacks: StackNames;
  readonly names: Readonly<Record<ServiceId, string>>;
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
  const settings = settingsSchema.safeParse(request.settings);
  const data = cloudWeaveEnvironmentSchema.safeParse(environmentData(environment));
  const decisions = mapValues(resources, (resource) => decisionFor(resource, request.decisions));
  const named = serviceNames(request);
  const tag = imageTag.optional().safeParse(request.imageTag);
  const all: readonly Named[] = [
    ...Object.values(stacks).map((name) => ({ type: 'AWS::CloudFormation::Stack', name })),
    ...Object.values(decisions),
    ...Object.values(named),
  ];
  const problems = [
    ...(data.success ? [] : toLines(`environment ${environment}`, data.error)),
    ...(settings.success ? judgeRegions(settings.data, region) : toLines('settings', settings.error)),
    ...(tag.success ? [] : tag.error.issues.map(({ message }) => `image-tag: ${message}`)),
    ...judgeDecisions(Object.values(resources), request.decisions),
    ...judgeNames(all.filter(isKnown)),
  ];
  if (!data.success || !settings.success || problems.length > 0)
    throw new Error([`cloudweave cannot be built for ${environment} in ${region}:`, ...problems].join('\n- '));
  return {
    request,
    data: toRegion(data.data, region, settings.data.availabilityZones),
    settings: settings.data,
    imageTag: tag.data ?? data.data.images.defaultTag,
    stacks,
    names: mapValues(named, ({ name }) => name),
    decisions,
  };
}

/** Gives the data as it is in another region: its zones have the same letters there, unless others are named. */
function toRegion(data: CloudWeaveEnvironment, region: string, zones: readonly string[] | undefined): CloudWeaveEnvironment {
  const availabilityZones = zones ? [...zones] : data.vpc.availabilityZones.map((zone) => zone.replace(data.region, region));
  return { ...data, region, vpc: { ...data.vpc, availabilityZones } };
}

const judgeRegions = ({ recoveryRegion, availabilityZones = [] }: Settings, region: string): readonly string[] => [
  ...(recoveryRegion === region ? [`settings.recoveryRegion: it is ${region} itself, and another region is allowed`] : []),
  ...availabilityZones
    .filter((zone) => !zone.startsWith(region))
    .map((zone) => `settings.availabilityZones: ${zone} is not a zone of ${region}`),
];

/** A synth without credentials has a placeholder for the account, and so has what is named after it. */
const isKnown = ({ name }: Named): boolean => !name.includes('${');

const toLines = (root: string, { issues }: z.ZodError): readonly string[] =>
  issues.map(({ path, message }) => `${z.core.toDotPath([root, ...path])}: ${message}`);

function mapValues<K extends string, A, B>(record: Readonly<Record<K, A>>, map: (value: A) => B): Readonly<Record<K, B>> {
  return Object.fromEntries(Object.entries<A>(record).map(([key, value]) => [key, map(value)])) as Record<K, B>;
}
