import type { SampleStack } from '../../../test/fakes/assembly.ts';
import { testCases } from '../../../test/fakes/check-cases.ts';

const code = (id: string) => ({ S3Bucket: 'assets', S3Key: `${id}.zip` });
const function_ = (more: object = {}) => ({ Type: 'AWS::Lambda::Function', Properties: { Code: code('code'), ...more } });
const layer = { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: code('layer') } };
const file = (id: string) => ({
  [id]: { source: { path: `asset.${id}`, packaging: 'zip' }, destinations: { here: { bucketName: 'assets', objectKey: `${id}.zip` } } },
});
const shop = (resources: SampleStack['resources']): Readonly<Record<string, SampleStack>> => ({
  Shop: { resources, assetManifest: { files: { ...file('code'), ...file('layer') } } },
});
const assets = (options: object) => ({
  ...options,
  before: ({ aws }: { aws: { things: Map<string, unknown> } }) =>
    void aws.things.set('AWS::S3::Bucket assets', { kind: 'present', active: true }),
});
const sizes = (codeBytes: number, layerBytes = 0) =>
  assets({ sizes: { '/cdk.out/asset.code': codeBytes, '/cdk.out/asset.layer': layerBytes } });
const variables = (bytes: number) => function_({ Environment: { Variables: { NAME: 'x'.repeat(bytes - 4) } } });

testCases(
  ['PF234', 'PF235'],
  [
    {
      code: 'PF234',
      name: 'a package of a byte too many',
      stacks: shop({ F: function_() }),
      options: sizes(262_144_001),
      told: ['Shop/F: F has 262144001 bytes of code in its package; Lambda takes 262144000.'],
    },
    {
      code: 'PF234',
      name: 'a package that is too large with its layer',
      stacks: shop({ F: function_({ Layers: [{ Ref: 'L' }] }), L: layer }),
      options: sizes(262_000_000, 144_001),
      told: ['Shop/F: F has 262144001 bytes of code in its package and layers; Lambda takes 262144000.'],
    },
    { code: 'PF234', name: 'a package that just fits', stacks: shop({ F: function_() }), options: sizes(262_144_000) },
    {
      code: 'PF234',
      name: 'a layer that another function has',
      stacks: shop({ F: function_(), L: layer }),
      options: sizes(262_000_000, 262_000_000),
    },
    {
      code: 'PF234',
      name: 'an asset that is no code',
      stacks: shop({ F: function_({ Code: { ZipFile: 'x' } }) }),
      options: sizes(262_144_001),
    },
    {
      code: 'PF235',
      name: 'variables of a byte too many',
      stacks: shop({ F: variables(4_097) }),
      options: sizes(1),
      told: ['Shop/F: The environment variables of F have 4097 bytes or more; Lambda takes 4096.'],
    },
    { code: 'PF235', name: 'variables that just fit', stacks: shop({ F: variables(4_096) }), options: sizes(1) },
    {
      code: 'PF235',
      name: 'variables of which little is known',
      stacks: shop({ F: function_({ Environment: { Variables: { NAME: { 'Fn::GetAtt': ['X', 'Y'] } } } }) }),
      options: sizes(1),
    },
  ],
);
