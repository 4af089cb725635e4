import { hasPart, judgeStatement, type StatedWorld } from './judge.ts';
import type { Evidence } from './statement.ts';

const world: StatedWorld = {
  templates: (environment) =>
    environment === 'prod'
      ? {
          Main: {
            Resources: { A: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'uploads', Tags: [{ Key: 'a', Value: 'b' }] } } },
            Outputs: { Url: { Value: 'x', Export: { Name: 'Main-Url' } } },
          },
        }
      : undefined,
  text: (file) => (file === 'a.test.ts' ? `test("it's kept", () => {});` : undefined),
  jobs: (file) => (file === 'deploy.yml' ? ['deploy'] : undefined),
};
const judge = (...shown: Evidence[]) => judgeStatement({ line: 7, says: 'so', shown }, world);
const bucket = { kind: 'resource', environment: 'prod', stack: 'Main', type: 'AWS::S3::Bucket' } as const;

test.each<[why: string, evidence: Evidence]>([
  ['a stack', { kind: 'stack', environment: 'prod', name: 'Main' }],
  ['a resource', bucket],
  ['a resource with a property', { ...bucket, where: { Tags: [{ Key: 'a' }] } }],
  ['an export', { kind: 'export', environment: 'prod', name: 'Main-Url' }],
  ['an output', { kind: 'output', environment: 'prod', stack: 'Main', key: 'Url' }],
  ['a test', { kind: 'test', file: 'a.test.ts', name: "it's kept" }],
  ['a job of a workflow', { kind: 'workflow', file: 'deploy.yml', job: 'deploy' }],
  ['a reason', { kind: 'application', reason: 'It is history.' }],
])('%s that is there shows it', (_, evidence) => {
  expect(judge(evidence)).toEqual([]);
});

test.each<[why: string, evidence: Evidence, problem: string]>([
  ['an environment', { kind: 'stack', environment: 'dev', name: 'Main' }, 'there is no environment dev'],
  ['a stack', { kind: 'stack', environment: 'prod', name: 'Other' }, 'there is no stack Other in prod'],
  ['a property', { ...bucket, where: { BucketName: 'x' } }, 'Main has 0 of AWS::S3::Bucket with {"BucketName":"x"}, and 1 are wanted'],
  ['a second resource', { ...bucket, atLeast: 2 }, 'Main has 1 of AWS::S3::Bucket with {}, and 2 are wanted'],
  ['an export', { kind: 'export', environment: 'prod', name: 'Url' }, 'no stack exports Url'],
  ['an output', { kind: 'output', environment: 'prod', stack: 'Main', key: 'Arn' }, 'Main has no output Arn'],
  ['a test', { kind: 'test', file: 'a.test.ts', name: 'kept' }, 'a.test.ts has no test "kept"'],
  ['a file', { kind: 'test', file: 'b.test.ts', name: 'kept' }, 'there is no file b.test.ts'],
  ['a job', { kind: 'workflow', file: 'deploy.yml', job: 'x' }, 'deploy.yml has no job "x"'],
  ['a workflow', { kind: 'workflow', file: 'x.yml', job: 'x' }, 'there is no workflow x.yml'],
  ['a reason', { kind: 'application', reason: '' }, 'the reason why infrastructure does not keep it is missing'],
])('%s that is missing is told with its line', (_, evidence, problem) => {
  expect(judge(evidence)).toEqual([`line 7 (so): ${problem}`]);
});

test('a statement without evidence is told', () => {
  expect(judge()).toEqual(['line 7 (so): nothing shows it']);
});

test.each<[value: unknown, wanted: unknown, has: boolean]>([
  [{ a: [1, { b: 2, c: 3 }] }, { a: [{ b: 2 }] }, true],
  [{ a: [1] }, { a: [1, 2] }, false],
  [{ a: 1 }, { a: '1' }, false],
  [{}, { toString: {} }, false],
  [null, {}, false],
])('%j has %j: %s', (value, wanted, has) => {
  expect(hasPart(value, wanted)).toBe(has);
});
