import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findSystem, systems } from './systems.ts';

test('a system is found by its name', () => {
  expect(systems.map(({ name }) => findSystem(name))).toEqual(systems);
});

test('an unknown system is refused in one line with the known ones', () => {
  expect(() => findSystem('moon')).toThrow(/^There is no system "moon"; there is: spaceport(, [a-z-]+)*$/);
});

test('spaceport maps main to prod, which is protected, and development to staging', () => {
  expect(findSystem('spaceport').environments).toEqual({
    prod: { branches: ['main'], githubEnvironment: 'production', protected: true },
    staging: { branches: ['development'], githubEnvironment: 'staging', protected: false },
  });
});

test.each([
  ['prod', ['SpaceportAuthProdStack', 'SpaceportProdStack', 'SpaceportMLPipelineProdStack']],
  ['staging', ['SpaceportAuthStagingStack', 'SpaceportStagingStack', 'SpaceportMLPipelineStagingStack']],
])('the stacks of spaceport in %s have the documented names, in the order of their phases', (environment, names) => {
  expect(findSystem('spaceport').stackNames(environment)).toEqual(names);
});

test.each([
  ['reading the systems loads nothing of the CDK', "systems[0].stackNames('prod')", 'no'],
  ['loading the stacks does', "await import(new URL('./systems/spaceport/stacks.ts', url))", 'yes'],
])('%s', async (_, work, loaded) => {
  const url = new URL('./systems.ts', import.meta.url).href;
  const script = `
    const url = ${JSON.stringify(url)};
    const { systems } = await import(url);
    ${work};
    const { createRequire } = await import('node:module');
    console.log(Object.keys(createRequire(url).cache).some((path) => path.includes('aws-cdk-lib')) ? 'yes' : 'no');`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    env: { PATH: process.env['PATH'] },
  });
  expect(stdout.trim()).toBe(loaded);
});
