import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { Subscription, SubscriptionProtocol, Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { forAccount } from './service-key.ts';

/**
 * Makes the key that an environment's topics are encrypted with, and that CloudWatch's alarms may use.
 *
 * `aliasName` has `alias/` in front. Not the account's own key for SNS: its policy lets no alarm publish. Messages live for seconds, so nothing is lost with the key.
 */
export function topicKey(scope: Construct, id: string, aliasName: string): Key {
  const key = new Key(scope, id, {
    alias: aliasName.replace(/^alias\//, ''),
    description: 'Encrypts the messages of the topics',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
    pendingWindow: Duration.days(7),
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      // In the policy of a key this is the key itself.
      resources: ['*'],
    }),
  );
  return key;
}

/** Lets this account's alarms publish to a topic: one with a policy of its own, such as TLS only, has none that would. */
export function letAlarmsPublish(topic: ITopic): void {
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'Alarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: forAccount(topic),
    }),
  );
}

/** A topic: its name, its key, and who gets its messages, by mail and by HTTPS. */
export interface MailTopicProps {
  readonly topicName: string;
  readonly key: IKey;
  readonly emails: readonly string[];
  readonly addresses?: readonly string[];
}

/** A topic that is encrypted, takes messages by TLS only, and passes them on to those who have confirmed that they want them. */
export class MailTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { topicName, key, emails, addresses = [] }: MailTopicProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { topicName, masterKey: key, enforceSSL: true });
    for (const email of emails)
      new Subscription(this, email, { topic: this.topic, protocol: SubscriptionProtocol.EMAIL, endpoint: email });
    for (const address of addresses)
      new Subscription(this, address, { topic: this.topic, protocol: SubscriptionProtocol.HTTPS, endpoint: address });
  }
}
