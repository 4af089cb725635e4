import { expect, test } from '@jest/globals';
import type { Resource } from '../assembly/assembly.ts';
import { diffTemplates } from './diff.ts';

type Resources = Readonly<Record<string, Resource>>;
const bucket = (Properties: Resource['Properties'] = {}, more: Partial<Resource> = {}): Resources => ({
  Files: { Type: 'AWS::S3::Bucket', Properties, ...more },
});
const server = (InstanceType: string): Resources => ({
  Server: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', InstanceType } },
});
const table = (key: string, mode: string): Resources => ({
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [{ AttributeName: key, KeyType: 'HASH' }], BillingMode: mode } },
});
const policy = { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Files' }, PolicyDocument: {} } } };

/** One line a change: action, logical id, then each property with what it does to the resource. */
const lines = (before: Resources, after: Resources): string[] =>
  diffTemplates({ Resources: before }, { Resources: after }).map((c) =>
    [c.action, c.logicalId, c.type, ...c.properties.map((p) => `${p.path}=${p.replaces}`)].join(' '),
  );

test.each<[string, Resources, Resources, string[]]>([
  ['a resource that is new is created', {}, bucket(), ['create Files AWS::S3::Bucket']],
  ['a resource that is gone is deleted', bucket(), {}, ['delete Files AWS::S3::Bucket']],
  ['a resource that is gone and retained is orphaned', bucket({}, { DeletionPolicy: 'Retain' }), {}, ['orphan Files AWS::S3::Bucket']],
  [
    'a resource that is gone and retained except on creation is orphaned',
    bucket({}, { DeletionPolicy: 'RetainExceptOnCreate' }),
    {},
    ['orphan Files AWS::S3::Bucket'],
  ],
  [
    'a new name of a bucket replaces it',
    bucket({ BucketName: 'a' }),
    bucket({ BucketName: 'b' }),
    ['replace Files AWS::S3::Bucket BucketName=yes'],
  ],
  [
    'a new key of a table replaces it, a new billing mode beside it does not',
    table('a', 'PROVISIONED'),
    table('b', 'PAY_PER_REQUEST'),
    ['replace Table AWS::DynamoDB::Table BillingMode=no KeySchema=yes'],
  ],
  [
    'a new size of a server may replace it',
    server('t3.micro'),
    server('t3.large'),
    ['maybe-replace Server AWS::EC2::Instance InstanceType=maybe'],
  ],
  ['another type under one logical id replaces it', bucket(), { Files: { Type: 'AWS::SQS::Queue' } }, ['replace Files AWS::SQS::Queue']],
  [
    'versioning of a bucket is updated in place',
    bucket(),
    bucket({ VersioningConfiguration: { Status: 'Enabled' } }),
    ['update Files AWS::S3::Bucket VersioningConfiguration=no'],
  ],
  [
    'a property that goes is updated in place',
    bucket({ VersioningConfiguration: { Status: 'Enabled' } }),
    bucket(),
    ['update Files AWS::S3::Bucket VersioningConfiguration=no'],
  ],
  [
    'what depends on the name of a replaced resource is replaced with it',
    { ...bucket({ BucketName: 'a' }), ...policy },
    { ...bucket({ BucketName: 'b' }), ...policy },
    ['replace Files AWS::S3::Bucket BucketName=yes', 'replace Policy AWS::S3::BucketPolicy Bucket=yes'],
  ],
  [
    'another deletion policy is an update without properties',
    bucket({}, { DeletionPolicy: 'Delete' }),
    bucket({}, { DeletionPolicy: 'Retain' }),
    ['update Files AWS::S3::Bucket'],
  ],
  ['another prerequisite is one too', bucket(), bucket({}, { DependsOn: ['Other'] }), ['update Files AWS::S3::Bucket']],
  ['so is another condition', bucket(), bucket({}, { Condition: 'C' }), ['update Files AWS::S3::Bucket']],
  ['so is other metadata', bucket({}, { Metadata: { a: 1 } }), bucket({}, { Metadata: { a: 2 } }), ['update Files AWS::S3::Bucket']],
  ['equal templates have no changes', { ...bucket({ BucketName: 'a' }), ...policy }, { ...policy, ...bucket({ BucketName: 'a' }) }, []],
  [
    'a type that nobody knows is updated',
    { X: { Type: 'Custom::Thing', Properties: { A: 1 } } },
    { X: { Type: 'Custom::Thing', Properties: { A: 2 } } },
    ['update X Custom::Thing A=no'],
  ],
])('%s', (_name, before, after, changes) => expect(lines(before, after)).toEqual(changes));

test('characters that CloudFormation gives back as question marks are no change, others beside them are', () => {
  expect(lines(bucket({ BucketName: 'gr??e' }), bucket({ BucketName: 'größe' }))).toEqual([]);
  expect(lines(bucket({ BucketName: 'gr??e' }), bucket({ BucketName: 'größer' }))).toEqual([
    'replace Files AWS::S3::Bucket BucketName=yes',
  ]);
});

test('a changed property has the values of both templates', () => {
  const [change] = diffTemplates({ Resources: bucket({ BucketName: 'a' }) }, { Resources: bucket({ BucketName: { Ref: 'Name' } }) });
  expect(change?.properties).toEqual([{ path: 'BucketName', before: 'a', after: { Ref: 'Name' }, replaces: 'yes' }]);
});

test('the templates stay as they are', () => {
  const before = { Resources: { ...bucket({ BucketName: 'a' }), ...policy } };
  const after = { Resources: { ...bucket({ BucketName: 'b' }), ...policy } };
  const copies = structuredClone([before, after]);
  diffTemplates(before, after);
  expect([before, after]).toEqual(copies);
});
