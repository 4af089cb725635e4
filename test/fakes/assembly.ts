import { posix } from 'node:path';
import { parseAssembly } from '../../engine/src/assembly/parse-assembly.ts';
import { nestedStackType, type Assembly, type Resource, type Stack, type Template } from '../../engine/src/assembly/assembly.ts';
import { toSha256 } from '../../engine/src/canonical.ts';

/** One stack of a made-up assembly; what is left out is as CDK leaves it. */
export interface SampleStack {
  readonly resources?: Template['Resources'];
  readonly outputs?: Template['Outputs'];
  /** Sections of the template beside Resources and Outputs. */
  readonly more?: Template;
  /** The stacks nested in it, by logical id. */
  readonly nested?: Readonly<Record<string, SampleNested>>;
  readonly dependencies?: readonly string[];
  readonly account?: string;
  readonly region?: string;
  /** The name in CloudFormation; otherwise the id. */
  readonly name?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly protected?: boolean;
  readonly metadata?: unknown;
  /** Hashes of file assets. */
  readonly assets?: readonly string[];
  /** Its asset manifest, where more than hashes matters. */
  readonly assetManifest?: object;
  /** What its entry in the manifest says beside what the other fields make. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** SSM parameter of the bootstrap version, or none. */
  readonly bootstrap?: string | false;
}

/** One nested stack of a made-up assembly. */
export interface SampleNested extends Pick<SampleStack, 'resources' | 'outputs' | 'more' | 'nested'> {
  /** What the stack around it gives it. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** What its resource has beside type, properties and metadata, such as a condition. */
  readonly own?: object;
}

/** The parameter of the bootstrap version that CDK names when nobody chose a qualifier. */
export const bootstrapParameter = '/cdk-bootstrap/hnb659fds/version';

/** Gives the files of a cloud assembly by their path, as `cdk synth` would write them into `dir`. */
export function toAssemblyFiles(dir: string, stacks: Readonly<Record<string, SampleStack>>): Record<string, string> {
  const files: Record<string, string> = {};
  const artifacts: Record<string, unknown> = {};
  for (const [id, sample] of Object.entries(stacks)) {
    files[posix.join(dir, `${id}.template.json`)] = JSON.stringify(toTemplate(sample, id), null, 1);
    for (const [path, inner] of toNested(sample, id))
      files[posix.join(dir, toFile(path))] = JSON.stringify(toTemplate(inner, path), null, 1);
    const assets = toAssetManifest(sample);
    if (assets) {
      files[posix.join(dir, `${id}.assets.json`)] = JSON.stringify(assets);
      artifacts[`${id}.assets`] = { type: 'cdk:asset-manifest', properties: { file: `${id}.assets.json` } };
    }
    artifacts[id] = toArtifact(id, sample);
  }
  files[posix.join(dir, 'manifest.json')] = JSON.stringify({ version: '48.0.0', artifacts }, null, 1);
  return files;
}

const toAssetManifest = ({ assets, assetManifest }: SampleStack): object | undefined =>
  assetManifest ?? (assets && { files: Object.fromEntries(assets.map((a) => [a, { displayName: `Code ${a}` }])) });

/** What stands in a stack of which a test says nothing: a stack without resources is a case of its own. */
const something = { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } };

/** Gives the stacks nested in a sample, by their construct paths. */
const toNested = ({ nested = {} }: SampleNested, path: string): readonly (readonly [string, SampleNested])[] =>
  Object.entries(nested).flatMap(([id, inner]) => [[`${path}/${id}`, inner] as const, ...toNested(inner, `${path}/${id}`)]);

const toFile = (path: string): string => `${path.replaceAll('/', '')}.nested.template.json`;

/** A nested stack as the CDK writes it: its template goes by the hash of its content. */
const toNestedResource = (sample: SampleNested, path: string): Resource => ({
  Type: nestedStackType,
  Properties: {
    TemplateURL: `https://s3.us-west-2.amazonaws.com/assets/${toSha256(JSON.stringify(toTemplate(sample, path)))}.json`,
    ...(sample.given ? { Parameters: sample.given } : {}),
  },
  Metadata: {
    'aws:cdk:path': path.replace(/[^/]+$/, '$&.NestedStack/$&.NestedStackResource'),
    'aws:asset:path': toFile(path),
    'aws:asset:property': 'TemplateURL',
  },
  ...sample.own,
});

const toTemplate = ({ resources, outputs, more, nested = {} }: SampleNested, path: string): Template => ({
  Resources: {
    ...(resources ?? (Object.keys(nested).length ? {} : something)),
    ...Object.fromEntries(Object.entries(nested).map(([id, inner]) => [id, toNestedResource(inner, `${path}/${id}`)])),
  },
  ...(outputs ? { Outputs: outputs } : {}),
  ...more,
});

function toArtifact(id: string, sample: SampleStack): unknown {
  const { account = 'unknown-account', region = 'unknown-region', bootstrap = bootstrapParameter } = sample;
  return {
    type: 'aws:cloudformation:stack',
    environment: `aws://${account}/${region}`,
    displayName: id,
    dependencies: [...(sample.dependencies ?? []), ...(toAssetManifest(sample) ? [`${id}.assets`] : [])],
    ...(sample.metadata ? { metadata: sample.metadata } : {}),
    properties: {
      templateFile: `${id}.template.json`,
      ...(sample.name ? { stackName: sample.name } : {}),
      ...(sample.tags ? { tags: sample.tags } : {}),
      ...(sample.parameters ? { parameters: sample.parameters } : {}),
      terminationProtection: sample.protected ?? false,
      ...(bootstrap ? { requiresBootstrapStackVersion: 6, bootstrapStackVersionSsmParameter: bootstrap } : {}),
      ...sample.properties,
    },
  };
}

/** Gives a made-up assembly as it is read. */
export function readSample(stacks: Readonly<Record<string, SampleStack>>): Assembly {
  const files = toAssemblyFiles('/cdk.out', stacks);
  return parseAssembly('/cdk.out', (path) => files[path]);
}

/** Gives one stack of a made-up assembly as it is read. */
export function readSampleStack(sample: SampleStack, id = 'Shop'): Stack {
  const [stack] = readSample({ [id]: sample }).stacks;
  if (!stack) throw new Error('the sample has no stack');
  return stack;
}

/** A bucket with a name of its own. */
export const bucket = (name: string) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName: name } });

/** A table with a name of its own. */
export const table = (name: string) => ({ Type: 'AWS::DynamoDB::Table', Properties: { TableName: name } });

/** A queue without a name of its own. */
export const queue = (delay = 0) => ({ Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: delay } });
