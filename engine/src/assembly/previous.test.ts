import { expect, test } from '@jest/globals';
import { toSha256 } from '../canonical.ts';
import { toAssemblyFiles, type SampleStack } from '../../../test/fakes/assembly.ts';
import { parseAssembly } from './parse-assembly.ts';
import { toJsonText, toPreviousAssembly } from './previous.ts';

const text = '{"Resources":{"Old":{"Type":"AWS::SQS::Queue"}}}';
const roles = { assumeRoleArn: 'arn:deploy', cloudFormationExecutionRoleArn: 'arn:exec' };

/** The assembly of one stack with its previous template, as it is read again. */
function readPrevious(sample: SampleStack) {
  const files = toAssemblyFiles('/cdk.out', { Net: {}, Shop: { dependencies: ['Net'], ...sample } });
  const [, shop] = parseAssembly('/cdk.out', (path) => files[path]).stacks;
  if (!shop) throw new Error('the sample has no stack');
  const written = toPreviousAssembly(shop, text, (path) => files[path]);
  const again = Object.fromEntries(Object.entries(written).map(([name, content]) => [`/previous/${name}`, content]));
  const { stacks } = parseAssembly('/previous', (path) => again[path]);
  return { stacks, manifest: JSON.parse(written['manifest.json'] ?? '') as { artifacts: Record<string, { properties: object }> } };
}

test('the assembly of the way back has one stack: the same name and roles, its previous template, no tags and parameters of its own', () => {
  const { stacks } = readPrevious({
    name: 'shop-prod',
    tags: { team: 'a' },
    parameters: { Size: '1' },
    protected: true,
    properties: roles,
  });
  expect(stacks).toHaveLength(1);
  expect(stacks[0]).toMatchObject({
    id: 'Shop',
    name: 'shop-prod',
    displayName: 'Shop',
    dependencies: [],
    tags: {},
    parameters: {},
    terminationProtection: true,
    isTemplateAsset: false,
    assets: [],
    template: JSON.parse(text) as object,
    roles: { deploy: 'arn:deploy', execution: 'arn:exec' },
  });
});

test('a template goes to S3 where the own one does, by the same role, under its own hash', () => {
  const own = 'a'.repeat(64);
  const destination = { bucketName: 'assets', objectKey: `pre/${own}.json`, assumeRoleArn: 'arn:publish' };
  const files = { [own]: { source: { path: 'Shop.template.json' }, destinations: { here: destination } }, other: { destinations: {} } };
  const { stacks, manifest } = readPrevious({
    assetManifest: { version: '48.0.0', files },
    properties: { stackTemplateAssetObjectUrl: `s3://assets/pre/${own}.json` },
  });
  const id = toSha256(text);
  expect(stacks[0]?.assets).toEqual([
    {
      id,
      kind: 'file',
      displayName: 'Previous template',
      path: '/previous/previous.template.json',
      destinations: [{ store: 'assets', name: `pre/${id}.json`, role: 'arn:publish' }],
    },
  ]);
  expect(manifest.artifacts['Shop']?.properties).toMatchObject({ stackTemplateAssetObjectUrl: `s3://assets/pre/${id}.json` });
});

test('a template whose own asset nobody finds goes into the call', () => {
  const { stacks } = readPrevious({ properties: { stackTemplateAssetObjectUrl: 's3://assets/gone.json' } });
  expect(stacks[0]).toMatchObject({ isTemplateAsset: false, assets: [] });
});

test.each<[string, string, object | undefined]>([
  ['JSON is taken', '{ "a": 1 }', { a: 1 }],
  ['plain YAML becomes JSON', 'a:\n  b: "1"\n  Version: 2012-10-17\n', { a: { b: '1', Version: '2012-10-17' } }],
  ['short forms are more than a parser keeps', 'a: !Ref b\n', undefined],
  ['words that CloudFormation takes for something else', 'a: yes\n', undefined],
  ['numbers that it takes for other ones', 'a: 0777\n', undefined],
  ['a text that is none', 'a: [\n', undefined],
  ['a text alone', 'hello\n', undefined],
  ['nothing', '', undefined],
])('of templates, %s', (_name, template, value) => {
  const json = toJsonText(template);
  expect(json === undefined ? undefined : (JSON.parse(json) as object)).toEqual(value);
});

test('a template in JSON stays byte for byte what it is', () => expect(toJsonText('{ "a":1 }')).toBe('{ "a":1 }'));
