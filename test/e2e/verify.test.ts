import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { root } from '../../tools/repository.ts';
import { account, createStage, region, type Stage } from './stage.ts';

/* A deployment is proven by what its config says, and goes back when that fails; a failure deep in a nested stack is named. */

/** An app of two stacks; the template of the second is too long for a call, so that it is published. */
const app = `const { App, CfnOutput, Stack } = require(${JSON.stringify(join(root, 'node_modules/aws-cdk-lib/core'))});
const { Queue } = require(${JSON.stringify(join(root, 'node_modules/aws-cdk-lib/aws-sqs'))});
const { Code, Function, Runtime } = require(${JSON.stringify(join(root, 'node_modules/aws-cdk-lib/aws-lambda'))});
const { Duration } = require(${JSON.stringify(join(root, 'node_modules/aws-cdk-lib/core'))});
const app = new App();
const context = (name) => app.node.tryGetContext(name);
const env = { account: context('account'), region: context('region') };
const version = Number(context('version'));
const first = new Stack(app, 'Orders', { env });
const queue = new Queue(first, 'Incoming', { queueName: 'orders', deliveryDelay: Duration.seconds(version) });
const second = new Stack(app, 'Site', { env });
second.templateOptions.metadata = { long: 'x'.repeat(60_000) };
const code = 'exports.handler = async (event) => ({ statusCode: 200, body: "pong " + event.who + process.env.VERSION })';
const ping = new Function(second, 'Ping', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline(code), environment: { VERSION: String(version), QUEUE: queue.queueUrl } });
new CfnOutput(second, 'Url', { value: context('url') });
new CfnOutput(second, 'Function', { value: ping.functionName });
`;

const config = `environments:
  staging:
    branches: [development]
    verify:
      - { name: site, kind: http, url: "\${Site.Url}/health", contains: fine, within: 3s }
      - { name: ping, kind: lambda, function: "\${Site.Function}", payload: { who: ada }, status: 200, contains: pong ada }
      - name: smoke
        kind: command
        run: echo "the queue is $OUTPUT_Orders_ExportsOutputRefIncoming"; test -n "$OUTPUT_Site_Url" && test -z "$INPUT_APP" && ! grep -q broken smoke.txt
`;

let stage: Stage;
let site: Server;
let status = 200;
beforeAll(async () => {
  site = createServer((_request, response) => response.writeHead(status).end('all is fine')).listen(0, '127.0.0.1');
  await new Promise((done) => site.once('listening', done));
  stage = await createStage({ 'app.js': app, 'smoke.txt': 'works', '.github/spaceport.yml': config });
});
afterAll(async () => {
  site?.close();
  await stage?.end();
});

