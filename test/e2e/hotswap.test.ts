import { GetTemplateCommand, CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetAliasCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { account, createStage, region, type Stage } from './stage.ts';

/* One life of a stack with a function, by swaps and by change sets: what runs, what the stack says, and what is told of the difference. */
const handler = (word: string) => `exports.handler = async () => '${word}';`;
const hashOf = (word: string) => createHash('sha256').update(word).digest('hex');
const bucket = `cdk-hnb659fds-assets-${account}-${region}`;

const toTemplate = (word: string) => ({
  Resources: {
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
        Code: { S3Bucket: { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' }, S3Key: `${hashOf(word)}.zip` },
      },
    },
    [`Version${word}`]: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Resize' } } },
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: { Name: 'live', FunctionName: { Ref: 'Resize' }, FunctionVersion: { 'Fn::GetAtt': [`Version${word}`, 'Version'] } },
    },
  },
});

const toAssets = (word: string) => ({
  version: '48.0.0',
  files: {
    [hashOf(word)]: {
      displayName: 'Resize/Code',
      source: { path: `asset.${word}`, packaging: 'zip' },
      destinations: { here: { bucketName: bucket, objectKey: `${hashOf(word)}.zip`, region } },
    },
  },
});

const manifest = {
  version: '48.0.0',
  artifacts: {
    'Shop.assets': { type: 'cdk:asset-manifest', properties: { file: 'Shop.assets.json' } },
    Shop: {
      type: 'aws:cloudformation:stack',
      environment: `aws://${account}/${region}`,
      properties: { templateFile: 'Shop.json' },
      dependencies: ['Shop.assets'],
    },
  },
};

let stage: Stage;
let lambda: LambdaClient;
let cloudFormation: CloudFormationClient;
beforeAll(async () => {
  stage = await createStage({ 'cdk.out/manifest.json': JSON.stringify(manifest) });
  const client = { region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' } };
  lambda = new LambdaClient(client);
  cloudFormation = new CloudFormationClient(client);
});
afterAll(() => stage?.end());

/** Deploys the app with the code of a word; gives what runs then, what the stack says, and how many calls it took. */
async function deploy(word: string, method: string) {
  const folder = join(stage.workspace.path, 'cdk.out', `asset.${word}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.js'), handler(word));
  stage.workspace.write('cdk.out/Shop.json', JSON.stringify(toTemplate(word)));
  stage.workspace.write('cdk.out/Shop.assets.json', JSON.stringify(toAssets(word)));
  await stage.emulator.clearCalls();
  const { outputs, log } = await stage.run('deploy', { 'cdk-out': 'cdk.out', method });
  const writes = await stage.writes();
  return { verdict: outputs['verdict'], log, writes, runs: await invoke(), stack: await readStack() };
}

async function invoke(): Promise<unknown> {
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'resize', Qualifier: 'live' }));
  return JSON.parse(new TextDecoder().decode(Payload));
}

/** Gives the word whose code the template of the live stack has. */
async function readStack(): Promise<string | undefined> {
  const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName: 'Shop', TemplateStage: 'Original' }));
  return ['first', 'second', 'third'].find((word) => TemplateBody.includes(hashOf(word)));
}

test('code comes and goes without the stack, and the next deployments know', async () => {
  const created = await deploy('first', 'hotswap');
  expect({ ...created, writes: [] }).toMatchObject({ verdict: 'deployed', runs: 'first', stack: 'first' });
  expect(created.log).toContain('no hotswap, because there is no such stack');

  const swapped = await deploy('second', 'hotswap');
  expect(swapped).toMatchObject({ verdict: 'deployed', runs: 'second', stack: 'first' });
  expect(swapped.log).toContain('✅ Shop: deployed by hotswap');
  const { FunctionVersion } = await lambda.send(new GetAliasCommand({ FunctionName: 'resize', Name: 'live' }));
  expect(FunctionVersion).toBe('$LATEST');
  expect([...swapped.writes].sort()).toEqual(['lambda:TagResource', 'lambda:UpdateAlias', 'lambda:UpdateFunctionCode', 's3:PutObject']);

  expect(await deploy('second', 'hotswap')).toMatchObject({ verdict: 'unchanged', runs: 'second', stack: 'first', writes: [] });

  const blind = await deploy('first', 'change-set');
  expect(blind).toMatchObject({ verdict: 'unchanged', runs: 'second', writes: [] });
  expect(blind.log).toMatch(/PF204.*Shop\/Resize runs s3:.* since \d{4}-\d\d-\d\d by method: hotswap/);

  expect(await deploy('first', 'hotswap')).toMatchObject({ verdict: 'deployed', runs: 'first', stack: 'first' });
  expect(await deploy('second', 'hotswap')).toMatchObject({ verdict: 'deployed', runs: 'second', stack: 'first' });

  const full = await deploy('third', 'change-set');
  expect(full).toMatchObject({ verdict: 'deployed', runs: 'third', stack: 'third' });
  expect(full.log).toMatch(/PF205.*by method: hotswap; this deployment puts the code of the template in its place/);
}, 300_000);
