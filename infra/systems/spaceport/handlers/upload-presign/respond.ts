import { fileName, oneOf, optional, readFields, sha256, wholeNumber } from '../fields.ts';
import { refuse, type Reply, type Request } from '../http.ts';
import { toObjectKey } from '../object-key.ts';

/** One upload that an address is made for; S3 refuses a body of another type, size or checksum. */
export interface Upload {
  readonly key: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** In base64. */
  readonly sha256: string | undefined;
}

/** What an upload may be, and how long its address works. */
export interface UploadLimits {
  readonly maxUploadBytes: number;
  readonly contentTypes: readonly string[];
  readonly urlSeconds: number;
}

/** What the answer depends on besides the request. */
export interface UploadWorld {
  readonly limits: UploadLimits;
  presign(upload: Upload, seconds: number): Promise<string>;
  newId(): string;
  now(): Date;
}

/** Answers a request for an upload address: one PUT of one file, within the limits, under a key of the user's own. */
export async function respond(request: Request, { limits, presign, newId, now }: UploadWorld): Promise<Reply> {
  const read = readFields(request.body, {
    fileName,
    contentType: oneOf(limits.contentTypes),
    sizeBytes: wholeNumber(1, limits.maxUploadBytes),
    sha256: optional(sha256),
  });
  if (read.kind === 'refused') return refuse(read.problems);
  const id = newId();
  const { values } = read;
  const key = toObjectKey(request.user, id, values.fileName);
  const url = await presign(
    { key, contentType: values.contentType, sizeBytes: values.sizeBytes, sha256: values.sha256 },
    limits.urlSeconds,
  );
  const expiresAt = new Date(now().getTime() + limits.urlSeconds * 1000).toISOString();
  const headers = { 'content-type': values.contentType, ...(values.sha256 ? { 'x-amz-checksum-sha256': values.sha256 } : {}) };
  return { status: 200, body: { fileId: id, key, method: 'PUT', url, headers, expiresAt } };
}
