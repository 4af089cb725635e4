import { toFunctionNote, noteTag } from '../code.ts';
import { putFunction, putService } from '../../../test/fakes/code.ts';
import { readSampleStack, type SampleStack } from '../../../test/fakes/assembly.ts';
import { testCases } from '../../../test/fakes/check-cases.ts';
import { account, type FakeWorld } from '../../../test/fakes/world.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

/* What `mode: code` left behind is told by the next full deployment: that it stays, or that it is taken back. */
const toShop = (image: unknown, more: object = {}, code: object = { S3Bucket: 'b', S3Key: 'one' }): SampleStack => ({
  resources: {
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'app', Image: image }], ...more } },
    Api: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } },
    Resize: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'resize', Code: code } },
  },
});
const former = toShop('shop:1');
const arn = (revision: number) => `arn:aws:ecs:us-west-2:${account}:task-definition/api:${revision}`;
const names = { Task: arn(1), Api: `arn:aws:ecs:us-west-2:${account}:service/main/api`, Resize: 'resize' };

/** The stack is there; its service runs an image by another revision, its function some code that a note tells of. */
const running = (image: string, by: 'mode' | 'hand' | 'stack', note?: string): FactsOptions => ({
  before: ({ aws }: FakeWorld) => {
    aws.put(readSampleStack(former), { names });
    putService(aws, { cluster: 'main', service: 'api' }, { app: image }, by === 'stack' ? {} : { taskDefinition: arn(2) });
    const tags = by === 'mode' ? { [noteTag]: 'x' } : ({} as Record<string, string>);
    const registeredMs = Date.parse('2026-11-20T10:00:00Z');
    aws.code.definitions.set(arn(2), { containers: [{ name: 'app', image }], registeredMs, tags });
    putFunction(aws, 'resize', { sha256: 'abc' });
    if (note) aws.code.tags.set(`arn:aws:lambda:us-west-2:${account}:function:resize`, { [noteTag]: note });
  },
});
const note = (sha256: string) => toFunctionNote(Date.parse('2026-11-19T10:00:00Z'), sha256, 's3://builds/two.zip', 'mode: code');
const swap = (key: string) => toFunctionNote(Date.parse('2026-11-19T10:00:00Z'), 'abc', `s3://b/${key}`, 'method: hotswap');

/** A function with a version and an alias, as the CDK's `currentVersion` makes them. */
const toVersioned = (key: string, more: object = {}): SampleStack => ({
  resources: {
    Resize: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'resize', Code: { S3Bucket: 'b', S3Key: key }, ...more } },
    [`Version${key}`]: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Resize' } } },
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: { Ref: 'Resize' }, FunctionVersion: { 'Fn::GetAtt': [`Version${key}`, 'Version'] }, Name: 'live' },
    },
  },
});
const published = (by: 'mode: code' | 'method: hotswap'): FactsOptions => ({
  before: ({ aws }: FakeWorld) => {
    aws.put(readSampleStack(toVersioned('one')), { names: { Resize: 'resize' } });
    putFunction(aws, 'resize', { sha256: 'abc' });
    const text = toFunctionNote(Date.parse('2026-11-19T10:00:00Z'), 'abc', 's3://b/two', by);
    aws.code.tags.set(`arn:aws:lambda:us-west-2:${account}:function:resize`, { [noteTag]: text });
  },
});

