import { join } from 'node:path';
import { Stack, Tags } from 'aws-cdk-lib/core';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { monitoringFunctions, type MonitoringFunction } from '../../environments/monitoring.ts';
import { LiveFunction, type LiveFunctionProps } from '../../lib/live-function.ts';
import type { PrivateNetwork } from '../../lib/private-network.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';
import type { MessagingStack } from './messaging-stack.ts';
import type { SecurityStack } from './security-stack.ts';
import type { StorageStack } from './storage-stack.ts';

/** What the functions need of the stacks below them. */
export interface Foundation {
  readonly network: PrivateNetwork;
  readonly security: SecurityStack;
  readonly storage: StorageStack;
  readonly messaging: MessagingStack;
}

/** The five functions. */
export class ComputeStack extends Stack {
  readonly functions: Readonly<Record<MonitoringFunction, LiveFunction>>;

  constructor(scope: Construct, id: string, blueprint: Blueprint, foundation: Foundation) {
    super(scope, id, toStackProps(blueprint.request, 'Monitoring: the functions'));
    Tags.of(this).add('stack', id);
    const { request, data, functions } = blueprint;
    const { security, messaging } = foundation;
    const variables = toVariables(blueprint, foundation);
    const made = monitoringFunctions.map((name): [string, LiveFunction] => {
      const network = toPlace(name, blueprint, foundation.network);
      const props: LiveFunctionProps = {
        ...data.functions[name],
        functionName: functions[name],
        description: descriptions[name],
        code: join(request.handlers, 'monitoring', name),
        role: security.roles[name],
        logs: { ...data.logs, key: security.logKey },
        failures: { queue: messaging.eventsFailed, key: security.messageKey },
        variables: variables[name],
        ...(network ? { network } : {}),
      };
      return [name, new LiveFunction(this, name, props)];
    });
    this.functions = Object.fromEntries(made) as Record<MonitoringFunction, LiveFunction>;
  }
}

const descriptions: Readonly<Record<MonitoringFunction, string>> = {
  api: 'Answers what is asked about events, health and circuits, and takes new events',
  'log-processor': 'Reads a log file that was put into the bucket and keeps what stands out',
  'health-monitor': 'Asks each endpoint whether it is well',
  'ai-analysis': 'Has a model explain the errors of a log file',
  backup: 'Backs up the tables, removes backups that are old, and restores one when asked',
};

/** Health checks reach the internet: from the network where it has a way out, and from outside of it otherwise. */
function toPlace(name: MonitoringFunction, { data }: Blueprint, { vpc, functions }: PrivateNetwork): LiveFunctionProps['network'] {
  const withInternet = data.network.natGateways > 0;
  if (name === 'health-monitor' && !withInternet) return undefined;
  const subnetType = withInternet ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED;
  return { vpc, vpcSubnets: { subnetType }, securityGroups: [functions] };
}

function toVariables(
  { data, settings, request }: Blueprint,
  { storage, messaging }: Foundation,
): Readonly<Record<MonitoringFunction, Readonly<Record<string, string>>>> {
  const shared = {
    ENVIRONMENT: request.environment,
    CIRCUITS_TABLE: storage.circuits.tableName,
    CIRCUIT_FAILURES: String(data.circuits.failures),
    CIRCUIT_OPEN_SECONDS: String(data.circuits.openSeconds),
  };
  const events = { ...shared, EVENTS_TABLE: storage.events.tableName, EVENT_DAYS: String(data.storage.eventDays) };
  const analysis = { ANALYSIS_QUEUE_URL: messaging.analysis.queue.queueUrl };
  return {
    api: { ...events, ...analysis, ALLOWED_ORIGINS: settings.allowedOrigins.join(' ') },
    'log-processor': { ...events, ...analysis },
    'health-monitor': { ...events, HEALTH_ENDPOINTS: settings.healthEndpoints.join(' ') },
    'ai-analysis': { ...events, ANALYSIS_MODEL: settings.analysisModel, ALERTS_TOPIC_ARN: messaging.alerts.topicArn },
    backup: { ...shared, TABLES: `${storage.events.tableName} ${storage.circuits.tableName}`, KEEP_DAYS: String(data.backups.keepDays) },
  };
}
