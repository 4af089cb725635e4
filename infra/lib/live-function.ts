import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Role, type IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, CfnEventInvokeConfig, Code, Function as LambdaFunction, Runtime, Tracing, type Alias } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { LogRetentionDays } from '../environments/log-retention.ts';
import { attachPolicy } from './attach-policy.ts';
import { keyUse } from './service-key.ts';

/** A function: its code's folder, its role of another stack, its size and place, and where its failures go. */
export interface LiveFunctionProps {
  readonly functionName: string;
  readonly description: string;
  /** The folder with the bundled `index.js`. */
  readonly code: string;
  readonly role: IRole;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly reserved?: number;
  readonly provisioned?: { readonly min: number; readonly max: number; readonly targetPercent: number };
  readonly logs: { readonly retentionDays: LogRetentionDays; readonly keepAfterStack: boolean; readonly key: IKey };
  /** Absent outside of every network. */
  readonly network?: { readonly vpc: IVpc; readonly vpcSubnets: SubnetSelection; readonly securityGroups: ISecurityGroup[] };
  /** Receives the events that failed three times, with why. */
  readonly failures: { readonly queue: IQueue; readonly key: IKey };
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * A function that is called by its alias `live`, with a log of its own, traces, and a queue for the events that it fails on.
 *
 * Its role may write that log and send to that queue by a policy of this stack; the role's own stack stays as it is.
 *
 * @throws Error when the handler was not built.
 */
export class LiveFunction extends Construct {
  readonly function: LambdaFunction;
  readonly live: Alias;

  constructor(scope: Construct, id: string, props: LiveFunctionProps) {
    super(scope, id);
    if (!existsSync(join(props.code, 'index.js'))) throw new Error(`There is no handler at ${props.code}; tools/build-handlers.ts builds them`);
    // No name of its own: a log group that was kept would stand in the way of the next stack's.
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logs.retentionDays,
      encryptionKey: props.logs.key,
      removalPolicy: props.logs.keepAfterStack ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const policy = attachPolicy(this, 'Policy', props.role, 'own-log-and-failures', [
      { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] },
      { actions: ['sqs:SendMessage'], resources: [props.failures.queue.queueArn] },
      { actions: keyUse, resources: [props.failures.key.keyArn] },
    ]);
    this.function = this.#makeFunction(props, logGroup);
    this.live = this.function.addAlias('live');
    if (props.provisioned) {
      const { min, max, targetPercent } = props.provisioned;
      const scaling = this.live.addAutoScaling({ minCapacity: min, maxCapacity: max });
      scaling.scaleOnUtilization({ utilizationTarget: targetPercent / 100 });
    }
    // Lambda refuses a destination that the role may not send to.
    new CfnEventInvokeConfig(this, 'Failures', {
      functionName: this.function.functionName,
      qualifier: this.live.aliasName,
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: Duration.hours(1).toSeconds(),
      destinationConfig: { onFailure: { destination: props.failures.queue.queueArn } },
    }).node.addDependency(policy);
  }

  #makeFunction(props: LiveFunctionProps, logGroup: LogGroup): LambdaFunction {
    return new LambdaFunction(this, 'Function', {
      functionName: props.functionName,
      description: props.description,
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.code),
      // As it is: nothing here may change the role of another stack.
      role: Role.fromRoleArn(this, 'Role', props.role.roleArn, { mutable: false }),
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      ...(props.reserved ? { reservedConcurrentExecutions: props.reserved } : {}),
      ...props.network,
      tracing: Tracing.ACTIVE,
      environment: { ...props.variables },
      logGroup,
    });
  }
}
