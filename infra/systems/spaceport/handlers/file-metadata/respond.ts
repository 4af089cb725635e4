import { fileName, id as fileId, oneOf, optional, readFields, sha256, text, wholeNumber } from '../fields.ts';
import { notFound, refuse, type Reply, type Request } from '../http.ts';
import { toObjectKey } from '../object-key.ts';
import type { FileRecord, Files } from './files.ts';
import { parsePage, toCursor } from '../page.ts';

/** What the answer depends on besides the request. */
export interface FilesWorld {
  readonly files: Files;
  readonly limits: { readonly maxUploadBytes: number; readonly contentTypes: readonly string[] };
  now(): Date;
}

/** Answers a request about the user's own files: to make, list, read or remove what is known of them. */
export async function respond(request: Request, world: FilesWorld): Promise<Reply> {
  switch (request.route) {
    case 'POST /files':
      return create(request, world);
    case 'GET /files':
      return list(request, world);
    case 'GET /files/{fileId}':
      return read(request, world);
    case 'DELETE /files/{fileId}':
      return remove(request, world);
    default:
      return notFound;
  }
}

const projectId = text(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 letters, digits, hyphens and underscores');

async function create({ user, body }: Request, { files, limits, now }: FilesWorld): Promise<Reply> {
  const given = readFields(body, {
    fileId,
    fileName,
    contentType: oneOf(limits.contentTypes),
    sizeBytes: wholeNumber(1, limits.maxUploadBytes),
    sha256: optional(sha256),
    projectId: optional(projectId),
  });
  if (given.kind === 'refused') return refuse(given.problems);
  const { sha256: checksum, projectId: project, ...values } = given.values;
  const file: FileRecord = {
    ...values,
    ...(checksum ? { sha256: checksum } : {}),
    ...(project ? { projectId: project } : {}),
    userId: user,
    key: toObjectKey(user, values.fileId, values.fileName),
    createdAt: now().toISOString(),
  };
  return (await files.create(file)) ? { status: 201, body: toView(file) } : { status: 409, body: { error: 'already-exists' } };
}

async function list({ user, query }: Request, { files }: FilesWorld): Promise<Reply> {
  const parsed = parsePage(query);
  if (parsed.kind === 'refused') return refuse(parsed.problems);
  const { limit, after } = parsed.page;
  const page = await files.list(user, limit, after);
  return { status: 200, body: { files: page.files.map(toView), ...(page.last ? { cursor: toCursor(page.last) } : {}) } };
}

async function read({ user, path }: Request, { files }: FilesWorld): Promise<Reply> {
  const id = path['fileId'];
  const file = fileId.accepts(id) ? await files.get(user, id) : undefined;
  return file ? { status: 200, body: toView(file) } : notFound;
}

async function remove({ user, path }: Request, { files }: FilesWorld): Promise<Reply> {
  const id = path['fileId'];
  return fileId.accepts(id) && (await files.remove(user, id)) ? { status: 204 } : notFound;
}

/** A file as its user sees it. */
function toView({
  fileId: id,
  key,
  fileName: name,
  contentType,
  sizeBytes,
  sha256: checksum,
  projectId: project,
  createdAt,
}: FileRecord): Readonly<Record<string, unknown>> {
  return { fileId: id, key, fileName: name, contentType, sizeBytes, sha256: checksum, projectId: project, createdAt };
}
