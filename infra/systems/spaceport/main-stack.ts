import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { alarmed, alarmPeriod } from '../../lib/alarmed.ts';
import { dataBucket } from '../../lib/data-bucket.ts';
import { dataTable } from '../../lib/data-table.ts';
import { letAlarmsPublish, MailTopic, topicKey } from '../../lib/mail-topic.ts';
import { SignedInApi, type Service } from '../../lib/signed-in-api.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import { makeAppFunctions, type AppFunctions } from './app-functions.ts';
import type { AuthStack } from './auth-stack.ts';
import type { Blueprint } from './blueprint.ts';

/** The application: uploads, what is known of the files and projects, and the API that signed-in users reach them by. */
export class MainStack extends Stack {
  readonly uploads: IBucket;
  readonly projects: ITable;
  /** Everybody who runs the system listens to it. */
  readonly alarmTopic: ITopic;
  readonly topicKey: IKey;
  readonly dronePathApiId: string;

  constructor(scope: Construct, id: string, blueprint: Blueprint, { users, webClient }: AuthStack) {
    super(scope, id, toStackProps(blueprint.request, 'Spaceport: uploads, metadata and the API'));
    Tags.of(this).add('stack', id);
    const { data, settings, decisions, names, request } = blueprint;
    const guarded = request.protected;
    this.uploads = dataBucket(this, 'Uploads', decisions.uploads, { ...data.buckets, uploadOrigins: settings.allowedOrigins });
    const files = dataTable(this, 'FileMetadata', decisions['file-metadata'], { partitionKey: 'userId', sortKey: 'fileId', guarded });
    this.projects = dataTable(this, 'Projects', decisions.projects, { partitionKey: 'userId', sortKey: 'projectId', guarded });
    const functions = makeAppFunctions(this, blueprint, { uploads: this.uploads, files, projects: this.projects });
    const api = new SignedInApi(this, 'DronePathApi', {
      apiName: names.dronePathApi,
      logGroupName: names.dronePathApiLogs,
      logRetentionDays: data.logs.retentionDays,
      allowedOrigins: settings.allowedOrigins,
      ...data.api,
      users,
      client: webClient,
      services: toServices(functions),
    });
    this.dronePathApiId = api.apiId;

    const key = topicKey(this, 'TopicKey', names.topicKey);
    this.topicKey = key;
    this.alarmTopic = new MailTopic(this, 'Alarms', { topicName: names.alarmTopic, key, emails: settings.alarmEmails }).topic;
    letAlarmsPublish(this.alarmTopic);
    alarmed(this, 'DronePathApiErrors', {
      alarmName: names.dronePathErrors,
      section: 'SpaceportDronePathApi-Errors',
      means: 'The API of uploads, files, projects and flight paths fails to answer.',
      metric: apiErrors(api.apiId),
      atLeast: 5,
      periods: 2,
      topic: this.alarmTopic,
    });

    new CfnOutput(this, 'ApiUrl', { value: api.url, description: 'Address of the API' });
    new CfnOutput(this, 'UploadsBucketName', { value: this.uploads.bucketName, description: 'Bucket of the uploads' });
    new CfnOutput(this, 'FileMetadataTableName', { value: files.tableName, description: 'Table of the files' });
    new CfnOutput(this, 'ProjectsTableName', { value: this.projects.tableName, description: 'Table of the projects' });
    new CfnOutput(this, 'AlarmTopicArn', { value: this.alarmTopic.topicArn, description: 'Topic of the alarms' });
  }
}

/** Gives how many requests of an API ended with an error of ours. */
export function apiErrors(apiId: string): Metric {
  return new Metric({
    namespace: 'AWS/ApiGateway',
    metricName: '5xx',
    dimensionsMap: { ApiId: apiId },
    statistic: 'Sum',
    period: alarmPeriod,
  });
}

const toServices = ({ uploadPresign, fileMetadata, projects, dronePath }: AppFunctions): readonly Service[] => [
  { id: 'UploadPresign', handler: uploadPresign, routes: ['POST /uploads'] },
  {
    id: 'FileMetadataApi',
    handler: fileMetadata,
    routes: ['GET /files', 'POST /files', 'GET /files/{fileId}', 'DELETE /files/{fileId}'],
  },
  {
    id: 'ProjectsApi',
    handler: projects,
    routes: ['GET /projects', 'POST /projects', 'GET /projects/{projectId}', 'PATCH /projects/{projectId}', 'DELETE /projects/{projectId}'],
  },
  { id: 'DronePath', handler: dronePath, routes: ['POST /drone-paths'] },
];
