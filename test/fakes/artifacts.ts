import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { known, unknown, type Answer, type NotRead } from '../../engine/src/answer.ts';
import type { Presence } from '../../engine/src/readings.ts';
import type { ArtifactBucket, ArtifactObject, Artifacts } from '../../engine/src/artifacts.ts';

type Checksum = ArtifactObject['checksum'];

interface Stored extends ArtifactObject {
  readonly text: string;
}

interface Bucket {
  readonly account: string;
  readonly readers: readonly string[];
  readonly versioned: boolean;
  readonly objects: Map<string, Stored>;
}

/** One call of the port, before it does anything. */
export interface FakeCall {
  readonly method: keyof Artifacts;
  readonly bucket: string;
  /** Account that the bucket has to belong to. */
  readonly account?: string;
  readonly key: string;
}

/** Lets a test change the buckets, cancel, or refuse, at the very moment of a call: a reason given is the call's answer. */
export type Interrupt = (call: FakeCall) => NotRead['why'] | void;

/** Buckets of several accounts, in memory. */
export interface FakeBuckets {
  create(name: string, options: { readonly account: string; readonly readers?: readonly string[]; readonly versioned?: boolean }): void;
  /** Puts an object as its uploader would; `algorithm` none leaves it without a checksum. */
  put(bucket: string, key: string, text: string, algorithm?: 'SHA256' | 'CRC32' | 'none'): void;
  remove(bucket: string, key: string): void;
  /** Puts other bytes at a key whose checksum stays: a disk that lies. */
  corrupt(bucket: string, key: string, checksum: Checksum): void;
  keys(bucket: string): readonly string[];
  text(bucket: string, key: string): string | undefined;
  /** The port as one account has it. */
  artifacts(account: string, interrupt?: Interrupt): Artifacts;
  look(account: string, name: string): Answer<Presence>;
}

const permissions: Readonly<Record<keyof Artifacts, string>> = {
  list: 's3:ListBucket',
  head: 's3:GetObject',
  copy: 's3:PutObject',
  read: 's3:GetObject',
  write: 's3:PutObject',
};

/** Makes buckets that behave as S3 does, as far as the contract test knows it. */
export function createFakeBuckets(): FakeBuckets {
  const buckets = new Map<string, Bucket>();
  let version = 0;
  const of = (name: string): Bucket => {
    const found = buckets.get(name);
    if (!found) throw new Error(`the test made no bucket ${name}`);
    return found;
  };
  const store = (bucket: Bucket, key: string, text: string, checksum: Checksum): void => {
    const etag = `"${createHash('md5').update(text).digest('hex')}"`;
    const versionId = bucket.versioned ? { versionId: `v${++version}` } : {};
    bucket.objects.set(key, { key, text, sizeBytes: Buffer.byteLength(text), etag, ...versionId, ...(checksum ? { checksum } : {}) });
  };
  return {
    create: (name, { account, readers = [], versioned = false }) =>
      void buckets.set(name, { account, readers, versioned, objects: new Map() }),
    put: (bucket, key, text, algorithm = 'SHA256') => store(of(bucket), key, text, toChecksum(text, algorithm)),
    remove: (bucket, key) => void of(bucket).objects.delete(key),
    corrupt: (bucket, key, checksum) => store(of(bucket), key, of(bucket).objects.get(key)?.text ?? '', checksum),
    keys: (bucket) => [...of(bucket).objects.keys()].sort(),
    text: (bucket, key) => of(bucket).objects.get(key)?.text,
    artifacts: (account, interrupt = () => {}) => createArtifactsOf(buckets, account, interrupt, store),
    look: (account, name) => {
      const found = buckets.get(name);
      return known(!found ? { kind: 'absent' } : found.account === account ? { kind: 'present', active: true } : { kind: 'foreign' });
    },
  };
}

function createArtifactsOf(
  buckets: ReadonlyMap<string, Bucket>,
  account: string,
  interrupt: Interrupt,
  store: (bucket: Bucket, key: string, text: string, checksum: Checksum) => void,
): Artifacts {
  const mayRead = (bucket: Bucket): boolean => bucket.account === account || bucket.readers.includes(account);
  const isExpected = (bucket: Bucket, expected: ArtifactBucket): boolean => (expected.account ?? bucket.account) === bucket.account;
  const refuse = (method: keyof Artifacts, name: string, key: string, why: NotRead['why'], message: string) =>
    unknown({ call: permissions[method], resource: key ? `${name}/${key}` : name, why, message });
  const enter = async (
    method: keyof Artifacts,
    expected: ArtifactBucket,
    key: string,
    access: 'read' | 'write',
  ): Promise<Answer<Bucket>> => {
    await Promise.resolve();
    const { name, account: owner } = expected;
    const why = interrupt({ method, bucket: name, key, ...(owner ? { account: owner } : {}) });
    if (why) return refuse(method, name, key, why, '');
    const bucket = buckets.get(name);
    if (!bucket) return refuse(method, name, key, 'refused', 'The specified bucket does not exist');
    const may = access === 'read' ? mayRead(bucket) : bucket.account === account;
    return may && isExpected(bucket, expected) ? known(bucket) : refuse(method, name, key, 'denied', 'Access Denied');
  };
  return {
    list: async (bucket, prefix) =>
      map(await enter('list', bucket, '', 'read'), (b) =>
        [...b.objects.values()]
          .filter((o) => o.key.startsWith(prefix))
          .map(({ key, sizeBytes, etag }) => ({ key, sizeBytes, etag }))
          .sort((x, y) => (x.key < y.key ? -1 : 1)),
      ),
    head: async (bucket, key) => map(await enter('head', bucket, key, 'read'), (b) => withoutText(b.objects.get(key))),
    read: async (bucket, key) =>
      map(await enter('read', bucket, key, 'read'), (b) => {
        const found = b.objects.get(key);
        return found && { text: found.text, etag: found.etag };
      }),
    copy: async (from, to) => {
      const target = await enter('copy', to.bucket, to.key, 'write');
      if (target.kind === 'unknown') return target;
      const source = buckets.get(from.bucket.name);
      if (!source || !mayRead(source) || !isExpected(source, from.bucket))
        return refuse(
          'copy',
          to.bucket.name,
          to.key,
          source ? 'denied' : 'refused',
          source ? 'Access Denied' : 'The specified bucket does not exist',
        );
      const found = source.objects.get(from.key);
      if (found?.etag !== from.etag) return known('changed');
      store(target.value, to.key, found.text, found.checksum);
      return known('copied');
    },
    write: async (bucket, key, text, only) =>
      map(await enter('write', bucket, key, 'write'), (b) => {
        const there = b.objects.get(key);
        if (only.if === 'absent' ? there : there?.etag !== only.if) return 'conflict';
        store(b, key, text, toChecksum(text, 'SHA256'));
        return 'written';
      }),
  };
}

const map = <A, B>(answer: Answer<A>, f: (value: A) => B): Answer<B> => (answer.kind === 'known' ? known(f(answer.value)) : answer);

function withoutText(stored: Stored | undefined): ArtifactObject | undefined {
  if (!stored) return undefined;
  const { text: _text, ...object } = stored;
  return object;
}

function toChecksum(text: string, algorithm: 'SHA256' | 'CRC32' | 'none'): Checksum {
  if (algorithm === 'none') return undefined;
  if (algorithm === 'SHA256') return { algorithm, value: createHash('sha256').update(text).digest('base64') };
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return { algorithm, value: bytes.toString('base64') };
}
