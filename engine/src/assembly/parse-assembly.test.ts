import { describe, expect, test } from '@jest/globals';
import { Stop } from '../finding.ts';
import { toAssemblyFiles } from '../../../test/fakes/assembly.ts';
import { version } from '../version.ts';
import { parseAssembly } from './parse-assembly.ts';

type Files = Readonly<Record<string, string>>;
const read = (files: Files) => parseAssembly('/out', (path) => files[path]);

const told = (files: Files): string[] => {
  try {
    read(files);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    return thrown.findings.map((f) => `${f.code} ${f.message}`);
  }
};

/** A manifest of one stack, with anything else that its artifact may have. */
const files = (artifact: object = {}, properties: object = {}, more: Files = {}): Files => ({
  '/out/manifest.json': JSON.stringify({
    version: '48.0.0',
    artifacts: { Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.json', ...properties }, ...artifact } },
  }),
  '/out/Shop.json': '{"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}}}',
  ...more,
});
const stackOf = (all: Files) => {
  const [stack] = read(all).stacks;
  if (!stack) throw new Error('there is no stack');
  return stack;
};

describe('a stack of an assembly', () => {
  test('has what its artifact says', () => {
    const stack = stackOf(
      files(
        { environment: 'aws://111111111111/us-west-2', displayName: 'Shop' },
        { stackName: 'shop-prod', tags: { a: 'b' }, parameters: { P: '1' }, terminationProtection: true },
      ),
    );
    expect(stack).toMatchObject({
      id: 'Shop',
      name: 'shop-prod',
      displayName: 'Shop',
      account: '111111111111',
      region: 'us-west-2',
      templateFile: '/out/Shop.json',
      template: { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } },
      tags: { a: 'b' },
      parameters: { P: '1' },
      terminationProtection: true,
      dependencies: [],
      assets: [],
    });
  });

  test.each<[string, object, object]>([
    [
      'all that it names',
      { assumeRoleArn: 'arn:a', assumeRoleExternalId: 'x', cloudFormationExecutionRoleArn: 'arn:b' },
      { deploy: 'arn:a', externalId: 'x', execution: 'arn:b' },
    ],
    ['none that it does not name', {}, {}],
    ['none that is no text', { assumeRoleArn: { Ref: 'A' } }, {}],
  ])('has of the roles of its bootstrap %s', (_name, properties, roles) => expect(stackOf(files({}, properties)).roles).toEqual(roles));

  test('that says little is called by its id, and open as to where it goes', () => {
    const stack = stackOf(files());
    expect(stack).toMatchObject({ id: 'Shop', name: 'Shop', displayName: 'Shop', tags: {}, parameters: {}, terminationProtection: false });
    expect([stack.account, stack.region, stack.bootstrap]).toEqual([undefined, undefined, undefined]);
  });

  test('leaves account and region to the credentials where CDK wrote unknown', () => {
    const half = stackOf(files({ environment: 'aws://unknown-account/eu-west-1' }));
    expect([half.account, half.region]).toEqual([undefined, 'eu-west-1']);
  });

  test('depends on stacks alone: neither on assets nor on what is not in the assembly', () => {
    const all = toAssemblyFiles('/out', { Net: {}, Db: {}, Shop: { dependencies: ['Net', 'Db', 'Gone'], assets: ['a1'] } });
    expect(read(all).stacks.map((s) => [s.id, s.dependencies])).toEqual([
      ['Db', []],
      ['Net', []],
      ['Shop', ['Db', 'Net']],
    ]);
  });

  test('has the files and images of its asset manifest', () => {
    const manifest = {
      version: '48.0.0',
      artifacts: {
        'Shop.assets': { type: 'cdk:asset-manifest', properties: { file: 'Shop.assets.json' } },
        Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.json' }, dependencies: ['Shop.assets'] },
      },
    };
    const published = { bucketName: 'assets-${AWS::Region}', objectKey: 'f1.zip', assumeRoleArn: 'arn:publish' };
    const pushed = { repositoryName: 'images', imageTag: 'i1', region: 'eu-west-1' };
    const assets = {
      files: {
        f1: { displayName: 'Handler', source: { path: 'asset.f1', packaging: 'zip' }, destinations: { here: published } },
        f2: { source: { executable: ['make'] } },
      },
      dockerImages: { i1: { displayName: 'Server', source: { directory: 'asset.i1' }, destinations: { here: pushed } } },
    };
    expect(
      stackOf({ ...files(), '/out/manifest.json': JSON.stringify(manifest), '/out/Shop.assets.json': JSON.stringify(assets) }).assets,
    ).toEqual([
      {
        id: 'f1',
        kind: 'file',
        displayName: 'Handler',
        path: '/out/asset.f1',
        destinations: [{ store: 'assets-${AWS::Region}', name: 'f1.zip', role: 'arn:publish' }],
      },
      { id: 'f2', kind: 'file', displayName: 'f2', destinations: [] },
      {
        id: 'i1',
        kind: 'image',
        displayName: 'Server',
        path: '/out/asset.i1',
        destinations: [{ store: 'images', name: 'i1', region: 'eu-west-1' }],
      },
    ]);
  });

  test.each<[string, object, object | undefined]>([
    [
      'the default one',
      { bootstrapStackVersionSsmParameter: '/cdk-bootstrap/hnb659fds/version', requiresBootstrapStackVersion: 6 },
      { qualifier: 'hnb659fds', version: 6, parameter: '/cdk-bootstrap/hnb659fds/version' },
    ],
    [
      'one of its own',
      { bootstrapStackVersionSsmParameter: '/cdk-bootstrap/team1/version', requiresBootstrapStackVersion: 21 },
      { qualifier: 'team1', version: 21, parameter: '/cdk-bootstrap/team1/version' },
    ],
    [
      'one with a parameter elsewhere',
      { bootstrapStackVersionSsmParameter: '/boot/version' },
      { qualifier: '', version: 0, parameter: '/boot/version' },
    ],
    ['none', {}, undefined],
  ])('needs a bootstrap: %s', (_name, properties, need) => expect(stackOf(files({}, properties)).bootstrap).toEqual(need));
});

