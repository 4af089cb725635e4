import { describe, expect, test } from '@jest/globals';
import type { Resource, Template } from '../assembly/assembly.ts';
import { findCodeChange } from './code-change.ts';

/* What is code alone, as the CDK writes it: a function with its current version and an alias, a service with its task definition. */
const lambda = (key: string, more: object = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::Region}' }, S3Key: `${key}.zip` }, Handler: 'index.handler', ...more },
  Metadata: { 'aws:cdk:path': 'Shop/Resize', 'aws:asset:path': `asset.${key}` },
});
const version = (more: object = {}): Resource => ({
  Type: 'AWS::Lambda::Version',
  Properties: { FunctionName: { Ref: 'Resize' }, ...more },
  DeletionPolicy: 'Delete',
});
const alias = (to: string, more: object = {}, beside: object = {}): Resource => ({
  Type: 'AWS::Lambda::Alias',
  Properties: { Name: 'live', FunctionName: { Ref: 'Resize' }, FunctionVersion: { 'Fn::GetAtt': [to, 'Version'] }, ...more },
  ...beside,
});
const task = (image: string, more: object = {}, container: object = {}): Resource => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: {
    ContainerDefinitions: [
      { Name: 'app', Image: image, ...container },
      { Name: 'agent', Image: 'otel:9' },
    ],
    ...more,
  },
});
const service = (more: object = {}): Resource => ({ Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, ...more } });

const shop = (key: string, image = 'shop:1'): Record<string, Resource> => ({
  Resize: lambda(key),
  [`Version${key}`]: version(),
  Live: alias(`Version${key}`),
  Task: task(image),
  Api: service(),
});
const of = (Resources: Record<string, Resource>, more: Template = {}): Template => ({ Resources, ...more });

const judge = (live: Template, wanted: Template): unknown => {
  const found = findCodeChange(live, wanted);
  return 'more' in found
    ? found.more
    : Object.fromEntries(Object.entries(found.code).map(([kind, ids]) => [kind, [...(ids as Set<string>)]]));
};

describe('code alone is', () => {
  test('a function with the version and the alias that follow from it, and the image of a service', () =>
    expect(judge(of(shop('a')), of(shop('b', 'shop:2')))).toEqual({ functions: ['Resize'], tasks: ['Task'], aliases: ['Live'] }));

  test('the image of a function', () => {
    const image = (tag: string) => of({ Resize: lambda('', { Code: { ImageUri: `shop:${tag}` } }) });
    expect(judge(image('1'), image('2'))).toMatchObject({ functions: ['Resize'] });
  });

  test('a function whose version has no alias, or whose alias stays at a version of its own', () => {
    const fixed = { Fixed: version({ Description: 'first' }), Live: alias('Fixed') };
    const unled = (key: string) => of({ Resize: lambda(key), [`Version${key}`]: version() });
    expect(judge(unled('a'), unled('b'))).toMatchObject({ functions: ['Resize'], aliases: [] });
    expect(judge(of({ Resize: lambda('a'), ...fixed }), of({ Resize: lambda('b'), ...fixed }))).toMatchObject({ aliases: [] });
  });

  test('a function whose version has a description of its own', () => {
    const described = (key: string) =>
      of({ Resize: lambda(key), [`Version${key}`]: version({ Description: 'x' }), Live: alias(`Version${key}`) });
    expect(judge(described('a'), described('b'))).toMatchObject({ functions: ['Resize'], aliases: ['Live'] });
  });

  test('nothing, between equal templates, and where the CDK writes of itself alone', () => {
    const none = { functions: [], tasks: [], aliases: [] };
    expect(judge(of(shop('a')), of(shop('a')))).toEqual(none);
    const metadata = (text: string): Template => ({
      Resources: { ...shop('a'), CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: text } } },
    });
    expect(judge(metadata('one'), metadata('two'))).toEqual(none);
  });
});

