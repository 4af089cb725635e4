import { Duration, Stack, Tags } from 'aws-cdk-lib/core';
import { Rule, RuleTargetInput, Schedule, type EventPattern, type IRuleTarget } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal, type Policy } from 'aws-cdk-lib/aws-iam';
import { CfnPermission, EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { monitoringFunctions, type MonitoringFunction } from '../../environments/monitoring.ts';
import { attachPolicy } from '../../lib/attach-policy.ts';
import type { LiveFunction } from '../../lib/live-function.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';
import type { ComputeStack, Foundation } from './compute-stack.ts';
import { toPermissions } from './permissions.ts';

/**
 * What joins the other stacks: what each function may do with their data, and what starts it.
 *
 * All of it points from here to the others and nothing points back, so no two stacks wait for each other: a log file reaches
 * its function by way of EventBridge, and the bucket does not know who listens.
 */
export class IntegrationsStack extends Stack {
  constructor(scope: Construct, id: string, blueprint: Blueprint, foundation: Foundation, { functions }: ComputeStack) {
    super(scope, id, toStackProps(blueprint.request, 'Monitoring: permissions and triggers across the stacks'));
    Tags.of(this).add('stack', id);
    const { data } = blueprint;
    const permissions = toPermissions(this, blueprint, foundation);
    const policies = Object.fromEntries(
      monitoringFunctions.map((name) => [
        name,
        attachPolicy(this, `${name}-policy`, foundation.security.roles[name], 'data', permissions[name]),
      ]),
    ) as Readonly<Record<MonitoringFunction, Policy>>;

    const { logs } = foundation.storage;
    this.#start(
      'LogPut',
      'Starts the log processor on every log file that is put into the bucket',
      functions['log-processor'],
      foundation,
      {
        eventPattern: { source: ['aws.s3'], detailType: ['Object Created'], detail: { bucket: { name: [logs.bucketName] } } },
      },
    );
    this.#start('HealthTime', 'Starts the health checks', functions['health-monitor'], foundation, {
      schedule: Schedule.rate(Duration.minutes(data.healthEveryMinutes)),
    });
    this.#start('BackupTime', 'Starts the daily backup', functions.backup, foundation, {
      schedule: Schedule.cron({ minute: '0', hour: String(data.backups.hour) }),
      input: { task: 'backup' },
    });
    const work = new EventSourceMapping(this, 'AnalysisWork', {
      target: functions['ai-analysis'].live,
      eventSourceArn: foundation.messaging.analysis.queue.queueArn,
      batchSize: 5,
      reportBatchItemFailures: true,
    });
    // Lambda refuses a queue that the role may not read.
    work.node.addDependency(policies['ai-analysis']);
    for (const name of ['log-processor', 'health-monitor', 'backup'] as const)
      this.node.findChild(triggers[name]).node.addDependency(policies[name]);
  }

  /** A rule that starts a function; what cannot be handed over goes to the queue for what failed. */
  #start(
    id: string,
    description: string,
    { live }: LiveFunction,
    { messaging }: Foundation,
    when: { readonly eventPattern?: EventPattern; readonly schedule?: Schedule; readonly input?: object },
  ): void {
    const { input, ...match } = when;
    const target: IRuleTarget = {
      bind: () => ({
        arn: live.functionArn,
        deadLetterConfig: { arn: messaging.eventsFailed.queueArn },
        retryPolicy: { maximumRetryAttempts: 8, maximumEventAgeInSeconds: Duration.hours(6).toSeconds() },
        ...(input ? { input: RuleTargetInput.fromObject(input) } : {}),
      }),
    };
    const rule = new Rule(this, id, { description, ...match, targets: [target] });
    new CfnPermission(this, `${id}Permission`, {
      action: 'lambda:InvokeFunction',
      functionName: live.functionArn,
      principal: new ServicePrincipal('events.amazonaws.com').service,
      sourceArn: rule.ruleArn,
    });
  }
}

const triggers = { 'log-processor': 'LogPut', 'health-monitor': 'HealthTime', backup: 'BackupTime' } as const;