testCases(
  ['PF204', 'PF205', 'PF208'],
  [
    {
      code: 'PF204',
      name: 'a service of a stack that does not change',
      stacks: { Shop: former },
      options: running('shop:2', 'mode'),
      told: [
        'Shop/Api: Shop/Api runs shop:2 since 2026-11-20 by mode: code; its stack has the image shop:1, and this deployment does not change that.',
      ],
    },
    {
      code: 'PF204',
      name: 'a service that somebody gave another revision by hand',
      stacks: { Shop: former },
      options: running('shop:2', 'hand'),
      told: [/since 2026-11-20, by a revision that is not of its stack; its stack has/],
    },
    {
      code: 'PF204',
      name: 'a function whose note is of the code that it has',
      stacks: { Shop: former },
      options: running('shop:1', 'stack', note('abc')),
      told: [/Shop\/Resize runs s3:\/\/builds\/two.zip since 2026-11-19 by mode: code; its stack has the code of the template/],
    },
    {
      code: 'PF204',
      name: 'a function that a swap gave its code',
      stacks: { Shop: former },
      options: running('shop:1', 'stack', swap('two')),
      told: [/Shop\/Resize runs s3:\/\/b\/two since 2026-11-19 by method: hotswap/],
    },
    {
      code: 'PF204',
      name: 'a function whose stack has caught up with a swap',
      stacks: { Shop: former },
      options: running('shop:1', 'stack', swap('one')),
    },
    {
      code: 'PF205',
      name: 'a deployment of what a swap gave',
      stacks: { Shop: toShop('shop:1', {}, { S3Bucket: 'b', S3Key: 'two' }) },
      options: running('shop:1', 'stack', swap('two')),
    },
    {
      code: 'PF205',
      name: 'new code on top of a swap that the stack has caught up with',
      stacks: { Shop: toShop('shop:1', {}, { S3Bucket: 'b', S3Key: 'two' }) },
      options: running('shop:1', 'stack', swap('one')),
    },
    {
      code: 'PF205',
      name: 'a service whose image the template leaves open',
      stacks: { Shop: toShop({ 'Fn::GetAtt': ['Resize', 'Arn'] }) },
      options: running('shop:2', 'mode'),
      told: [/runs .*task-definition\/api:2 since 2026-11-20 by mode: code; this deployment puts a revision of its own in its place/],
    },
    {
      code: 'PF205',
      name: 'a service that runs the image of its stack under another name',
      stacks: { Shop: toShop('shop:latest') },
      options: running('shop', 'mode'),
    },
    { code: 'PF204', name: 'a service that runs the revision of its stack', stacks: { Shop: former }, options: running('shop:1', 'stack') },
    {
      code: 'PF204',
      name: 'a function that was deployed in full since its note',
      stacks: { Shop: former },
      options: running('shop:1', 'stack', note('older')),
    },
    {
      code: 'PF204',
      name: 'a service that runs the image of its stack by another revision',
      stacks: { Shop: former },
      options: running('shop:1', 'mode'),
    },
    {
      code: 'PF205',
      name: 'a service whose task changes for another reason, with the old image',
      stacks: { Shop: toShop('shop:1', { Cpu: '512' }) },
      options: running('shop:2', 'mode'),
      told: [/runs shop:2 since 2026-11-20 by mode: code; this deployment puts the image shop:1 in its place/],
    },
    {
      code: 'PF205',
      name: 'a function whose code changes',
      stacks: { Shop: toShop('shop:1', {}, { S3Bucket: 'b', S3Key: 'three' }) },
      options: running('shop:1', 'stack', note('abc')),
      told: [/this deployment puts the code of the template in its place/],
    },
    {
      code: 'PF208',
      name: 'a version of code that was published without the stack',
      stacks: { Shop: toVersioned('two') },
      options: published('mode: code'),
      told: ['Shop/Versiontwo: mode: code published s3://b/two as a version of Resize.'],
    },
    {
      code: 'PF208',
      name: 'a version of a function that changes in more than its code',
      stacks: { Shop: toVersioned('two', { Description: 'two' }) },
      options: published('mode: code'),
    },
    {
      code: 'PF208',
      name: 'a version after a swap, which publishes none',
      stacks: { Shop: toVersioned('two') },
      options: published('method: hotswap'),
    },
    {
      code: 'PF208',
      name: 'a function without aliases, for which none is published',
      stacks: { Shop: toShop('shop:1', {}, { S3Bucket: 'builds', S3Key: 'two.zip' }) },
      options: running('shop:1', 'stack', note('abc')),
    },
    {
      code: 'PF205',
      name: 'a deployment with the image that runs already',
      stacks: { Shop: toShop('shop:2') },
      options: running('shop:2', 'mode'),
    },
  ],
);