const keys = { accessKeyId: account, secretAccessKey: 'test' };
const toUrl = () => `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
const deploy = (version: number, inputs: Readonly<Record<string, string>> = {}) =>
  stage.run('deploy', { app: 'node app.js', context: `version=${version}\nurl=${toUrl()}`, ...inputs });
const read = async (StackName: string): Promise<string> => {
  const client = new CloudFormationClient({ region, endpoint: stage.emulator.endpoint, credentials: keys });
  return (await client.send(new GetTemplateCommand({ StackName, TemplateStage: 'Original' }))).TemplateBody ?? '';
};

test('a deployment that its verifications prove is a success: a site, a function and a command', async () => {
  const { outputs, log } = await deploy(1);
  expect(outputs).toMatchObject({ verdict: 'deployed', errors: '0' });
  for (const name of ['site', 'ping', 'smoke']) expect(log).toMatch(new RegExp(`✅ ${name}: verified in`));
});

test('one that fails is none: both stacks have their previous template again, the long one too', async () => {
  const before = [await read('Orders'), await read('Site')];
  status = 503;
  const { code, outputs, log, summary } = await deploy(2);
  status = 200;
  expect(code).toBe(1);
  expect(outputs).toMatchObject({ verdict: 'rolled-back', 'failure-reason': 'verification', deployed: '[]' });
  expect(log).toContain('title=DP150 ');
  expect(log).toMatch(/site: .*it answers 503, not 200/);
  expect(summary).toContain('DP152');
  expect([await read('Orders'), await read('Site')].map((text, i) => text === before[i])).toEqual([true, true]);
});

test('a run of the same app without the fault deploys it again', async () => {
  expect((await deploy(2, { verify: 'ping, smoke' })).outputs).toMatchObject({ verdict: 'deployed', deployed: '["Orders","Site"]' });
  expect((await deploy(2)).outputs).toMatchObject({ verdict: 'unchanged' });
});

test('a command that fails on what was there already is a failure with nothing to bring back', async () => {
  stage.workspace.write('smoke.txt', 'broken');
  const { outputs, log } = await deploy(2);
  stage.workspace.write('smoke.txt', 'works');
  expect(outputs).toMatchObject({ verdict: 'failed', 'failure-reason': 'verification', errors: '1' });
  expect(log).toContain('it ended with 1');
});

test('the cause of a failure in a nested stack is the resource that failed, not the stacks around it', async () => {
  const s3 = new S3Client({ region, endpoint: stage.emulator.endpoint, forcePathStyle: true, credentials: keys });
  await s3.send(new CreateBucketCommand({ Bucket: 'nested-templates', CreateBucketConfiguration: { LocationConstraint: region } }));
  const inner = JSON.stringify({ Resources: { Deep: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'deep' } } } });
  await s3.send(new PutObjectCommand({ Bucket: 'nested-templates', Key: 'inner.json', Body: inner }));
  const TemplateURL = `${stage.emulator.endpoint}/nested-templates/inner.json`;
  const properties = { templateFile: 'Outer.json' };
  const artifacts = { Outer: { type: 'aws:cloudformation:stack', environment: `aws://${account}/${region}`, properties } };
  stage.workspace.write('cdk.out/manifest.json', JSON.stringify({ version: '48.0.0', artifacts }));
  stage.workspace.write(
    'cdk.out/Outer.json',
    JSON.stringify({ Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } } } }),
  );
  await stage.emulator.setFaults([
    { operation: 'create', logicalId: 'Deep', error: 'Queue deep already exists (Service: Sqs, Status Code: 400, Request ID: 1-2)' },
  ]);
  const { outputs, log } = await stage.run('deploy', { 'cdk-out': 'cdk.out', verify: 'never' });
  expect(outputs).toMatchObject({ verdict: 'rolled-back', 'failure-reason': 'stack-failed' });
  expect(log).toContain('Outer: Inner/Deep (AWS::SQS::Queue): Queue deep already exists (PF120: Name exists already)');
  expect(log).toContain(`https://${region}.console.aws.amazon.com/cloudformation/home?region=${region}#/stacks/events?stackId=`);
});

test('a session that ends while a stack changes leaves it changing in AWS, and the next run finds what it came to', async () => {
  const expired = (call: string) => ({
    call,
    code: 'ExpiredToken',
    status: 403,
    message: 'The security token included in the request is expired',
    times: -1,
  });
  const calls = ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackEvents'].map(expired);
  const slow = { operation: 'create' as const, logicalId: 'Late', delayMs: 4_000 };
  const properties = { templateFile: 'Late.json' };
  const artifacts = { Late: { type: 'aws:cloudformation:stack', environment: `aws://${account}/${region}`, properties } };
  stage.workspace.write('late/manifest.json', JSON.stringify({ version: '48.0.0', artifacts }));
  stage.workspace.write('late/Late.json', JSON.stringify({ Resources: { Late: { Type: 'AWS::SQS::Queue' } } }));
  await stage.emulator.setFaults([slow]);
  const client = new CloudFormationClient({ region, endpoint: stage.emulator.endpoint, credentials: keys });
  const running = stage.run('deploy', { 'cdk-out': 'late', verify: 'never' });
  const begins = async () =>
    (await client.send(new DescribeStacksCommand({ StackName: 'Late' })).catch(() => undefined))?.Stacks?.[0]?.StackStatus;
  while ((await begins()) !== 'CREATE_IN_PROGRESS') await new Promise(setImmediate);
  await stage.emulator.setFaults(calls);
  const { outputs, log } = await running;
  await stage.emulator.setFaults([]);
  expect(outputs).toMatchObject({ verdict: 'failed', 'failure-reason': 'still-running', failed: '["Late"]' });
  expect(log).toMatch(
    /DP140.*Late is in a state that cannot be read: cloudformation:DescribeStacks was asked after the session had expired/,
  );
  while ((await begins()) !== 'CREATE_COMPLETE') await new Promise(setImmediate);
  expect((await stage.run('deploy', { 'cdk-out': 'late', verify: 'never' })).outputs).toMatchObject({ verdict: 'unchanged' });
});
