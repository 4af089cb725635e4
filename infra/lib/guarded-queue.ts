import { Duration } from 'aws-cdk-lib/core';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { forAccount } from './service-key.ts';

/** A queue of its name, encrypted with the key, reached by TLS only. */
export interface GuardedQueueProps {
  readonly queueName: string;
  readonly key: IKey;
}

/**
 * Makes a queue for what failed: it keeps messages for `keepDays`, and `senders` are the AWS services that may send to it.
 *
 * A sender may act for this account only.
 */
export function failedQueue(scope: Construct, id: string, props: GuardedQueueProps & { readonly keepDays: number; readonly senders?: readonly string[] }): Queue {
  const queue = new Queue(scope, id, {
    queueName: props.queueName,
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: props.key,
    enforceSSL: true,
    retentionPeriod: Duration.days(props.keepDays),
  });
  for (const sender of props.senders ?? [])
    queue.addToResourcePolicy(
      new PolicyStatement({ principals: [new ServicePrincipal(sender)], actions: ['sqs:SendMessage'], resources: [queue.queueArn], conditions: forAccount(scope) }),
    );
  return queue;
}

/** A queue whose messages go to a queue for what failed after some receives. */
export class GuardedQueue extends Construct {
  readonly queue: Queue;
  readonly failed: Queue;

  constructor(
    scope: Construct,
    id: string,
    props: GuardedQueueProps & { readonly failedName: string; readonly failedDays: number; readonly receives: number; readonly visibleAfterSeconds: number },
  ) {
    super(scope, id);
    this.failed = failedQueue(this, 'Failed', { queueName: props.failedName, key: props.key, keepDays: props.failedDays });
    this.queue = new Queue(this, 'Queue', {
      queueName: props.queueName,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(props.visibleAfterSeconds),
      deadLetterQueue: { queue: this.failed, maxReceiveCount: props.receives },
    });
  }
}
