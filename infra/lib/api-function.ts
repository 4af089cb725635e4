import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { LogRetentionDays } from '../environments/log-retention.ts';

/** A function that answers requests: its code's folder, its size, and how long its log is kept. */
export interface ApiFunctionProps {
  readonly functionName: string;
  readonly description: string;
  /** The folder with the bundled `index.js`. */
  readonly code: string;
  readonly role: Role;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly logs: { readonly retentionDays: LogRetentionDays; readonly keepAfterStack: boolean };
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * A Lambda function with a log group of its own, which its role may write to.
 *
 * @throws Error when the handler was not built.
 */
export class ApiFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: ApiFunctionProps) {
    super(scope, id);
    if (!existsSync(join(props.code, 'index.js'))) throw new Error(`There is no handler at ${props.code}; tools/build-handlers.ts builds them`);
    // No name of its own: a log group that was kept would stand in the way of the next stack's.
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logs.retentionDays,
      removalPolicy: props.logs.keepAfterStack ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(props.role);
    this.function = new LambdaFunction(this, 'Function', {
      functionName: props.functionName,
      description: props.description,
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.code),
      role: props.role,
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      environment: { ...props.variables },
      logGroup,
    });
  }
}
