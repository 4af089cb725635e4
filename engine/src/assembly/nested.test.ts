import { describe, expect, test } from '@jest/globals';
import { parseAssembly } from './parse-assembly.ts';
import type { Stack } from './assembly.ts';

const type = 'AWS::CloudFormation::Stack';
const address = (key: string) => ({
  'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/', { 'Fn::Sub': 'assets' }, `/${key}`]],
});
const Queue = { Type: 'AWS::SQS::Queue' };
const id = (data: string) => ({ type: 'aws:cdk:logicalId', data });

/** An assembly as `cdk synth` writes it without paths in the metadata of resources. */
function read(files: Readonly<Record<string, string>>, metadata: object = {}): Stack {
  const all: Readonly<Record<string, string>> = {
    '/out/manifest.json': JSON.stringify({
      version: '55.0.0',
      artifacts: {
        Shop: { type: 'aws:cloudformation:stack', dependencies: ['Shop.assets'], metadata, properties: { templateFile: 'Shop.json' } },
        'Shop.assets': { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } },
      },
    }),
    '/out/assets.json': JSON.stringify({
      files: Object.fromEntries(
        ['inner', 'deep'].map((name) => [
          name,
          { source: { path: `${name}.json` }, destinations: { here: { bucketName: 'a', objectKey: `${name}.hash` } } },
        ]),
      ),
    }),
    ...files,
  };
  const [stack] = parseAssembly('/out', (path) => all[path]).stacks;
  if (!stack) throw new Error('there is no stack');
  return stack;
}

const shop = JSON.stringify({ Resources: { Queue, InnerResource: { Type: type, Properties: { TemplateURL: address('inner.hash') } } } });
const inner = JSON.stringify({ Resources: { Queue, DeepResource: { Type: type, Properties: { TemplateURL: address('deep.hash') } } } });
const deep = JSON.stringify({ Resources: { Queue } });
const whole = { '/out/Shop.json': shop, '/out/inner.json': inner, '/out/deep.json': deep };

describe('a nested stack', () => {
  test('is read from the file of the asset that its address names, however deep', () => {
    const [one] = read(whole).nested;
    expect(one).toMatchObject({ id: 'Shop/InnerResource', within: 'Shop', templateFile: '/out/inner.json', templateBytes: inner.length });
    expect(one?.nested).toMatchObject([{ id: 'Shop/InnerResource/DeepResource', within: 'Shop', templateFile: '/out/deep.json' }]);
  });

  test('is read from the file that its metadata names', () => {
    const Metadata = { 'aws:asset:path': 'deep.json', 'aws:asset:property': 'TemplateURL' };
    const named = JSON.stringify({ Resources: { A: { Type: type, Metadata } } });
    expect(read({ ...whole, '/out/Shop.json': named }).nested.map((n) => n.templateFile)).toEqual(['/out/deep.json']);
  });

  test('may be YAML', () => {
    const { nested } = read({ ...whole, '/out/inner.json': 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n' });
    expect(nested[0]?.template).toEqual({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  });

  test.each<[string, string | undefined]>([
    ['is not there', undefined],
    ['has short forms that only CloudFormation reads', 'Resources: { A: !Ref B }'],
    ['is no template', '"text"'],
  ])('is none whose file %s', (_name, text) => {
    const { '/out/inner.json': _, ...rest } = whole;
    expect(read(text === undefined ? rest : { ...rest, '/out/inner.json': text }).nested).toEqual([]);
  });

  test('is none whose address is of no asset', () => {
    const other = JSON.stringify({ Resources: { A: { Type: type, Properties: { TemplateURL: 'https://example.com/a.json' } } } });
    expect(read({ ...whole, '/out/Shop.json': other }).nested).toEqual([]);
  });

  test('is none that holds itself', () => {
    const knot = JSON.stringify({ Resources: { A: { Type: type, Properties: { TemplateURL: address('inner.hash') } } } });
    expect(read({ ...whole, '/out/inner.json': knot }).nested.map((n) => n.nested)).toEqual([[]]);
  });
});

test('constructs of nested stacks have their own paths and lines, also where logical ids are the same', () => {
  const at = (line: number) => ({ type: 'aws:cdk:creationStack', data: [`new Shop (/app/shop.ts:${line}:5)`] });
  const file = { type: 'aws:cdk:templateFile', data: 'a.json' };
  const stack = read(whole, {
    '/Shop': [at(1), file],
    '/Shop/Queue/Resource': [id('Queue'), at(2)],
    '/Shop/Inner': [at(3), file],
    '/Shop/Inner.NestedStack/Inner.NestedStackResource': [id('InnerResource'), at(3)],
    '/Shop/Inner/Queue/Resource': [id('Queue'), at(4)],
    '/Shop/Inner/Deep': [at(5), file],
    '/Shop/Inner/Deep.NestedStack/Deep.NestedStackResource': [id('DeepResource'), at(5)],
    '/Shop/Inner/Deep/Queue/Resource': [id('Queue'), at(6)],
  });
  const [one] = stack.nested;
  const [two] = one?.nested ?? [];
  expect(
    [stack, one, two].map((s) => [s?.displayName, s?.paths.get('Queue'), s?.sources.get('Queue')?.line, s?.sources.get('')?.line]),
  ).toEqual([
    ['Shop', 'Shop/Queue', 2, 1],
    ['Shop/Inner', 'Shop/Inner/Queue', 4, 3],
    ['Shop/Inner/Deep', 'Shop/Inner/Deep/Queue', 6, 5],
  ]);
});
