import { regionalName } from '../../../engine/src/names.ts';
import type { SynthTarget } from '../../../engine/src/system.ts';
import type { Named } from '../../lib/named.ts';

type Row = readonly [type: string, name: (environment: string, word: string) => string];

const rows = {
  database: ['AWS::RDS::DBInstance', (environment) => `${environment}-flux-systems-${environment}-db`],
  databaseSubnets: ['AWS::RDS::DBSubnetGroup', (environment) => `flux-systems-${environment}-db`],
  databaseStorageAlarm: ['AWS::CloudWatch::Alarm', (environment) => `flux-systems-${environment}-db-storage`],
  databaseCpuAlarm: ['AWS::CloudWatch::Alarm', (environment) => `flux-systems-${environment}-db-cpu`],
  users: ['AWS::Cognito::UserPool', (_, word) => `Flux-Systems-${word}-UserPool`],
  webClient: ['AWS::Cognito::UserPoolClient', (_, word) => `Flux-Systems-${word}-Web`],
  artifactsParameter: ['AWS::SSM::Parameter', (environment) => `/flux-systems/${environment}/artifacts-bucket`],
  api: ['AWS::ApiGateway::RestApi', (environment) => `flux-systems-${environment}-api`],
  health: ['AWS::Lambda::Function', (environment) => `flux-systems-${environment}-health`],
  artifactReader: ['AWS::Lambda::Function', (environment) => `flux-systems-${environment}-promoted-artifact`],
  apiErrorAlarm: ['AWS::CloudWatch::Alarm', (environment) => `flux-systems-${environment}-api-errors`],
  apiLatencyAlarm: ['AWS::CloudWatch::Alarm', (environment) => `flux-systems-${environment}-api-latency`],
  dashboard: ['AWS::CloudWatch::Dashboard', (environment) => `flux-systems-${environment}`],
  firewall: ['AWS::WAFv2::WebACL', (environment) => `flux-systems-${environment}-api`],
  firewallLog: ['AWS::Logs::LogGroup', (environment) => `aws-waf-logs-flux-systems-${environment}`],
} as const satisfies Readonly<Record<string, Row>>;

/** The id of one of flux-pilot's resources with a name of its own. */
export type ServiceId = keyof typeof rows;

/** Gives the environment's name as the brand writes it: with a capital. */
export const toWord = (environment: string): string => `${environment.slice(0, 1).toUpperCase()}${environment.slice(1)}`;

/** Gives the names of the resources by id, each with its environment, in the target's region. */
export function serviceNames(target: SynthTarget): Readonly<Record<ServiceId, Named>> {
  const { environment } = target;
  const names = Object.entries<Row>(rows).map(([id, [type, name]]): [string, Named] => [
    id,
    { type, name: regionalName(type, name(environment, toWord(environment)), target) },
  ]);
  return Object.fromEntries(names) as Record<ServiceId, Named>;
}
