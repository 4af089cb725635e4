/** Objects of the bucket that promotions go to. */
export interface Objects {
  /** Undefined when there is no such object. */
  read(bucket: string, key: string): Promise<string | undefined>;
  /** The current version of an object; undefined when there is no such object, an empty text in a bucket without versions. */
  version(bucket: string, key: string): Promise<string | undefined>;
}

/** Which artifact of which set is asked for. */
export interface Question {
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  readonly artifact: string;
  readonly setDigest: string;
}

/** Where an artifact is: exactly these bytes, whatever is promoted later. */
export interface Found {
  readonly key: string;
  readonly versionId: string;
}

interface Entry {
  readonly name?: unknown;
  readonly key?: unknown;
  readonly versionId?: unknown;
}

/**
 * Gives where an artifact of a set is, by the manifest of the promotion.
 *
 * A set that was current before, as when a deployment is rolled back, is not in the manifest any more; its copies below
 * `sets/<digest>/` never change, so they are taken from there.
 *
 * @throws Error that says what is missing: the manifest, the set, the artifact, or its version.
 */
export async function findArtifact({ bucket, prefix, artifact, setDigest }: Question, objects: Objects): Promise<Found> {
  const where = `s3://${bucket}/${prefix}manifest.json`;
  const current = parseManifest(await objects.read(bucket, `${prefix}manifest.json`), where);
  if (current?.setDigest !== setDigest) return findEarlier({ bucket, prefix, artifact, setDigest }, objects, current?.setDigest, where);
  const entry = current.artifacts.find(({ name }) => name === artifact);
  if (typeof entry?.key !== 'string') throw new Error(`${artifact} is no artifact of the set ${setDigest}, ${where} says`);
  if (typeof entry.versionId !== 'string') throw new Error(`${where} pins no version of ${artifact}: its bucket has no versioning`);
  return { key: entry.key, versionId: entry.versionId };
}

async function findEarlier(question: Question, objects: Objects, current: string | undefined, where: string): Promise<Found> {
  const { bucket, prefix, artifact, setDigest } = question;
  const key = `${prefix}sets/${setDigest}/${artifact}`;
  const versionId = await objects.version(bucket, key);
  const now = current === undefined ? `there is no ${where}` : `${where} is of the set ${current}`;
  if (versionId === undefined) throw new Error(`${now}, and there is no s3://${bucket}/${key}`);
  if (versionId === '') throw new Error(`s3://${bucket}/${key} has no version: its bucket has no versioning`);
  return { key, versionId };
}

function parseManifest(
  text: string | undefined,
  where: string,
): { readonly setDigest: string; readonly artifacts: readonly Entry[] } | undefined {
  if (text === undefined) return undefined;
  const { schema, setDigest, artifacts } = parseObject(text);
  if (schema !== 1 || typeof setDigest !== 'string' || !Array.isArray(artifacts)) throw new Error(`${where} is no manifest of a promotion`);
  return { setDigest, artifacts: artifacts.filter((each): each is Entry => typeof each === 'object' && each !== null) };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
