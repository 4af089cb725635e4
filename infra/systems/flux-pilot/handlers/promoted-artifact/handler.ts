import { S3Client } from '@aws-sdk/client-s3';
import { createFunctionLog } from '../../../../handlers/log.ts';
import { serveResource } from './custom-resource.ts';
import { make } from './make.ts';
import { createObjects } from './objects.ts';
import { put } from './put.ts';

const objects = createObjects(new S3Client());

/** CloudFormation calls this through Lambda for every artifact of the application. */
export const handler = serveResource((properties) => make(properties, objects), put, createFunctionLog());
