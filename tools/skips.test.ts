import { findSkips } from './skips.ts';

const use = (what: string): string => `  ${what}('says something', () => {});`;

describe('tests that do not run', () => {
  const hows = ['only', 'skip', 'todo', 'failing'];
  const members = hows.flatMap((how) => ['test', 'it', 'describe', 'test.concurrent'].map((what) => `${what}.${how}`));
  const short = ['x', 'f'].map((letter) => `${letter}it`);

  test.each([...members, ...short])('%s is found', (what) => {
    expect(findSkips('engine/src/a.test.ts', `\n${use(what)}`)).toEqual([expect.stringContaining(`engine/src/a.test.ts:2 has ${what}:`)]);
  });

  test.each(['test', 'it.each([1])', 'exit', 'fit, or not', 'const only = 1; f', 'orbit'])('%s is none', (what) => {
    expect(findSkips('engine/src/a.test.ts', use(what))).toEqual([]);
  });

  test('a test whose tool may be missing is allowed to be skipped, but not to be the only one', () => {
    expect(findSkips('test/workflows.test.ts', use(`test.${hows[1]}`))).toEqual([]);
    expect(findSkips('test/workflows.test.ts', use(`test.${hows[0]}`))).toHaveLength(1);
  });
});