describe('an assembly', () => {
  test('has the stacks of its stages, in order of id, and the look-ups that are missing anywhere', () => {
    const inner = {
      version: '48.0.0',
      artifacts: {
        ProdApi1A2B: {
          type: 'aws:cloudformation:stack',
          displayName: 'Prod/Api',
          properties: { templateFile: 'Api.json', stackName: 'api' },
        },
      },
      missing: [{ key: 'ami:1', provider: 'ami', props: {} }],
    };
    const outer = {
      version: '48.0.0',
      artifacts: {
        Zoo: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.json' } },
        'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
        Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
      },
      missing: [{ key: 'vpc:1', provider: 'vpc-provider', props: {} }],
    };
    const assembly = read({
      ...files(),
      '/out/manifest.json': JSON.stringify(outer),
      '/out/assembly-Prod/manifest.json': JSON.stringify(inner),
      '/out/assembly-Prod/Api.json': '{}',
    });
    expect(assembly.stacks.map((s) => [s.id, s.name, s.displayName, s.templateFile])).toEqual([
      ['ProdApi1A2B', 'api', 'Prod/Api', '/out/assembly-Prod/Api.json'],
      ['Zoo', 'Zoo', 'Zoo', '/out/Shop.json'],
    ]);
    expect(assembly.missing).toEqual([
      { key: 'vpc:1', provider: 'vpc-provider' },
      { key: 'ami:1', provider: 'ami' },
    ]);
  });

  test('may have no stacks', () => expect(read({ '/out/manifest.json': '{"version":"48.0.0"}' }).stacks).toEqual([]));

  test('of the newest schema that is known is read', () =>
    expect(read({ '/out/manifest.json': '{"version":"55.9.0"}' }).stacks).toEqual([]));
});

const twoBad = { ...files({ additionalMetadataFile: 'Shop.meta.json' }), '/out/Shop.json': '{"Resources":' };

test.each<[string, Files, (string | RegExp)[]]>([
  ['a folder without a manifest', {}, ['RT050 There is no manifest.json in /out.']],
  ['a manifest that is no JSON', { '/out/manifest.json': 'version: 48' }, [/^RT051 \/out\/manifest\.json is no JSON: .+\.$/]],
  [
    'a manifest of a newer schema',
    { '/out/manifest.json': '{"version":"56.0.0"}' },
    [`PF108 /out has schema 56.0.0; ${version} of these actions reads up to 55.`],
  ],
  [
    'a template that is not there',
    { '/out/manifest.json': files()['/out/manifest.json'] ?? '' },
    ['RT051 /out/Shop.json is named in the manifest and is not there.'],
  ],
  [
    'all files that are wrong, at once',
    twoBad,
    ['RT051 /out/Shop.meta.json is named in the manifest and is not there.', /^RT051 \/out\/Shop\.json is no JSON: .+\.$/],
  ],
  [
    'a stage whose folder is gone',
    {
      '/out/manifest.json':
        '{"version":"48.0.0","artifacts":{"a":{"type":"cdk:cloud-assembly","properties":{"directoryName":"assembly-a"}}}}',
    },
    ['RT051 /out/assembly-a/manifest.json is named in the manifest and is not there.'],
  ],
])('refused: %s', (_name, all, messages) =>
  expect(told(all)).toEqual(messages.map((m) => (typeof m === 'string' ? m : expect.stringMatching(m)))),
);

