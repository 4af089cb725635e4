import { join } from 'node:path';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { allow } from '../../lib/allow.ts';
import { ApiFunction } from '../../lib/api-function.ts';
import { functionRole } from '../../lib/function-role.ts';
import type { Blueprint } from './blueprint.ts';

/** What the application's functions keep their data in. */
export interface AppStores {
  readonly uploads: IBucket;
  readonly files: ITable;
  readonly projects: ITable;
}

/** The functions behind the application's API. */
export type AppFunctions = Readonly<Record<'uploadPresign' | 'fileMetadata' | 'projects' | 'dronePath', LambdaFunction>>;

/** Makes the functions of the application; those that reach data share one role, and the one that only calculates has its own. */
export function makeAppFunctions(scope: Construct, { data, settings, names, request }: Blueprint, stores: AppStores): AppFunctions {
  const role = functionRole(scope, 'LambdaRole', names.lambdaRole, 'What the functions behind the API may do');
  allow(role, ['s3:PutObject'], [stores.uploads.arnForObjects('uploads/*')]);
  allow(
    role,
    ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
    [stores.files.tableArn, stores.projects.tableArn],
  );
  allow(role, ['dynamodb:UpdateItem'], [stores.projects.tableArn]);
  const dronePathRole = functionRole(
    scope,
    'DronePathRole',
    names.dronePathRole,
    'What the function that plans flights may do: write its log',
  );
  const limits = { MAX_UPLOAD_BYTES: String(settings.maxUploadBytes), CONTENT_TYPES: settings.uploadContentTypes.join(',') };
  const make = (
    id: string,
    functionName: string,
    folder: string,
    description: string,
    variables: Readonly<Record<string, string>>,
    by = role,
  ) =>
    new ApiFunction(scope, id, {
      ...data.functions,
      functionName,
      description,
      code: join(request.handlers, 'spaceport', folder),
      role: by,
      logs: data.logs,
      variables,
    }).function;
  return {
    uploadPresign: make('UploadPresign', names.uploadPresign, 'upload-presign', 'Gives a signed-in user an address to upload one file to', {
      UPLOADS_BUCKET: stores.uploads.bucketName,
      URL_SECONDS: String(settings.uploadUrlSeconds),
      ...limits,
    }),
    fileMetadata: make('FileMetadataApi', names.fileMetadata, 'file-metadata', "Keeps what is known of a signed-in user's files", {
      FILES_TABLE: stores.files.tableName,
      ...limits,
    }),
    projects: make('ProjectsApi', names.projects, 'projects', "Keeps a signed-in user's projects", {
      PROJECTS_TABLE: stores.projects.tableName,
    }),
    dronePath: make('DronePath', names.dronePath, 'drone-path', 'Plans the waypoints of a flight', {}, dronePathRole),
  };
}
