import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAllowed, toPermission } from '../permissions.ts';
import { zipOf } from '../fakes/zip.ts';
import { account, createStage, region, type Stage } from './stage.ts';

/* New code for the services and functions of a stack that is there, by the built action: no stack is touched. */
const repository = 'shop';
const image = (tag: string) => `${account}.dkr.ecr.${region}.amazonaws.com/${repository}:${tag}`;
const handler = (word: string) => `exports.handler = async () => '${word}';`;

const service = (name: string) => ({
  [`${name}Task`]: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      Family: name,
      Cpu: '256',
      Memory: '512',
      ContainerDefinitions: [
        { Name: 'app', Image: image('1'), Essential: true, Environment: [{ Name: 'KEPT', Value: 'yes' }] },
        { Name: 'agent', Image: 'public.ecr.aws/otel:9', Essential: false },
      ],
    },
  },
  [name]: {
    Type: 'AWS::ECS::Service',
    Properties: {
      ServiceName: name,
      Cluster: { Ref: 'Cluster' },
      DesiredCount: 1,
      TaskDefinition: { Ref: `${name}Task` },
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
    },
  },
});

const template = {
  Resources: {
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'main' } },
    ...service('api'),
    ...service('worker'),
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
        },
      },
    },
    Resize: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'resize',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: handler('first') },
      },
    },
    Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Resize' } } },
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: { Name: 'live', FunctionName: { Ref: 'Resize' }, FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] } },
    },
  },
};

const manifest = {
  version: '48.0.0',
  artifacts: {
    Shop: { type: 'aws:cloudformation:stack', environment: `aws://${account}/${region}`, properties: { templateFile: 'Shop.json' } },
  },
};

let stage: Stage;
let ecs: ECSClient;
let lambda: LambdaClient;
beforeAll(async () => {
  stage = await createStage({ 'cdk.out/manifest.json': JSON.stringify(manifest), 'cdk.out/Shop.json': JSON.stringify(template) });
  const client = { region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' } };
  ecs = new ECSClient(client);
  lambda = new LambdaClient(client);
  const ecr = new ECRClient(client);
  await ecr.send(new CreateRepositoryCommand({ repositoryName: repository }));
  for (const imageTag of ['1', '2', 'broken-3'])
    await ecr.send(new PutImageCommand({ repositoryName: repository, imageTag, imageManifest: toManifest(imageTag) }));
  const first = await stage.run('deploy', { 'cdk-out': 'cdk.out' });
  if (first.outputs['verdict'] !== 'deployed') throw new Error(first.log);
  writeFileSync(join(stage.workspace.path, 'resize.zip'), zipOf({ 'index.js': handler('second') }));
});
afterAll(() => stage?.end());

const toManifest = (tag: string) =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: tag.length, digest: `sha256:${'0'.repeat(64)}` },
    layers: [],
  });
const code = (inputs: Readonly<Record<string, string>>) => stage.run('deploy', { 'cdk-out': 'cdk.out', mode: 'code', ...inputs });

async function readTask(name: string) {
  const { services: [found] = [] } = await ecs.send(new DescribeServicesCommand({ cluster: 'main', services: [name] }));
  const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: found?.taskDefinition }));
  return taskDefinition?.containerDefinitions ?? [];
}
const images = async (name: string) => (await readTask(name)).map((c) => c.image);

async function invoke(): Promise<unknown> {
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'resize', Qualifier: 'live' }));
  return JSON.parse(new TextDecoder().decode(Payload));
}

/** One life of the stack: what a step finds is what the step before left. */
describe('code without a stack', () => {
  test('an image tag is for all services, and changes nothing else of their tasks', async () => {
    await stage.emulator.clearCalls();
    const { outputs, summary } = await code({ 'image-tag': '2' });
    expect(outputs).toMatchObject({ verdict: 'deployed', deployed: '["Shop/api","Shop/worker"]', unchanged: '["Shop"]' });
    expect([await images('api'), await images('worker')]).toEqual(Array(2).fill([image('2'), 'public.ecr.aws/otel:9']));
    expect((await readTask('api'))[0]?.environment).toEqual([{ name: 'KEPT', value: 'yes' }]);
    expect([...new Set(await stage.writes())].sort()).toEqual(['ecs:RegisterTaskDefinition', 'ecs:UpdateService']);
    expect(summary).toContain('## Code');
  });

  test('the next run of it has nothing to do', async () => {
    await stage.emulator.clearCalls();
    expect((await code({ 'image-tag': '2' })).outputs).toMatchObject({ verdict: 'unchanged' });
    expect(await stage.writes()).toEqual([]);
  });

  test('tasks that do not start bring the former image back, and are told why', async () => {
    const { outputs, log } = await code({ code: 'api=:broken-3\nworker=:2' });
    expect(outputs).toMatchObject({ verdict: 'rolled-back', 'failure-reason': 'code-failed', failed: '["Shop/api"]' });
    expect(log).toContain('circuit breaker was triggered');
    expect(log).toContain('task stopped: Essential container in task exited');
    expect(await images('api')).toEqual([image('2'), 'public.ecr.aws/otel:9']);
  });

  test('an image that is not there is told before the first write, with all else', async () => {
    await stage.emulator.clearCalls();
    const { outputs, log } = await code({ code: 'api=:9\nresize=none.zip' });
    expect(outputs).toMatchObject({ verdict: 'blocked', errors: '2' });
    expect(log).toContain(`The image ${image('9')} is not there.`);
    expect(await stage.writes()).toEqual([]);
  });

  test('a ZIP becomes a version that the alias leads to', async () => {
    expect(await invoke()).toBe('first');
    const { outputs } = await code({ code: 'resize=resize.zip' });
    expect(outputs).toMatchObject({ verdict: 'deployed', deployed: '["Shop/Resize"]' });
    expect(await invoke()).toBe('second');
    expect((await code({ code: 'resize=resize.zip' })).outputs).toMatchObject({ verdict: 'unchanged' });
  });

  test('the next full deployment says what is other than its stack, and asks nothing that it may not', async () => {
    await stage.emulator.clearCalls();
    const { outputs, log } = await stage.run('preflight', { 'cdk-out': 'cdk.out' });
    expect(outputs).toMatchObject({ verdict: 'no-changes', warnings: '3' });
    expect(log).toMatch(new RegExp(`PF204.*Shop/api runs ${image('2')} since \\d{4}-\\d\\d-\\d\\d by mode: code`));
    expect(log).toMatch(/PF204.*Shop\/Resize runs resize\.zip since/);
    const allowed = readAllowed();
    expect((await stage.emulator.calls()).map(toPermission).filter((c) => !allowed.has(c))).toEqual([]);
  });

  test('a full deployment with the image that runs brings both together', async () => {
    const text = JSON.stringify(template).replaceAll(image('1'), image('2'));
    stage.workspace.write('cdk.out/Shop.json', text);
    const { log } = await stage.run('preflight', { 'cdk-out': 'cdk.out' });
    expect(log).not.toMatch(/PF20[45].*Shop\/(api|worker)/);
    expect((await stage.run('deploy', { 'cdk-out': 'cdk.out' })).outputs).toMatchObject({ verdict: 'deployed' });
    expect(await images('api')).toEqual([image('2'), 'public.ecr.aws/otel:9']);
  });
});
