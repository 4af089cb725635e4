import { monitoringFunctions, type MonitoringFunction } from '../../environments/monitoring.ts';
import { regionalName } from '../../../engine/src/names.ts';
import type { SynthTarget } from '../../../engine/src/system.ts';
import type { Named } from '../../lib/named.ts';

const rows = {
  dataKey: ['AWS::KMS::Alias', 'alias/monitoring-data'],
  logKey: ['AWS::KMS::Alias', 'alias/monitoring-logs'],
  messageKey: ['AWS::KMS::Alias', 'alias/monitoring-messages'],
  replicationRole: ['AWS::IAM::Role', 'monitoring-replication'],
  deployRole: ['AWS::IAM::Role', 'monitoring-deploy'],
  preflightRole: ['AWS::IAM::Role', 'monitoring-preflight'],
  deployPolicy: ['AWS::IAM::ManagedPolicy', 'monitoring-deploy'],
  preflightPolicy: ['AWS::IAM::ManagedPolicy', 'monitoring-preflight'],
  alerts: ['AWS::SNS::Topic', 'monitoring-alerts'],
  analysisQueue: ['AWS::SQS::Queue', 'monitoring-analysis'],
  analysisFailed: ['AWS::SQS::Queue', 'monitoring-analysis-failed'],
  eventsFailed: ['AWS::SQS::Queue', 'monitoring-events-failed'],
  api: ['AWS::ApiGateway::RestApi', 'monitoring-api'],
  apiLogs: ['AWS::Logs::LogGroup', '/monitoring/api-access'],
  logsParameter: ['AWS::SSM::Parameter', '/monitoring/logs-bucket'],
  dashboard: ['AWS::CloudWatch::Dashboard', 'monitoring-overview'],
  objectives: ['AWS::CloudWatch::Dashboard', 'monitoring-objectives'],
} as const;

/** The id of one of monitoring's service resources: those that hold no data and are never shared or imported. */
export type ServiceId = keyof typeof rows;

/** Gives the names of the service resources by id, each with its environment, in the target's region. */
export function serviceNames(target: SynthTarget): Readonly<Record<ServiceId, Named>> {
  const names = Object.entries(rows).map(([id, [type, base]]): [string, Named] => [id, toNamed(type, base, target)]);
  return Object.fromEntries(names) as Record<ServiceId, Named>;
}

/** Gives the names of the functions, or of their roles, by handler. */
export function functionNames(
  type: 'AWS::Lambda::Function' | 'AWS::IAM::Role',
  target: SynthTarget,
): Readonly<Record<MonitoringFunction, Named>> {
  const names = monitoringFunctions.map((id): [string, Named] => [id, toNamed(type, `monitoring-${id}`, target)]);
  return Object.fromEntries(names) as Record<MonitoringFunction, Named>;
}

const toNamed = (type: string, base: string, target: SynthTarget): Named => ({
  type,
  name: regionalName(type, `${base}-${target.environment}`, target),
});
