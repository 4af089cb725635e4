import { join } from 'node:path';
import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import type { IUserPool, IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { allow } from '../../lib/allow.ts';
import { ApiFunction } from '../../lib/api-function.ts';
import { dataBucket } from '../../lib/data-bucket.ts';
import { dataTable } from '../../lib/data-table.ts';
import { SignedInApi } from '../../lib/signed-in-api.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';

/** The application: uploads, what is known of the files and projects, and the API that signed-in users reach them by. */
export class MainStack extends Stack {
  readonly uploads: IBucket;

  constructor(scope: Construct, id: string, blueprint: Blueprint, users: IUserPool, webClient: IUserPoolClient) {
    super(scope, id, toStackProps(blueprint.request, 'Spaceport: uploads, metadata and the API'));
    Tags.of(this).add('stack', id);
    const { data, settings, decisions, names, request } = blueprint;
    this.uploads = dataBucket(this, 'Uploads', decisions.uploads, { ...data.buckets, uploadOrigins: settings.allowedOrigins });
    const files = dataTable(this, 'FileMetadata', decisions['file-metadata'], {
      partitionKey: 'userId',
      sortKey: 'fileId',
      guarded: request.protected,
    });
    const projects = dataTable(this, 'Projects', decisions.projects, {
      partitionKey: 'userId',
      sortKey: 'projectId',
      guarded: request.protected,
    });

    const functions = this.#makeFunctions(blueprint, files);
    const api = new SignedInApi(this, 'DronePathApi', {
      apiName: names.dronePathApi,
      logGroupName: names.dronePathApiLogs,
      logRetentionDays: data.logs.retentionDays,
      allowedOrigins: settings.allowedOrigins,
      ...data.api,
      users,
      client: webClient,
      services: [
        { id: 'UploadPresign', handler: functions.uploadPresign, routes: ['POST /uploads'] },
        {
          id: 'FileMetadataApi',
          handler: functions.fileMetadata,
          routes: ['GET /files', 'POST /files', 'GET /files/{fileId}', 'DELETE /files/{fileId}'],
        },
      ],
    });

    new CfnOutput(this, 'ApiUrl', { value: api.url, description: 'Address of the API' });
    new CfnOutput(this, 'UploadsBucketName', { value: this.uploads.bucketName, description: 'Bucket of the uploads' });
    new CfnOutput(this, 'FileMetadataTableName', { value: files.tableName, description: 'Table of the files' });
    new CfnOutput(this, 'ProjectsTableName', { value: projects.tableName, description: 'Table of the projects' });
  }

  #makeFunctions(
    { data, settings, names, request }: Blueprint,
    files: ITable,
  ): Readonly<Record<'uploadPresign' | 'fileMetadata', LambdaFunction>> {
    const role = new Role(this, 'LambdaRole', {
      roleName: names.lambdaRole,
      description: 'What the functions behind the API may do',
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    allow(role, ['s3:PutObject'], [this.uploads.arnForObjects('uploads/*')]);
    allow(role, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query'], [files.tableArn]);
    const shared = { role, ...data.functions, logs: data.logs };
    const limits = { MAX_UPLOAD_BYTES: String(settings.maxUploadBytes), CONTENT_TYPES: settings.uploadContentTypes.join(',') };
    const uploadPresign = new ApiFunction(this, 'UploadPresign', {
      ...shared,
      functionName: names.uploadPresign,
      description: 'Gives a signed-in user an address to upload one file to',
      code: join(request.handlers, 'spaceport', 'upload-presign'),
      variables: { UPLOADS_BUCKET: this.uploads.bucketName, URL_SECONDS: String(settings.uploadUrlSeconds), ...limits },
    });
    const fileMetadata = new ApiFunction(this, 'FileMetadataApi', {
      ...shared,
      functionName: names.fileMetadata,
      description: "Keeps what is known of a signed-in user's files",
      code: join(request.handlers, 'spaceport', 'file-metadata'),
      variables: { FILES_TABLE: files.tableName, ...limits },
    });
    return { uploadPresign: uploadPresign.function, fileMetadata: fileMetadata.function };
  }
}
