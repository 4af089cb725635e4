import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { failedQueue, GuardedQueue } from '../../lib/guarded-queue.ts';
import { letAlarmsPublish } from '../../lib/mail-topic.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';
import type { SecurityStack } from './security-stack.ts';

/** What is said: alerts to people, and work for the analysis; with a queue for all that could not be done. */
export class MessagingStack extends Stack {
  readonly alerts: Topic;
  readonly analysis: GuardedQueue;
  /** Events and schedules that a function failed on. */
  readonly eventsFailed: Queue;

  constructor(scope: Construct, id: string, { request, data, settings, names }: Blueprint, { messageKey }: SecurityStack) {
    super(scope, id, toStackProps(request, 'Monitoring: queues and alerts'));
    Tags.of(this).add('stack', id);
    this.analysis = new GuardedQueue(this, 'Analysis', {
      queueName: names.analysisQueue,
      failedName: names.analysisFailed,
      failedDays: data.queues.failedDays,
      receives: data.queues.receives,
      // Six times what the function may take, as Lambda asks for.
      visibleAfterSeconds: 6 * data.functions['ai-analysis'].timeoutSeconds,
      key: messageKey,
    });
    this.eventsFailed = failedQueue(this, 'EventsFailed', {
      queueName: names.eventsFailed,
      key: messageKey,
      keepDays: data.queues.failedDays,
      senders: ['events.amazonaws.com'],
    });
    this.alerts = new Topic(this, 'Alerts', {
      topicName: names.alerts,
      displayName: 'Monitoring alerts',
      masterKey: messageKey,
      enforceSSL: true,
    });
    letAlarmsPublish(this.alerts);
    for (const email of settings.alertEmails) this.alerts.addSubscription(new EmailSubscription(email));
    new CfnOutput(this, 'AlertsTopicArn', { value: this.alerts.topicArn, description: 'Topic of the alerts' });
    new CfnOutput(this, 'AnalysisQueueUrl', { value: this.analysis.queue.queueUrl, description: 'Queue of the analyses' });
  }
}
