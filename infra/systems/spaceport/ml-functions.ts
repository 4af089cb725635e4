import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { allow } from '../../lib/allow.ts';
import { ApiFunction } from '../../lib/api-function.ts';
import { functionRole } from '../../lib/function-role.ts';
import type { Blueprint } from './blueprint.ts';

/** Makes the function that the pipeline calls at the end of a job; it writes into projects, and to one topic. */
export function makeNotification(
  scope: Construct,
  { data, names, request }: Blueprint,
  { projects, topic, key }: { readonly projects: ITable; readonly topic: ITopic; readonly key: IKey },
): LambdaFunction {
  const role = functionRole(scope, 'MlNotificationRole', names.mlNotificationRole, 'What the function that tells of results may do');
  allow(role, ['dynamodb:UpdateItem'], [projects.tableArn]);
  allow(role, ['sns:Publish'], [topic.topicArn]);
  allow(role, ['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn], {
    StringEquals: { 'kms:ViaService': `sns.${Stack.of(scope).region}.amazonaws.com` },
  });
  return new ApiFunction(scope, 'MlNotification', {
    ...data.functions,
    functionName: names.mlNotification,
    description: 'Tells of the end of a job: in its project, and by mail',
    code: join(request.handlers, 'spaceport/ml-notification'),
    role,
    logs: data.logs,
    variables: { PROJECTS_TABLE: projects.tableName, RESULTS_TOPIC: topic.topicArn },
  }).function;
}

/** Makes the function that starts a job of a signed-in user; it reads the upload and the project, and notes the job there. */
export function makeStartJob(
  scope: Construct,
  { data, names, request }: Blueprint,
  { uploads, projects, pipeline }: { readonly uploads: IBucket; readonly projects: ITable; readonly pipeline: StateMachine },
): LambdaFunction {
  const role = functionRole(scope, 'MlLambdaRole', names.mlLambdaRole, 'What the functions of the pipeline may do');
  allow(role, ['s3:GetObject'], [uploads.arnForObjects('uploads/*')]);
  allow(role, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], [projects.tableArn]);
  allow(role, ['states:StartExecution'], [pipeline.stateMachineArn]);
  return new ApiFunction(scope, 'StartMlJob', {
    ...data.functions,
    functionName: names.startMlJob,
    description: 'Starts the ML pipeline on an upload of a signed-in user',
    code: join(request.handlers, 'spaceport/start-ml-job'),
    role,
    logs: data.logs,
    variables: { PROJECTS_TABLE: projects.tableName, UPLOADS_BUCKET: uploads.bucketName, PIPELINE_ARN: pipeline.stateMachineArn },
  }).function;
}
