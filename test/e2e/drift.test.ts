import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { startFakeGithub, type FakeGithub } from '../fakes/github.ts';
import { readSection } from '../permissions.ts';
import { account, createStage, region, type Stage } from './stage.ts';

/* Drift as a workflow on a schedule finds it, by the built action: findings, and one issue that comes and goes. */
const parameter = (name: string, value: string) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: name, Type: 'String', Value: value },
});
const template = { Resources: { Limit: parameter('/shop/limit', '10'), Motto: parameter('/shop/motto', 'fine') } };
const artifacts = {
  Shop: { type: 'aws:cloudformation:stack', environment: `aws://${account}/${region}`, properties: { templateFile: 'Shop.json' } },
};

let stage: Stage;
let github: FakeGithub;
let ssm: SSMClient;
beforeAll(async () => {
  github = await startFakeGithub();
  stage = await createStage({
    'cdk.out/manifest.json': JSON.stringify({ version: '48.0.0', artifacts }),
    'cdk.out/Shop.json': JSON.stringify(template),
  });
  ssm = new SSMClient({ region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' } });
  const first = await stage.run('deploy', { 'cdk-out': 'cdk.out' });
  if (first.outputs['verdict'] !== 'deployed') throw new Error(first.log);
});
afterAll(async () => {
  await stage?.end();
  await github?.stop();
});

const look = (inputs: Readonly<Record<string, string>> = {}) =>
  stage.run(
    'preflight',
    { 'cdk-out': 'cdk.out', depth: 'drift', 'github-token': 'g'.repeat(40), ...inputs },
    { event: { name: 'schedule', ref: 'refs/heads/development' }, env: { GITHUB_API_URL: github.url } },
  );

/** One life of the issue: what a step finds is what the step before left. */
describe('drift on a schedule', () => {
  test('no drift has no issue', async () => {
    await stage.emulator.clearCalls();
    expect(await look()).toMatchObject({ code: 0, outputs: { verdict: 'no-changes', warnings: '0' } });
    expect(github.issues).toEqual([]);
    const allowed = readSection('Drift');
    expect((await stage.emulator.calls()).map((c) => `${c.service}:${c.operation}`).filter((c) => !allowed.has(c))).toEqual([]);
    expect(await stage.writes()).toEqual([]);
  });

  test('drift is a finding for each resource, and opens an issue', async () => {
    await ssm.send(new PutParameterCommand({ Name: '/shop/limit', Value: '99', Overwrite: true }));
    await ssm.send(new DeleteParameterCommand({ Name: '/shop/motto' }));
    const { code, outputs, log } = await look();
    expect([code, outputs['verdict'], outputs['warnings']]).toEqual([0, 'drifted', '2']);
    expect(log).toMatch(/PF206.*Limit \(\/shop\/limit\) of Shop differs from its template: \/Value should be 10 and is 99/);
    expect(log).toMatch(/PF207.*Motto \(\/shop\/motto\) of Shop is not there any more/);
    expect(github.issues).toMatchObject([{ title: `Drift in staging (${region})`, state: 'open' }]);
    expect(github.issues[0]?.body).toContain('PF206');
    expect((await look({ 'fail-on': 'warning' })).code).toBe(1);
    expect(github.issues).toHaveLength(1);
  });

  test('what is as it should be again closes it', async () => {
    await ssm.send(new PutParameterCommand({ Name: '/shop/limit', Value: '10', Overwrite: true }));
    await ssm.send(new PutParameterCommand({ Name: '/shop/motto', Value: 'fine', Type: 'String' }));
    expect((await look()).outputs).toMatchObject({ verdict: 'no-changes' });
    expect(github.issues.map((i) => i.state)).toEqual(['closed']);
  });
});
