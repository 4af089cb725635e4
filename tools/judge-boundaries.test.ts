import { judgeBoundaries } from './judge-boundaries.ts';

const judge = (files: Readonly<Record<string, string>>) => judgeBoundaries(new Map(Object.entries(files)));
const empty = 'export const a = 1;';

const breaches: readonly { readonly name: string; readonly path: string; readonly source: string; readonly says: RegExp }[] = [
  {
    name: 'a pure file that reads files',
    path: 'engine/src/plan/x.ts',
    source: `import { readFileSync } from 'node:fs';`,
    says: /plan\/x\.ts imports node:fs: .*«engine»/,
  },
  {
    name: 'a pure file that loads the SDK later',
    path: 'engine/src/x.ts',
    source: `const f = () => import('@aws-sdk/client-s3');`,
    says: /@aws-sdk\/client-s3/,
  },
  {
    name: 'a pure file that takes a type of the SDK',
    path: 'engine/src/x.ts',
    source: `import type { A } from '@aws-sdk/client-s3';`,
    says: /@aws-sdk\/client-s3/,
  },
  {
    name: 'a type that is imported in place',
    path: 'engine/src/x.ts',
    source: `type A = import('@actions/core').Summary;`,
    says: /@actions\/core/,
  },
  { name: 'a re-export', path: 'engine/src/x.ts', source: `export { a } from './aws/a.ts';`, says: /«engine» may not import «aws»/ },
  { name: 'a clock in a pure file', path: 'engine/src/x.ts', source: `export const f = () => Date.now();`, says: /uses Date\.now/ },
  {
    name: 'a date of now in a pure file',
    path: 'engine/src/x.ts',
    source: `export const f = () => new Date();`,
    says: /uses new Date\(\)/,
  },
  {
    name: 'the environment in a pure file',
    path: 'actions/deploy/src/x.ts',
    source: `export const f = () => process.env['A'];`,
    says: /uses process\.env/,
  },
  { name: 'chance in a pure file', path: 'engine/src/x.ts', source: `export const f = Math.random();`, says: /uses Math\.random/ },
  {
    name: 'an action that imports another',
    path: 'actions/deploy/src/x.ts',
    source: `import '../../preflight/src/a.ts';`,
    says: /deploy may not import preflight/,
  },
  {
    name: 'a system that imports another',
    path: 'infra/systems/balancer/x.ts',
    source: `import '../spaceport/a.ts';`,
    says: /balancer may not import spaceport/,
  },
  {
    name: 'an action that imports infra',
    path: 'actions/deploy/src/run.ts',
    source: `import '../../../infra/systems.ts';`,
    says: /«action» may not import «systems»/,
  },
  {
    name: 'infra that imports the engine',
    path: 'infra/lib/x.ts',
    source: `import '../../engine/src/finding.ts';`,
    says: /«infra lib» may not import «engine»/,
  },
  {
    name: 'the CDK in an environment',
    path: 'infra/environments/x.ts',
    source: `import { Stack } from 'aws-cdk-lib/core';`,
    says: /aws-cdk-lib\/core/,
  },
  {
    name: 'the root of the CDK, even in a test',
    path: 'test/x.test.ts',
    source: `import { Stack } from 'aws-cdk-lib';`,
    says: /aws-cdk-lib\/core and the services/,
  },
  { name: 'a file in no zone', path: 'scripts/x.ts', source: empty, says: /scripts\/x\.ts is in no zone/ },
  {
    name: 'a file that is not there',
    path: 'engine/src/x.ts',
    source: `import './gone.ts';`,
    says: /\.\/gone\.ts: there is no such source file/,
  },
];

const others = {
  'engine/src/aws/a.ts': empty,
  'actions/preflight/src/a.ts': empty,
  'infra/systems/spaceport/a.ts': empty,
  'infra/systems.ts': empty,
  'engine/src/finding.ts': empty,
};

describe('boundaries', () => {
  test.each(breaches)('$name is a breach', ({ path, source, says }) => {
    expect(judge({ ...others, [path]: source })).toEqual([expect.stringMatching(says)]);
  });

  test('what the rules allow is no breach', () => {
    const fine = {
      ...others,
      'engine/src/x.ts': `import { join } from 'node:path'; import { createHash } from 'node:crypto'; import { finding } from './finding.ts'; const d = new Date(0);`,
      'engine/src/aws/b.ts': `import { S3Client } from '@aws-sdk/client-s3'; import '../finding.ts'; const now = Date.now();`,
      'actions/preflight/src/main.ts': `import './a.ts'; const s = () => import('../../../infra/systems.ts');`,
      'infra/systems/spaceport/stack.ts': `import { Stack } from 'aws-cdk-lib/core'; import './a.ts';`,
      'engine/src/host/v.ts': `import '../../../node_modules/aws-cdk-lib/node_modules/@aws/cloudformation-validate/index.js';`,
    };
    expect(judge(fine)).toEqual([]);
  });

  test('a circle of imports is a breach that names the way round', () => {
    const files = {
      'engine/src/a.ts': `import './b.ts';`,
      'engine/src/b.ts': `export * from './c.ts';`,
      'engine/src/c.ts': `const f = () => import('./a.ts');`,
    };
    expect(judge(files)).toEqual([
      'engine/src/a.ts -> engine/src/b.ts -> engine/src/c.ts -> engine/src/a.ts: these files import one another in a circle.',
    ]);
  });

  test('types that refer to one another make no circle', () => {
    const files = {
      'engine/src/a.ts': `import type { B } from './b.ts'; export interface A { b: B }`,
      'engine/src/b.ts': `import { type A } from './a.ts'; export interface B { a: A }`,
    };
    expect(judge(files)).toEqual([]);
  });
});
