import { bucket, queue, toAssemblyFiles } from '../fakes/assembly.ts';
import { createStage, type Stage } from './stage.ts';

/** Names as nobody should give them: control characters, Markdown, HTML, workflow commands. */
const evil = '::error file=a::owned%0A::set-output name=verdict::ready <img src=x onerror=alert(1)> [x](javascript:y) \u0007 **b**';

const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`Bucket${i}`, bucket(`Not_A_Name_${i}`)]));
const good = toAssemblyFiles('good', { Shop: { resources: { Files: bucket('files-of-the-shop-1'), Queue: queue() } } });

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({
    ...good,
    ...toAssemblyFiles('many', { Shop: { resources: many } }),
    ...toAssemblyFiles('evil', { Shop: { resources: { Bad: { Type: 'AWS::S3::Bucket', Properties: { BucketName: evil } } } } }),
    ...toAssemblyFiles('macro', {
      Shop: { resources: { Queue: queue() }, more: { Transform: ['AWS::LanguageExtensions', 'OurOwnMacro'] } },
    }),
    ...Object.fromEntries(
      Object.entries(good).map(([path, text]) => [path.replace('good', 'truncated'), path.includes('template') ? text.slice(0, 90) : text]),
    ),
  });
});
afterAll(() => stage?.end());

const look = (folder: string, more: Readonly<Record<string, string>> = {}) =>
  stage.run('preflight', { 'cdk-out': folder, ...more }, { event: { name: 'push', ref: 'refs/heads/main' } });

test('thousands of findings: nine annotations a level, a summary that GitHub takes, and all of them counted', async () => {
  const { code, outputs, commands, summary } = await look('many', { depth: 'static' });
  expect(code).toBe(1);
  expect(Number(outputs['errors'])).toBeGreaterThanOrEqual(3_000);
  expect(commands.filter((c) => c.name === 'error').length).toBeLessThanOrEqual(10);
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
});

test('a hostile name is refused, and is nothing but text wherever it is told', async () => {
  const { code, outputs, commands, summary, log } = await look('evil', { depth: 'static' });
  expect(code).toBe(1);
  expect(outputs['verdict']).toBe('blocked');
  expect(log).toContain('PF130');
  expect(commands.filter((c) => !['error', 'warning', 'notice', 'debug', 'group', 'endgroup', 'add-mask'].includes(c.name))).toEqual([]);
  expect(commands.filter((c) => c.name === 'error' && c.text.startsWith('owned'))).toEqual([]);
  expect(summary).not.toMatch(/<img|\]\(javascript:/);
  // eslint-disable-next-line no-control-regex -- that it is gone is what is tested
  expect(log + summary).not.toMatch(/\u0007/);
});

test('a truncated template ends the run with one clear error', async () => {
  const { code, log } = await look('truncated');
  expect(code).toBe(1);
  expect(log).toMatch(/RT051 .*Shop\.template\.json is no JSON/);
});

test('a template with a macro is checked as it stands, and nothing in it is guessed', async () => {
  const { outputs, log } = await look('macro');
  expect({ errors: outputs['errors'], log }).toMatchObject({ errors: '0' });
});

test('a service that fails is a check that was not run; the others still run, and `fail-on` decides', async () => {
  const broken = { call: 's3:HeadBucket', status: 500, code: 'InternalServerError', times: -1 };
  await stage.emulator.setFaults([broken]);
  const lenient = await look('good');
  const strict = await look('good', { 'fail-on': 'warning' });
  await stage.emulator.setFaults([]);
  expect(lenient.outputs).toMatchObject({ verdict: 'ready', errors: '0', 'not-run': '1' });
  expect(lenient.log).toMatch(/PF001 .*files-of-the-shop-1: s3:ListBucket failed/);
  expect([lenient.code, strict.code]).toEqual([0, 1]);
});
