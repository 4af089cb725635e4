import { randomUUID } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { createLog } from '../../../../handlers/log.ts';
import { serve } from '../serve.ts';
import { readVariables } from '../../../../handlers/variables.ts';
import { createPresigner } from './presign.ts';
import { respond } from './respond.ts';

const variables = readVariables(process.env, ['UPLOADS_BUCKET', 'URL_SECONDS', 'MAX_UPLOAD_BYTES', 'CONTENT_TYPES']);
const now = (): Date => new Date();
const world = {
  limits: {
    maxUploadBytes: Number(variables.MAX_UPLOAD_BYTES),
    contentTypes: variables.CONTENT_TYPES.split(','),
    urlSeconds: Number(variables.URL_SECONDS),
  },
  presign: createPresigner(new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' }), variables.UPLOADS_BUCKET),
  newId: randomUUID,
  now,
};

/** Lambda calls this for `POST /uploads`. */
export const handler = serve(
  (request) => respond(request, world),
  createLog((line) => process.stdout.write(line), now),
);
