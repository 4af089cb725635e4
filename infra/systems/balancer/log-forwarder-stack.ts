import { join } from 'node:path';
import { Key } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, LogGroup } from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import type { Construct } from 'constructs';
import { balancerServices } from '../../environments/balancer.ts';
import { allow } from '../../lib/allow.ts';
import { functionRole } from '../../lib/function-role.ts';
import { failedQueue } from '../../lib/guarded-queue.ts';
import { LiveFunction } from '../../lib/live-function.ts';
import { BalancerStack } from './balancer-stack.ts';
import type { Blueprint } from './blueprint.ts';
import { logExports } from './export-names.ts';

/** Below which prefix of the bucket for logs the function writes. */
export const applicationLogsPrefix = 'application';

/** The function that carries what the services log to the bucket for logs, in one shape for all of them. */
export class LogForwarderStack extends BalancerStack {
  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, 'log-forwarder', blueprint, 'the log forwarder');
    const { data, names, decisions } = blueprint;
    const key = Key.fromKeyArn(this, 'LogsKey', this.take('logsKeyArn'));
    const role = functionRole(this, 'Role', names.forwarderRole, 'What the log forwarder may do');
    allow(role, ['s3:PutObject'], [`arn:${this.partition}:s3:::${decisions.logs.name}/${applicationLogsPrefix}/*`]);
    // Traces are no resources.
    allow(role, ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], ['*']);
    const { live } = new LiveFunction(this, 'Forwarder', {
      ...data.forwarder,
      functionName: names.forwarder,
      description: 'Carries what the services log to the bucket for logs',
      code: join(blueprint.request.handlers, 'balancer', 'log-forwarder'),
      role,
      logs: { ...data.logs, key },
      failures: { queue: failedQueue(this, 'Failed', { queueName: names.forwarderFailed, key, keepDays: data.queues.failedDays }), key },
      variables: { LOGS_BUCKET: decisions.logs.name, PREFIX: applicationLogsPrefix },
    });
    for (const id of balancerServices)
      LogGroup.fromLogGroupName(this, `${id}-log`, this.take(logExports[id])).addSubscriptionFilter(`${id}-filter`, {
        destination: new LambdaDestination(live),
        filterPattern: FilterPattern.allEvents(),
      });
  }
}
