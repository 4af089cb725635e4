import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { ActionRun } from '../../tools/runner.ts';
import { account, createStage, region, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ 'cdk.json': '{"app":"node app.js"}' });
  const s3 = new S3Client({
    region,
    endpoint: stage.emulator.endpoint,
    forcePathStyle: true,
    credentials: { accessKeyId: account, secretAccessKey: 'test' },
  });
  for (const Bucket of ['artifacts-dev', 'artifacts-sandbox'])
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  await s3.send(new PutObjectCommand({ Bucket: 'artifacts-dev', Key: 'lambda/a.zip', Body: 'zip a', ChecksumAlgorithm: 'SHA256' }));
});
afterAll(() => stage?.end());

interface Case {
  readonly name: string;
  readonly action?: 'preflight' | 'deploy' | 'promote' | 'destroy';
  readonly inputs: Readonly<Record<string, string>>;
  readonly config?: string;
  readonly more?: Partial<ActionRun>;
  readonly code: string;
  readonly says: RegExp;
}

const two = `environments:\n  dev: { account: "${account}" }\n  sandbox: { account: "${account}" }\npromotions:\n  lambda: { from: dev, to: [sandbox, dev], bucket: "artifacts-{environment}", prefix: lambda/ }\n`;
const noKeys = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true' };

const cases: readonly Case[] = [
  { name: 'no credentials', inputs: { system: 'spaceport' }, more: { env: noKeys }, code: 'RT040', says: /credentials/ },
  {
    name: 'the wrong account',
    inputs: { system: 'spaceport' },
    config: 'environments:\n  staging: { branches: [development], account: "333333333333" }\n',
    code: 'RT041',
    says: /111111111111.*333333333333/,
  },
  {
    name: 'an unknown branch',
    inputs: { system: 'spaceport' },
    more: { event: { name: 'push', ref: 'refs/heads/feature/x' } },
    code: 'RT030',
    says: /feature\/x.*prod \(main\), staging \(development\)/,
  },
  {
    name: 'a malformed config',
    inputs: { system: 'spaceport' },
    config: 'environments:\n  staging: [\n',
    code: 'RT021',
    says: /spaceport\.yml/,
  },
  {
    name: 'an unknown key in the config',
    inputs: { system: 'spaceport' },
    config: 'environments:\n  staging:\n    brnches: [main]\n',
    code: 'RT022',
    says: /brnches/,
  },
  {
    name: 'system, app and cdk-out together',
    inputs: { system: 'spaceport', app: 'node app.js', 'cdk-out': 'cdk.out' },
    code: 'RT011',
    says: /`system` \(spaceport\) and `app` \(node app.js\) and `cdk-out` \(cdk.out\)/,
  },
  { name: 'a missing cdk.out', inputs: { 'cdk-out': 'nowhere' }, code: 'RT050', says: /nowhere/ },
  {
    name: 'an app that fails',
    inputs: { app: 'node -e "console.error(\'no such module\');process.exit(3)"' },
    code: 'RT052',
    says: /no such module/,
  },
  { name: 'an invalid bucket name', inputs: { 'cdk-out': 'bad-names' }, code: 'PF130', says: /Uploads_Of_Shop/ },
  {
    name: 'an unreachable endpoint',
    inputs: { system: 'spaceport' },
    more: { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } },
    code: 'RT044',
    says: /http:\/\/127\.0\.0\.1:9 does not answer/,
  },
  {
    name: 'a confirmation that does not match',
    action: 'promote',
    inputs: { to: 'sandbox', reason: 'release', confirm: 'sandbx' },
    config: two,
    code: 'PM100',
    says: /sandbx/,
  },
  {
    name: 'a promotion to the source itself',
    action: 'promote',
    inputs: { to: 'dev', reason: 'release', confirm: 'dev' },
    config: two,
    code: 'PM102',
    says: /dev/,
  },
  {
    name: 'a destruction of a protected environment without its name',
    action: 'destroy',
    inputs: { 'cdk-out': 'bad-names' },
    config: 'environments:\n  staging: { branches: [development], protected: true }\n',
    code: 'DS100',
    says: /environment staging is protected, and `confirm` is not given/,
  },
  {
    name: 'a destruction with another name typed',
    action: 'destroy',
    inputs: { 'cdk-out': 'bad-names', confirm: 'Staging' },
    code: 'DS100',
    says: /"Staging"; the environment is "staging"/,
  },
  {
    name: 'data to delete that nobody has',
    action: 'destroy',
    inputs: { 'cdk-out': 'bad-names', 'delete-data': 'Shop/Upload' },
    code: 'RT014',
    says: /`delete-data: Shop\/Upload` is no type and no construct path/,
  },
  {
    name: 'a mistyped input of destroy',
    action: 'destroy',
    inputs: { 'cdk-out': 'bad-names', 'delete-dat': 'AWS::S3::Bucket' },
    code: 'RT013',
    says: /`delete-dat` is no input of destroy; `delete-data` is/,
  },
  { name: 'a destruction of what is not there', action: 'destroy', inputs: { 'cdk-out': 'nowhere' }, code: 'RT050', says: /nowhere/ },
  { name: 'an unknown system', inputs: { system: 'spacport' }, code: 'RT053', says: /spacport.*spaceport/ },
  { name: 'an unknown input', inputs: { system: 'spaceport', enviroment: 'prod' }, code: 'RT013', says: /enviroment/ },
  {
    name: 'a selection that matches nothing',
    inputs: { system: 'spaceport', stacks: 'Nope*' },
    code: 'RT055',
    says: /Nope\*.*SpaceportStagingStack/,
  },
];

