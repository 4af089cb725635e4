import { z } from 'zod';
import type { ArtifactObject } from '../../../engine/src/artifacts.ts';
import { toSetDigest, type Artifact } from './artifact-set.ts';
import { toSetPrefix, type Location } from './location.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits');

/** The shape of one end of a promotion, in manifests and records. */
export const locationSchema = z.object({
  environment: z.string(),
  account: z.string().optional().describe('12 digits; left out when neither config nor credentials tell.'),
  bucket: z.string(),
  prefix: z.string().describe('Empty, or ends with a slash.'),
});

/** The shape of a workflow run, in manifests and records. */
export const runSchema = z.object({
  id: z.string(),
  attempt: z.string(),
  url: z.string().describe('Empty outside of GitHub.'),
  actor: z.string().describe('Who started it.'),
  sha: z.string().describe('The commit of the workflow; empty outside of GitHub.'),
});

const checksumSchema = z.object({
  algorithm: z.enum(['SHA256', 'CRC64NVME', 'CRC32', 'CRC32C', 'SHA1']),
  value: z.string().min(1).describe('Base64, of the whole object.'),
});

const artifactSchema = z.object({
  name: z.string().min(1).describe('Key relative to the prefix, as it was at the first source.'),
  key: z.string().min(1).describe('Key in the bucket of this manifest.'),
  versionId: z.string().optional().describe('Version of the object; left out where the bucket has no versioning.'),
  sizeBytes: z.int().min(0),
  checksum: checksumSchema,
  etag: z.string().optional().describe('Entity tag of the copy when it was compared, with its quotes.'),
  sourceEtag: z.string().optional().describe('Entity tag of the source when it was copied, with its quotes.'),
});

/** The shape of manifest.json: which set is current, and where each artifact of it is. Unknown members are let pass. */
export const manifestSchema = z
  .object({
    schema: z.literal(1),
    setDigest: digest.describe('SHA-256 of the canonical JSON of name, sizeBytes and checksum of every artifact, in order of name.'),
    previousSetDigest: digest.optional().describe('The set that was current before.'),
    promotion: z.string(),
    from: locationSchema,
    time: z.iso.datetime(),
    run: runSchema,
    artifacts: z.array(artifactSchema).min(1),
  })
  .describe('The set of artifacts that is current in one environment. Consumers read it first, then the keys and versions it names.');

/** The manifest of one environment. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Gives the manifest in a text, or why it is none: no JSON, another shape, or a digest that its artifacts do not have. */
export function parseManifest(text: string): { readonly manifest: Manifest } | { readonly why: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (e) {
    return { why: `it is no JSON: ${(e as Error).message}` };
  }
  const parsed = manifestSchema.safeParse(raw);
  if (!parsed.success)
    return {
      why: parsed.error.issues
        .slice(0, 3)
        .map((i) => `${i.path.map(String).join('.') || 'it'}: ${i.message}`)
        .join('; '),
    };
  const actual = toSetDigest(parsed.data.artifacts);
  return actual === parsed.data.setDigest
    ? { manifest: parsed.data }
    : { why: `its artifacts have the digest ${actual}, it says ${parsed.data.setDigest}` };
}

/** What a new manifest is made of. `copies` gives each artifact as it is at the target, by name. */
export interface ManifestFacts {
  readonly promotion: string;
  readonly from: Location;
  readonly to: Location;
  readonly time: string;
  readonly run: Manifest['run'];
  readonly setDigest: string;
  readonly previousSetDigest?: string;
  readonly artifacts: readonly Artifact[];
  readonly copies: ReadonlyMap<string, Pick<ArtifactObject, 'etag' | 'versionId'>>;
}

/** Gives the manifest that makes a set current; its artifacts in order of name. */
export function toManifest(facts: ManifestFacts): Manifest {
  const { promotion, from, to, time, run, setDigest, previousSetDigest, copies } = facts;
  const artifacts = facts.artifacts.map(({ name, sizeBytes, checksum, etag: sourceEtag }) => {
    const { etag, versionId } = copies.get(name) ?? {};
    return {
      name,
      key: `${toSetPrefix(to, setDigest)}${name}`,
      ...(versionId ? { versionId } : {}),
      sizeBytes,
      checksum,
      ...(etag ? { etag } : {}),
      sourceEtag,
    };
  });
  artifacts.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { schema: 1, setDigest, ...(previousSetDigest ? { previousSetDigest } : {}), promotion, from, time, run, artifacts };
}
