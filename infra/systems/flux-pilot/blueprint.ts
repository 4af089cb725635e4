import { z } from 'zod';
import type { Decision } from '../../../engine/src/decision.ts';
import type { SynthRequest } from '../../../engine/src/system.ts';
import { securityProfiles, type SecurityProfile } from '../../environments/flux-pilot-profiles.ts';
import { fluxPilotEnvironmentSchema } from '../../environments/flux-pilot-schema.ts';
import type { FluxPilotEnvironment } from '../../environments/flux-pilot.ts';
import { decisionFor, judgeDecisions } from '../../lib/decisions.ts';
import { judgeNames, type Named } from '../../lib/named.ts';
import { artifactsResource } from './data-resources.ts';
import { exportNames, type ExportId } from './export-names.ts';
import { serviceNames, type ServiceId } from './service-names.ts';
import { settingsSchema, type Settings } from './settings.ts';
import { environmentData, stackNames, type StackNames } from './stack-names.ts';

/** Everything that the stacks are built from: a request that was found good. */
export interface Blueprint {
  readonly request: SynthRequest;
  readonly data: FluxPilotEnvironment;
  readonly profile: SecurityProfile;
  readonly settings: Settings & { readonly signInDomain: string };
  readonly stacks: StackNames;
  readonly names: Readonly<Record<ServiceId, string>>;
  readonly exports: Readonly<Record<ExportId, string>>;
  readonly artifacts: Decision;
}

/**
 * Reads a request into what the stacks are built from.
 *
 * @throws Error that lists every setting, decision and name that is not allowed, one a line.
 */
export function toBlueprint(request: SynthRequest): Blueprint {
  const { environment, region } = request;
  const resource = artifactsResource(request);
  const artifacts = decisionFor(resource, request.decisions);
  const named = serviceNames(request);
  const stacks = stackNames(environment);
  const data = fluxPilotEnvironmentSchema.safeParse(environmentData(environment));
  const settings = settingsSchema.safeParse(request.settings);
  const signInDomain = settings.data?.signInDomain ?? `flux-systems-${environment}`;
  const problems = [
    ...(data.success ? [] : toLines(`environment ${environment}`, data.error)),
    ...(settings.success ? judgeTogether(settings.data, data.data) : toLines('settings', settings.error)),
    ...judgeDecisions([resource], request.decisions),
    ...judgeNames([...toStacks(stacks), artifacts, { type: 'AWS::Cognito::UserPoolDomain', name: signInDomain }, ...Object.values(named)]),
  ];
  if (!data.success || !settings.success || problems.length > 0)
    throw new Error([`flux-pilot cannot be built for ${environment} in ${region}:`, ...problems].join('\n- '));
  return {
    request,
    data: data.data,
    profile: securityProfiles[settings.data.profile ?? data.data.profile],
    settings: { ...settings.data, signInDomain },
    stacks,
    names: Object.fromEntries(Object.entries(named).map(([id, { name }]) => [id, name])) as Record<ServiceId, string>,
    exports: exportNames(environment),
    artifacts,
  };
}

/** Gives what does not go together although each of it is allowed. */
function judgeTogether(settings: Settings, data: FluxPilotEnvironment | undefined): readonly string[] {
  const profile = settings.profile ?? data?.profile;
  return settings.openDatabase && profile && securityProfiles[profile].network.kind === 'private'
    ? [`settings.openDatabase: the profile ${profile} has its database in a private network, nobody else can reach it`]
    : [];
}

const toStacks = (stacks: StackNames): readonly Named[] =>
  Object.values(stacks).map((name: string) => ({ type: 'AWS::CloudFormation::Stack', name }));

const toLines = (root: string, { issues }: z.ZodError): readonly string[] =>
  issues.map(({ path, message }) => `${z.core.toDotPath([root, ...path])}: ${message}`);