describe('more than code is', () => {
  const withAlias =
    (more: object, beside: object = {}, fn: object = {}) =>
    (key: string) =>
      of({ Resize: lambda(key, fn), [`Version${key}`]: version(), Live: alias(`Version${key}`, more, beside) });
  test.each<[string, (key: string) => Template, readonly string[]]>([
    ['another setting of the function', (key) => of({ Resize: lambda(key, { MemorySize: key.charCodeAt(0) }) }), ['Resources/Resize']],
    ['code in the template', (key) => of({ Resize: lambda('', { Code: { ZipFile: key } }) }), ['Resources/Resize']],
    [
      'a version of an object',
      (key) => of({ Resize: lambda('', { Code: { S3Bucket: 'b', S3Key: 'k', S3ObjectVersion: key } }) }),
      ['Resources/Resize'],
    ],
    ['an output', (key) => of(shop(key), { Outputs: { Key: { Value: key } } }), ['Outputs/Key']],
    ['a parameter', (key) => of(shop(key), { Parameters: { Level: { Type: 'String', Default: key } } }), ['Parameters/Level']],
    ['the description of the template', (key) => of(shop(key), { Description: key }), ['Description']],
    ['a secret of another resource', (key) => of({ ...shop(key), Db: { Type: 'X', Properties: { Password: key } } }), ['Resources/Db']],
    ['what is beyond ASCII', (key) => of({ Resize: lambda(key, { Description: key === 'a' ? 'gr??e' : 'größe' }) }), ['Resources/Resize']],
    [
      'a version that something else refers to',
      (key) => of({ ...shop(key), Rule: { Type: 'AWS::Events::Rule', Properties: { Arn: { Ref: `Version${key}` } } } }),
      ['Resources/Rule'],
    ],
    [
      'a version with another description',
      (key) => of({ Resize: lambda(key), [`Version${key}`]: version({ Description: key }) }),
      ['Resources/Versiona', 'Resources/Versionb'],
    ],
    ...['ProvisionedConcurrencyConfig', 'RuntimePolicy', 'FunctionScalingConfig'].map(
      (name): [string, (key: string) => Template, readonly string[]] => [
        `a version with ${name}`,
        (key) => of({ Resize: lambda(key), [`Version${key}`]: version({ [name]: {} }), Live: alias(`Version${key}`) }),
        ['Resources/Live', 'Resources/Versiona', 'Resources/Versionb'],
      ],
    ),
    ['an alias that CodeDeploy shifts', withAlias({}, { UpdatePolicy: { CodeDeployLambdaAliasUpdate: {} } }), ['Resources/Live']],
    ['an alias with provisioned concurrency', withAlias({ ProvisionedConcurrencyConfig: {} }), ['Resources/Live']],
    ['an alias of two versions', withAlias({ RoutingConfig: {} }), ['Resources/Live']],
    ['an alias of a function with SnapStart', withAlias({}, {}, { SnapStart: { ApplyOn: 'PublishedVersions' } }), ['Resources/Live']],
    [
      'an alias whose concurrency is scaled',
      (key) =>
        of({ ...shop(key), Scaling: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ServiceNamespace: 'lambda' } } }),
      ['Resources/Live'],
    ],
    ['another setting of a task', (key) => of({ Task: task(key, { Cpu: key }), Api: service() }), ['Resources/Task']],
    ['another setting of a container', (key) => of({ Task: task(key, {}, { Cpu: key }), Api: service() }), ['Resources/Task']],
    ['another setting of a service', (key) => of({ Task: task(key), Api: service({ DesiredCount: key }) }), ['Resources/Api']],
    ['a task without a service', (key) => of({ Task: task(key) }), ['Resources/Task']],
    [
      'a task that a schedule runs, too',
      (key) =>
        of({
          Task: task(key),
          Api: service(),
          Nightly: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Task: { Ref: 'Task' } }] } },
        }),
      ['Resources/Task'],
    ],
    [
      'a task that an output tells',
      (key) => of({ Task: task(key), Api: service() }, { Outputs: { Arn: { Value: { 'Fn::Sub': 'task ${Task}' } } } }),
      ['Resources/Task'],
    ],
  ])('%s', (_name, template, more) => expect(judge(template('a'), template('b'))).toEqual(more));

  test('a function that is new, or goes, or has its code otherwise', () => {
    expect(judge(of({}), of({ Resize: lambda('a') }))).toEqual(['Resources/Resize']);
    expect(judge(of({ Resize: lambda('a') }), of({}))).toEqual(['Resources/Resize']);
    expect(judge(of({ Resize: lambda('a') }), of({ Resize: lambda('', { Code: { ImageUri: 'shop:1' } }) }))).toEqual(['Resources/Resize']);
  });

  test('a version whose function stays as it is', () =>
    expect(judge(of({ Resize: lambda('a'), One: version() }), of({ Resize: lambda('a'), Two: version() }))).toEqual([
      'Resources/One',
      'Resources/Two',
    ]));
});
