import { posix } from 'node:path';
import { parseAssembly } from '../../engine/src/assembly/parse-assembly.ts';
import type { Assembly, Stack, Template } from '../../engine/src/assembly/assembly.ts';

/** One stack of a made-up assembly; what is left out is as CDK leaves it. */
export interface SampleStack {
  readonly resources?: Template['Resources'];
  readonly outputs?: Template['Outputs'];
  /** Sections of the template beside Resources and Outputs. */
  readonly more?: Template;
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

/** The parameter of the bootstrap version that CDK names when nobody chose a qualifier. */
export const bootstrapParameter = '/cdk-bootstrap/hnb659fds/version';

/** Gives the files of a cloud assembly by their path, as `cdk synth` would write them into `dir`. */
export function toAssemblyFiles(dir: string, stacks: Readonly<Record<string, SampleStack>>): Record<string, string> {
  const files: Record<string, string> = {};
  const artifacts: Record<string, unknown> = {};
  for (const [id, sample] of Object.entries(stacks)) {
    files[posix.join(dir, `${id}.template.json`)] = JSON.stringify(toTemplate(sample), null, 1);
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

const toTemplate = ({ resources = something, outputs, more }: SampleStack): Template => ({
  Resources: resources,
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
