import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { join } from 'node:path';
import { root } from '../../tools/repository.ts';
import { account, createStage, region, type Stage } from './stage.ts';

/* An account that nobody prepared is bootstrapped as its config says, under a qualifier of its own; then an app and a system deploy there. */

const app = `const { App, Stack } = require(${JSON.stringify(join(root, 'node_modules/aws-cdk-lib/core'))});
const { Queue } = require(${JSON.stringify(join(root, 'node_modules/aws-cdk-lib/aws-sqs'))});
const app = new App();
const context = (name) => app.node.tryGetContext(name);
new Queue(new Stack(app, 'Orders', { env: { account: context('account'), region: context('region') } }), 'Incoming');
`;

const config = `environments:
  staging:
    branches: [development]
    protected: true
    bootstrap:
      qualifier: shop
      trust: ["222222222222"]
      execution-policies: ["arn:aws:iam::aws:policy/AdministratorAccess"]
`;

let stage: Stage;
let at: { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
beforeAll(async () => {
  stage = await createStage({ 'app.js': app, '.github/spaceport.yml': config }, []);
  at = { region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' } };
});
afterAll(() => stage?.end());

test('without a bootstrap nothing deploys, and the finding says how to get one', async () => {
  await stage.emulator.clearCalls();
  const { outputs, log } = await stage.run('deploy', { app: 'node app.js' });
  expect(outputs).toMatchObject({ verdict: 'blocked' });
  expect(log).toMatch(/PF100 .*mode: bootstrap/s);
  expect(await stage.writes()).toEqual([]);
});

test('mode bootstrap makes it: protected, with the trust and the qualifier of the config', async () => {
  const { code, outputs, log, summary } = await stage.run('deploy', { mode: 'bootstrap' });
  expect({ code, outputs, log }).toMatchObject({ code: 0, outputs: { verdict: 'deployed', deployed: '["CDKToolkit-shop"]' } });
  expect(summary).toContain('222222222222');
  const { Stacks: [stack] = [] } = await new CloudFormationClient(at).send(new DescribeStacksCommand({ StackName: 'CDKToolkit-shop' }));
  expect(stack).toMatchObject({ StackStatus: 'CREATE_COMPLETE', EnableTerminationProtection: true });
  const role = await new IAMClient(at).send(new GetRoleCommand({ RoleName: `cdk-shop-deploy-role-${account}-${region}` }));
  expect(decodeURIComponent(role.Role?.AssumeRolePolicyDocument ?? '')).toContain('222222222222');
});

test('and again changes nothing', async () => {
  expect((await stage.run('deploy', { mode: 'bootstrap' })).outputs).toMatchObject({
    verdict: 'unchanged',
    unchanged: '["CDKToolkit-shop"]',
  });
});

test('an app, and a bundled system, then deploy under that qualifier', async () => {
  for (const inputs of [{ app: 'node app.js' }, { system: 'spaceport', stacks: 'SpaceportAuthStagingStack' }] as Record<string, string>[]) {
    const { outputs, log } = await stage.run('deploy', inputs);
    expect({ outputs, log }).toMatchObject({ outputs: { verdict: 'deployed', errors: '0' } });
  }
});