const badNames = {
  'bad-names/manifest.json': JSON.stringify({
    version: '48.0.0',
    artifacts: {
      Shop: { type: 'aws:cloudformation:stack', environment: `aws://${account}/${region}`, properties: { templateFile: 'Shop.json' } },
    },
  }),
  'bad-names/Shop.json': JSON.stringify({
    // Secrets that are words of the report: what the run comes to must not change by them.
    Parameters: Object.fromEntries(
      ['block', 'error', 'fail', 'second'].map((word) => [`Key${word}`, { Type: 'String', NoEcho: true, Default: word }]),
    ),
    Resources: { Uploads: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'Uploads_Of_Shop' } } },
  }),
};

describe('bad input', () => {
  test.each(cases)(
    '$name: one clear finding, exit code 1, nothing written',
    async ({ action = 'deploy', inputs, config, more, code, says }) => {
      Object.entries(badNames).forEach(([path, text]) => stage.workspace.write(path, text));
      stage.workspace.write('.github/spaceport.yml', config ?? '');
      await stage.emulator.clearCalls();
      const result = await stage.run(action, inputs, more);
      expect(result.code).toBe(1);
      const found = result.commands.filter((c) => c.name === 'error').map((c) => c.text);
      expect({ found, log: result.log }).toEqual({ found: [expect.stringMatching(says)], log: expect.stringContaining(`title=${code} `) });
      expect(found[0]).toContain('What to do: ');
      expect(result.outputs).toMatchObject({ errors: '1', 'failure-reason': expect.stringMatching(/./) });
      expect(result.outputs['verdict']).toMatch(/^(blocked|failed)$/);
      if (action !== 'promote') expect(result.outputs['seconds']).toMatch(/^[\d.]+$/);
      expect(result.summary).toContain(code);
      // A refused promotion leaves its record, and nothing else.
      expect(await stage.writes()).toEqual(action === 'promote' && code !== 'PM102' ? ['s3:PutObject'] : []);
    },
  );

  test('all bad inputs are told at once, each with its value and what is allowed', async () => {
    const result = await stage.run('deploy', { 'fail-on': 'sometimes', concurrency: '0', tags: 'owner', system: 'spaceport', app: 'x' });
    const text = result.commands
      .filter((c) => c.name === 'error')
      .map((c) => c.text)
      .join('\n');
    expect(text).toMatch(/`fail-on` is "sometimes": allowed are error, warning, never/);
    expect(text).toMatch(/`concurrency` is "0": allowed is a whole number from 1/);
    expect(text).toMatch(/`tags` is not usable: allowed is one key=value a line; line 1 is not/);
    expect(text).toMatch(/`system` \(spaceport\) and `app` \(x\)/);
    expect(result.outputs['errors']).toBe('4');
  });
});
