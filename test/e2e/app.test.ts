import { join } from 'node:path';
import { root } from '../../tools/repository.ts';
import { account, createStage, region, type Stage } from './stage.ts';

/* Apps of the user's own: one in JavaScript with the real CDK, and one in Python that writes its assembly by itself. */
const cdkApp = `const { App, CfnOutput, Stack, Tags } = require(${JSON.stringify(join(root, 'node_modules/aws-cdk-lib/core'))});
const { Queue } = require(${JSON.stringify(join(root, 'node_modules/aws-cdk-lib/aws-sqs'))});
const app = new App();
const context = (name) => app.node.tryGetContext(name);
const env = { account: context('account'), region: context('region') };
const first = new Stack(app, 'Orders', { env });
const queue = new Queue(first, 'Incoming', { queueName: 'orders-' + context('environment') });
const second = new Stack(app, 'Alerts', { env });
new CfnOutput(second, 'Watches', { value: queue.queueArn });
new Queue(second, 'Dead');
Tags.of(app).add('team', context('team') ?? 'none');
`;
const pythonApp = `import json, os
out = os.environ["CDK_OUTDIR"]
context = json.loads(os.environ["CDK_CONTEXT_JSON"])
os.makedirs(out, exist_ok=True)
stack = {"type": "aws:cloudformation:stack", "environment": f"aws://{context['account']}/{context['region']}", "properties": {"templateFile": "t.json"}}
json.dump({"version": "48.0.0", "artifacts": {"Snake": stack}}, open(os.path.join(out, "manifest.json"), "w"))
json.dump({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}, open(os.path.join(out, "t.json"), "w"))
`;

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ 'app.js': cdkApp, 'app.py': pythonApp, 'cdk.json': '{"app":"node app.js"}' });
});
afterAll(() => stage?.end());

describe('apps of the user', () => {
  test('the app of cdk.json deploys with the context of its environment, and again it is unchanged', async () => {
    const first = await stage.run('deploy', { context: 'team=shop' });
    expect(first.outputs).toMatchObject({ verdict: 'deployed', environment: 'staging' });
    expect(JSON.parse(first.outputs['outputs'] ?? '').Alerts.Watches).toBe(`arn:aws:sqs:${region}:${account}:orders-staging`);
    await stage.emulator.clearCalls();
    const second = await stage.run('deploy', { context: 'team=shop' });
    expect(second.outputs).toMatchObject({ verdict: 'unchanged' });
    expect(await stage.writes()).toEqual([]);
  });

  test('a finding names the construct and, in its annotation, the line of the source that made it', async () => {
    stage.workspace.write('app.js', cdkApp.replace("'orders-' +", "'orders of ' +"));
    const result = await stage.run('preflight', { context: 'team=shop', depth: 'static' });
    expect(result.outputs).toMatchObject({ verdict: 'blocked' });
    expect(result.log).toMatch(/::error title=PF130 [^:]*,file=app\.js,line=7,col=\d+::Orders\/Incoming: /);
    stage.workspace.write('app.js', cdkApp);
  });

  test('one stack is chosen by name, and what it needs comes along only when it is asked for', async () => {
    const alone = await stage.run('preflight', { context: 'team=shop', stacks: 'Alerts', 'include-dependencies': 'false' });
    expect(alone.outputs['stacks']).toBe('["Alerts"]');
    const both = await stage.run('preflight', { context: 'team=shop', stacks: 'Al*' });
    expect(both.outputs['stacks']).toBe('["Orders","Alerts"]');
  });

  test('an app in another language deploys as well', async () => {
    const result = await stage.run('deploy', { app: 'python3 app.py' });
    expect(result.outputs).toMatchObject({ verdict: 'deployed', deployed: '["Snake"]' });
  });
});
