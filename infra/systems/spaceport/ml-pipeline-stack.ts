import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { dataBucket } from '../../lib/data-bucket.ts';
import { dataRepository } from '../../lib/data-repository.ts';
import { MailTopic } from '../../lib/mail-topic.ts';
import { SignedInApi } from '../../lib/signed-in-api.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { AuthStack } from './auth-stack.ts';
import type { Blueprint } from './blueprint.ts';
import { makeDashboard } from './dashboard.ts';
import type { MainStack } from './main-stack.ts';
import { makeMlAlarms } from './ml-alarms.ts';
import { makeNotification, makeStartJob } from './ml-functions.ts';
import { makePipeline } from './ml-pipeline.ts';
import { makeSageMakerRole } from './sage-maker-role.ts';

/** The ML pipeline: its stores, the state machine, how users start it and hear of its results, and what watches over all of it. */
export class MlPipelineStack extends Stack {
  constructor(scope: Construct, id: string, blueprint: Blueprint, { users, webClient }: AuthStack, main: MainStack) {
    super(scope, id, toStackProps(blueprint.request, 'Spaceport: the ML pipeline'));
    Tags.of(this).add('stack', id);
    const { data, decisions, names, settings } = blueprint;
    const { uploads, projects, topicKey: key, alarmTopic } = main;
    const processing = dataBucket(this, 'MlProcessing', decisions['ml-processing'], data.buckets);
    const sfm = dataRepository(this, 'Sfm', decisions.sfm, data.images);
    const gaussians = dataRepository(this, 'ThreeDgs', decisions['3dgs'], data.images);
    const results = new MailTopic(this, 'Results', { topicName: names.resultTopic, key, emails: settings.resultEmails });

    const sageMakerRole = makeSageMakerRole(this, names.sageMakerRole, { uploads, processing, images: [sfm, gaussians] });
    const notification = makeNotification(this, blueprint, { projects, topic: results.topic, key });
    const pipeline = makePipeline(this, blueprint, {
      sfm: { image: sfm.repositoryUriForTag(settings.sfmImageTag), machine: data.pipeline.sfm },
      gaussians: { image: gaussians.repositoryUriForTag(settings.threeDgsImageTag), machine: data.pipeline.gaussians },
      uploadsBucket: uploads.bucketName,
      processingBucket: processing.bucketName,
      sageMakerRole,
      notification,
    });
    const api = new SignedInApi(this, 'MlApi', {
      apiName: names.mlApi,
      logGroupName: names.mlApiLogs,
      logRetentionDays: data.logs.retentionDays,
      allowedOrigins: settings.allowedOrigins,
      ...data.api,
      users,
      client: webClient,
      services: [{ id: 'StartMlJob', handler: makeStartJob(this, blueprint, { uploads, projects, pipeline }), routes: ['POST /ml-jobs'] }],
    });
    makeMlAlarms(this, blueprint, { pipeline, notification, apiId: api.apiId, topic: alarmTopic });
    makeDashboard(this, blueprint, { dronePathApiId: main.dronePathApiId, mlApiId: api.apiId, pipelineArn: pipeline.stateMachineArn });

    new CfnOutput(this, 'MlApiUrl', { value: api.url, description: 'Address of the API that starts jobs' });
    new CfnOutput(this, 'PipelineArn', { value: pipeline.stateMachineArn, description: 'The state machine of the pipeline' });
    new CfnOutput(this, 'ResultTopicArn', { value: results.topic.topicArn, description: 'Topic of the results' });
    new CfnOutput(this, 'MlProcessingBucketName', { value: processing.bucketName, description: 'Bucket that the pipeline works in' });
    new CfnOutput(this, 'SfmRepositoryUri', { value: sfm.repositoryUri, description: 'Repository of the structure-from-motion image' });
    new CfnOutput(this, 'ThreeDgsRepositoryUri', {
      value: gaussians.repositoryUri,
      description: 'Repository of the 3D Gaussian splatting image',
    });
    new CfnOutput(this, 'SageMakerRoleArn', { value: sageMakerRole.roleArn, description: "Role of the pipeline's SageMaker jobs" });
  }
}
