import type { Made } from './custom-resource.ts';
import { findArtifact, type Objects } from './find-artifact.ts';

/**
 * Gives the custom resource of one artifact: its attributes are the ZIP's Key and VersionId.
 *
 * The id stays the same from set to set, so that CloudFormation updates it and deletes nothing.
 *
 * @throws Error that lists every property that is not right, or says why the artifact is not found.
 */
export async function make(properties: Readonly<Record<string, unknown>>, objects: Objects): Promise<Made> {
  const { Bucket: bucket, Prefix: prefix, Artifact: artifact, SetDigest: setDigest } = properties;
  const given = { Bucket: bucket, Prefix: prefix, Artifact: artifact, SetDigest: setDigest };
  const wrong = Object.entries(given).flatMap(([name, value]) => (typeof value === 'string' ? [] : [name]));
  if (wrong.length > 0) throw new Error(`Properties that are no text: ${wrong.join(', ')}`);
  const question = { bucket: String(bucket), prefix: String(prefix), artifact: String(artifact), setDigest: String(setDigest) };
  const { key, versionId } = await findArtifact(question, objects);
  return { id: `${question.bucket}/${question.prefix}${question.artifact}`, attributes: { Key: key, VersionId: versionId } };
}
