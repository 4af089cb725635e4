import { answers, denies, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const code = { S3Bucket: 'artifacts', S3Key: 'api/1.zip' };
const fn = (Code: object, more: object = {}): Stacks => ({
  Shop: { resources: { Api: { Type: 'AWS::Lambda::Function', Properties: { Code } } }, ...more },
});
const filling = (DestinationBucketName: string): Stacks => ({
  ...fn(code),
  Files: { resources: { Files: { Type: 'Custom::CDKBucketDeployment', Properties: { DestinationBucketName } } } },
});
const is = (presence: string) => answers('object', { bucket: 'artifacts', key: 'api/1.zip' }, presence);

testCases(
  ['PF281'],
  [
    {
      code: 'PF281',
      name: 'code that is not there',
      stacks: fn(code),
      told: ['Shop/Api: s3://artifacts/api/1.zip: the bucket has no such object.'],
    },
    {
      code: 'PF281',
      name: 'a bucket that is not there',
      stacks: fn(code),
      options: is('bucketless'),
      told: [/: there is no such bucket\.$/],
    },
    { code: 'PF281', name: 'an old version', stacks: fn({ ...code, S3ObjectVersion: 'v1' }) },
    { code: 'PF281', name: 'a bucket that this run fills', stacks: filling('artifacts') },
    {
      code: 'PF281',
      name: 'a bucket beside the one that this run fills',
      stacks: filling('website'),
      told: [/: the bucket has no such object\.$/],
    },
    {
      code: 'PF281',
      name: 'the definition of a state machine in a bucket of another region',
      stacks: {
        Shop: {
          resources: {
            Flow: {
              Type: 'AWS::StepFunctions::StateMachine',
              Properties: { DefinitionS3Location: { Bucket: 'artifacts', Key: 'api/1.zip' } },
            },
          },
        },
      },
      options: is('elsewhere'),
    },
    {
      code: 'PF281',
      name: 'a bucket of another region',
      stacks: fn(code),
      options: is('elsewhere'),
      told: [/: the bucket is in another region than the stack\.$/],
    },
    {
      code: 'PF281',
      name: 'a layer that is not there',
      stacks: { Shop: { resources: { Layer: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: code } } } } },
      told: ['Shop/Layer: s3://artifacts/api/1.zip: the bucket has no such object.'],
    },
    {
      code: 'PF281',
      name: 'code that is not there, by a key in SSM',
      stacks: {
        Shop: {
          ...fn({ ...code, S3Key: { Ref: 'Key' } })['Shop'],
          more: { Parameters: { Key: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/api/key' } } },
        },
      },
      options: answers('parameter', { name: '/api/key' }, { type: 'String', value: 'api/2.zip' }),
      told: ['Shop/Api: s3://artifacts/api/2.zip: the bucket has no such object.'],
    },
    { code: 'PF281', name: 'code that is there', stacks: fn(code), options: is('present') },
    { code: 'PF281', name: 'an asset of this run', stacks: fn({ S3Bucket: 'cdk-assets', S3Key: 'f00d.zip' }, { assets: ['f00d'] }) },
    { code: 'PF281', name: 'code in the template', stacks: fn({ ZipFile: 'x' }) },
    {
      code: 'PF281',
      name: 'a bucket that this run makes',
      stacks: { ...fn(code), Store: { resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'artifacts' } } } } },
    },
    {
      code: 'PF001',
      name: 'a bucket that may not be listed',
      stacks: fn(code),
      options: denies('s3:ListBucket'),
      told: ['Shop/Api: s3://artifacts/api/1.zip: needs the permission s3:ListBucket on artifacts.'],
    },
  ],
);