describe('where the parts of a stack come from', () => {
  const metadata = {
    '/Shop': [{ type: 'aws:cdk:creationStack', data: ['new Shop (/app/shop.ts:3:1)'] }],
    '/Shop/Uploads/Resource': [
      { type: 'aws:cdk:logicalId', data: 'Uploads1' },
      { type: 'aws:cdk:creationStack', data: ['new Bucket (/app/node_modules/aws-cdk-lib/s3.js:1:1)', 'new Shop (/app/shop.ts:9:5)'] },
    ],
    '/Shop/Role': [{ type: 'aws:cdk:logicalId', data: 'Role2' }],
    '/Shop/Note': [{ type: 'aws:cdk:warning', data: 'look' }],
  };
  const wanted = {
    paths: new Map([
      ['Uploads1', 'Shop/Uploads'],
      ['Role2', 'Shop/Role'],
    ]),
    sources: new Map([
      ['', { file: '/app/shop.ts', line: 3, column: 1 }],
      ['Uploads1', { file: '/app/shop.ts', line: 9, column: 5 }],
    ]),
  };

  test('is in the manifest', () => expect(stackOf(files({ metadata }))).toMatchObject(wanted));

  test('or in a file beside it', () => {
    expect(stackOf(files({ additionalMetadataFile: 'm.json' }, {}, { '/out/m.json': JSON.stringify(metadata) }))).toMatchObject(wanted);
  });

  test('or partly in one and partly in the other', () => {
    const { '/Shop': own, ...rest } = metadata;
    expect(
      stackOf(files({ metadata: { '/Shop': own }, additionalMetadataFile: 'm.json' }, {}, { '/out/m.json': JSON.stringify(rest) })),
    ).toMatchObject(wanted);
  });

  test('is that of the stack itself where a nested one has the same logical id', () => {
    const Uploads = { Type: 'AWS::S3::Bucket', Metadata: { 'aws:cdk:path': 'Shop/Uploads/Resource' } };
    const id = (at: string) => ({ [at]: [{ type: 'aws:cdk:logicalId', data: 'Uploads' }] });
    const twice = { ...id('/Shop/Uploads/Resource'), ...id('/Shop/Zoo/Uploads/Resource') };
    const stack = stackOf(files({ metadata: twice }, {}, { '/out/Shop.json': JSON.stringify({ Resources: { Uploads } }) }));
    expect([...stack.paths]).toEqual([['Uploads', 'Shop/Uploads']]);
  });

  test('is known for a stack in a stage too', () => {
    const inStage = { '/Prod/Shop': [{ type: 'aws:cdk:creationStack', data: ['new Shop (/app/shop.ts:3:1)'] }] };
    expect(stackOf(files({ displayName: 'Prod/Shop', metadata: inStage })).sources.get('')).toEqual({
      file: '/app/shop.ts',
      line: 3,
      column: 1,
    });
  });

  test('was once written beside the logical id', () => {
    const old = { '/Shop/Queue': [{ type: 'aws:cdk:logicalId', data: 'Queue', trace: ['new Shop (/app/shop.ts:7:2)'] }] };
    expect(stackOf(files({ metadata: old })).sources.get('Queue')).toEqual({ file: '/app/shop.ts', line: 7, column: 2 });
  });

  test.each<[string, string[], object | undefined]>([
    ['a function of the app', ['...aws-cdk-lib...', 'new Shop (/app/lib/shop.ts:12:7)'], { file: '/app/lib/shop.ts', line: 12, column: 7 }],
    ['a method under another name', ['Object.make [as build] (/app/shop.js:1:2)'], { file: '/app/shop.js', line: 1, column: 2 }],
    ['a frame without a function', ['/app/bin/app.js:3:1'], { file: '/app/bin/app.js', line: 3, column: 1 }],
    ['the top level of an ES module, as CDK writes it', ['file:///app/bin/app.mjs:5 (:)'], { file: '/app/bin/app.mjs', line: 5 }],
    ['the address of a module', ['new Shop (file:///app/my%20shop/shop.mjs:4:59)'], { file: '/app/my shop/shop.mjs', line: 4, column: 59 }],
    ['an address that is none', ['new Shop (file:///app/100%/shop.mjs:4:59)'], { file: 'file:///app/100%/shop.mjs', line: 4, column: 59 }],
    ['a folder with a space', ['new Shop (/my app/shop.ts:2:3)'], { file: '/my app/shop.ts', line: 2, column: 3 }],
    ['Python, which has no columns', ['__init__ (/app/shop.py:31)'], { file: '/app/shop.py', line: 31 }],
    [
      'the first frame that is neither a library nor Node',
      ['f (/app/node_modules/x/i.js:1:1)', 'g (node:internal/main:2:2)', 'h (/app/a.ts:3:3)', 'i (/app/b.ts:4:4)'],
      { file: '/app/a.ts', line: 3, column: 3 },
    ],
    ['nothing of the app', ['...aws-cdk-lib...', '(no user code in 10 frames, use --stack-trace-limit to capture more)'], undefined],
    ['nothing', [], undefined],
  ])('is read from a trace: %s', (_name, data, source) => {
    const traced = {
      '/Shop/Queue': [
        { type: 'aws:cdk:logicalId', data: 'Queue' },
        { type: 'aws:cdk:creationStack', data },
      ],
    };
    expect(stackOf(files({ metadata: traced })).sources.get('Queue')).toEqual(source);
  });
});
