import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { allow } from '../../lib/allow.ts';
import type { Blueprint } from './blueprint.ts';
import { toPipelineDefinition, type PipelineParts } from './pipeline-definition.ts';

/** What the state machine is given besides its blueprint. */
export type PipelineGiven = Omit<PipelineParts, 'jobPrefix' | 'notificationArn' | 'tags' | 'sageMakerRoleArn'> & {
  readonly sageMakerRole: Role;
  readonly notification: IFunction;
};

/** Makes the ML pipeline: a state machine with its role and its log. */
export function makePipeline(scope: Construct, { request, data, names }: Blueprint, given: PipelineGiven): StateMachine {
  const { sageMakerRole, notification, ...parts } = given;
  const jobPrefix = `spaceport-${request.environment}`;
  const tags = { system: 'spaceport', environment: request.environment, owner: data.owner, 'cost-centre': data.costCentre };
  const definition = toPipelineDefinition({
    ...parts,
    jobPrefix,
    tags,
    sageMakerRoleArn: sageMakerRole.roleArn,
    notificationArn: notification.functionArn,
  });
  const role = makePipelineRole(scope, names.mlPipelineRole, jobPrefix, sageMakerRole, notification);
  const log = new LogGroup(scope, 'PipelineLog', {
    logGroupName: names.mlPipelineLogs,
    retention: data.logs.retentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return new StateMachine(scope, 'Pipeline', {
    stateMachineName: names.mlPipeline,
    definitionBody: DefinitionBody.fromString(Stack.of(scope).toJsonString(definition)),
    role,
    logs: { destination: log, level: LogLevel.ALL, includeExecutionData: false },
    tracingEnabled: true,
  });
}

/**
 * The role may run jobs of its environment's names as the one role, and call the one function.
 *
 * @source https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html (what waiting for a job needs)
 */
function makePipelineRole(scope: Construct, roleName: string, jobPrefix: string, sageMakerRole: Role, notification: IFunction): Role {
  const { account, partition, region } = Stack.of(scope);
  const role = new Role(scope, 'PipelineRole', {
    roleName,
    description: 'What the ML pipeline may do',
    assumedBy: new ServicePrincipal('states.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': account } } }),
  });
  const jobs = (kind: string): readonly string[] => [`arn:${partition}:sagemaker:${region}:${account}:${kind}/${jobPrefix}-*`];
  allow(role, ['sagemaker:CreateProcessingJob', 'sagemaker:DescribeProcessingJob', 'sagemaker:StopProcessingJob'], jobs('processing-job'));
  allow(role, ['sagemaker:CreateTrainingJob', 'sagemaker:DescribeTrainingJob', 'sagemaker:StopTrainingJob'], jobs('training-job'));
  allow(role, ['sagemaker:AddTags'], [...jobs('processing-job'), ...jobs('training-job')]);
  allow(role, ['iam:PassRole'], [sageMakerRole.roleArn], { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } });
  allow(
    role,
    ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
    ['Processing', 'Training'].map(
      (kind) => `arn:${partition}:events:${region}:${account}:rule/StepFunctionsGetEventsForSageMaker${kind}JobsRule`,
    ),
  );
  allow(role, ['lambda:InvokeFunction'], [notification.functionArn]);
  return role;
}
