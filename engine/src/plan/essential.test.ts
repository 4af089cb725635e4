import { describe, expect, test } from '@jest/globals';
import type { Template } from '../assembly/assembly.ts';
import { toDelta, toEssential } from './essential.ts';

const queue = (Properties: Record<string, unknown> = {}, more: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties, ...more });
const base: Template = { Resources: { Queue: queue({ DelaySeconds: 5 }) }, Outputs: { Url: { Value: 'x' } } };
const withQueue = (Properties: Record<string, unknown>, more: object = {}): Template => ({ Resources: { Queue: queue(Properties, more) } });
const delta = (before: Template, after: Template, secrets: readonly string[] = []) =>
  Object.keys(toDelta(toEssential(before, secrets), toEssential(after, secrets)));

describe('between two templates counts not', () => {
  const cdk = {
    CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2:deflate64:H4sIA' }, Condition: 'CDKMetadataAvailable' },
  };
  test.each<[string, Template, Template]>([
    ['what the CDK tells of itself', base, { ...base, Resources: { ...base.Resources, ...cdk }, Conditions: { CDKMetadataAvailable: {} } }],
    [
      'the version of the bootstrap that the CDK asks for',
      base,
      { ...base, Rules: { CheckBootstrapVersion: { Assertions: [] } }, Parameters: { BootstrapVersion: { Type: 'String' } } },
    ],
    [
      'where a construct and its code lie',
      withQueue({}, { Metadata: { 'aws:cdk:path': 'Shop/A', 'aws:asset:path': '/a/asset.1' } }),
      withQueue({}, { Metadata: { 'aws:cdk:path': 'Shop/B', 'aws:asset:path': '/b/asset.1' } }),
    ],
    [
      'the order of members',
      base,
      { Outputs: base.Outputs ?? {}, Resources: { Queue: { Properties: { DelaySeconds: 5 }, Type: 'AWS::SQS::Queue' } } },
    ],
    ['one prerequisite as a list', withQueue({}, { DependsOn: 'A' }), withQueue({}, { DependsOn: ['A'] })],
    ['the order of prerequisites', withQueue({}, { DependsOn: ['A', 'B'] }), withQueue({}, { DependsOn: ['B', 'A'] })],
    [
      'the order of actions, resources and statements',
      withQueue({ PolicyDocument: { Statement: [{ Action: ['a:b', 'a:c'], Resource: ['x', 'y'] }, { Action: 'a:d' }] } }),
      withQueue({ PolicyDocument: { Statement: [{ Action: 'a:d' }, { Action: ['a:c', 'a:b'], Resource: ['y', 'x'] }] } }),
    ],
    [
      'the order of tags',
      withQueue({
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      }),
      withQueue({
        Tags: [
          { Key: 'b', Value: '2' },
          { Key: 'a', Value: '1' },
        ],
      }),
    ],
    [
      'the number of a token that nobody resolved',
      withQueue({ QueueName: 'a-${Token[AWS.Region.12]}-${Token[TOKEN.3]}' }),
      withQueue({ QueueName: 'a-${Token[AWS.Region.9]}-${Token[TOKEN.41]}' }),
    ],
    ['a secret', withQueue({ MasterUserPassword: 'hunter1' }), withQueue({ MasterUserPassword: 'hunter2' })],
    ['a secret number', withQueue({ Password: 1234 }), withQueue({ Password: 5678 })],
    [
      'a secret in an environment',
      withQueue({ Environment: { Variables: { DB_PASSWORD: { 'Fn::Join': ['', ['a', 'hunter1']] } } } }),
      withQueue({ Environment: { Variables: { DB_PASSWORD: { 'Fn::Join': ['', ['a', 'hunter2']] } } } }),
    ],
    [
      'the default of a hidden parameter',
      { Parameters: { Key: { Type: 'String', NoEcho: true, Default: 'hunter1' } } },
      { Parameters: { Key: { Type: 'String', NoEcho: true, Default: 'hunter2' } } },
    ],
    ['a letter that CloudFormation gives back as a question mark', withQueue({ QueueName: 'caf?' }), withQueue({ QueueName: 'café' })],
  ])('%s', (_name, before, after) => expect(delta(before, after)).toEqual([]));

  test('a secret that the run was given, wherever it stands', () =>
    expect(delta(withQueue({ QueueName: 'hunter1' }), withQueue({ QueueName: 'hunter2' }), ['hunter1', 'hunter2'])).toEqual([]));
});

describe('between two templates counts', () => {
  test.each<[string, Template, Template, string[]]>([
    ['a property', base, { ...base, Resources: { Queue: queue({ DelaySeconds: 6 }) } }, ['Resources/Queue']],
    ['an attribute', withQueue({}), withQueue({}, { DeletionPolicy: 'Retain' }), ['Resources/Queue']],
    ['metadata of the app', withQueue({}), withQueue({}, { Metadata: { 'AWS::CloudFormation::Init': {} } }), ['Resources/Queue']],
    ['an output', base, { ...base, Outputs: { Url: { Value: 'y' } } }, ['Outputs/Url']],
    ['a description', base, { ...base, Description: 'x' }, ['Description']],
    ['a condition', base, { ...base, Conditions: { A: { 'Fn::Equals': [1, 1] } } }, ['Conditions/A']],
    ['the order of what is a list', withQueue({ Command: ['a', 'b'] }), withQueue({ Command: ['b', 'a'] }), ['Resources/Queue']],
    [
      'the role that stands under the name of credentials',
      withQueue({ Credentials: { 'Fn::GetAtt': ['A', 'Arn'] } }),
      withQueue({ Credentials: { 'Fn::GetAtt': ['B', 'Arn'] } }),
      ['Resources/Queue'],
    ],
    [
      'where a key is read from',
      withQueue({ ApiKeySourceType: 'HEADER' }),
      withQueue({ ApiKeySourceType: 'AUTHORIZER' }),
      ['Resources/Queue'],
    ],
    [
      'which secret is read',
      withQueue({ Password: '{{resolve:secretsmanager:a}}' }),
      withQueue({ Password: '{{resolve:secretsmanager:b}}' }),
      ['Resources/Queue'],
    ],
    ['the hash of code', withQueue({ S3Key: `${'a'.repeat(64)}.zip` }), withQueue({ S3Key: `${'b'.repeat(64)}.zip` }), ['Resources/Queue']],
  ])('%s', (_name, before, after, names) => expect(delta(before, after)).toEqual(names));

  test('what a thing was, as well as what it becomes', () => {
    const from = (seconds: number) => toDelta(withQueue({ DelaySeconds: seconds }), withQueue({ DelaySeconds: 9 }));
    expect(from(1)).toEqual(from(1));
    expect(from(1)).not.toEqual(from(2));
  });
});
