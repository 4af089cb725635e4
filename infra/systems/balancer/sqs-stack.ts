import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { balancerQueues } from '../../environments/balancer.ts';
import { GuardedQueue } from '../../lib/guarded-queue.ts';
import { serviceKey } from '../../lib/service-key.ts';
import { BalancerStack } from './balancer-stack.ts';
import type { Blueprint } from './blueprint.ts';
import { queueExports } from './export-names.ts';
import { deadLetterName, queueName } from './part-names.ts';

/** The queues for work in the background, each with one for what failed; services find them by their parameters. */
export class SqsStack extends BalancerStack {
  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, 'sqs', blueprint, 'queues');
    const { data, names, request } = blueprint;
    const key = serviceKey(this, 'Key', { alias: names.sqsKey, description: 'Messages in the queues of balancer', services: [] });
    for (const id of balancerQueues) {
      const { queue } = new GuardedQueue(this, id, {
        ...data.queues,
        queueName: queueName(request.environment, id),
        failedName: deadLetterName(request.environment, id),
        key,
      });
      new StringParameter(this, `${id}-url`, {
        parameterName: `${names.parameters}/queues/${id}-url`,
        description: `Address of the queue ${id}`,
        stringValue: queue.queueUrl,
      });
      this.give(queueExports[id], queue.queueArn, `Queue ${id}`);
    }
    this.give('sqsKeyArn', key.keyArn, 'Key of the queues');
  }
}
