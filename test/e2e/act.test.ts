import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startFakeGithub, type FakeGithub } from '../fakes/github.ts';
import { createRunner, hasAct, readWorkflow, toStepOutputs, type Runner } from './act.ts';
import { account, createStage, region, type Stage } from './stage.ts';

/* The consumer's three workflows as GitHub would run them. */
const onlyWithAct = hasAct ? describe : describe.skip;

const environment = `account: "${account}", regions: [${region}]`;
const config = `system: spaceport
environments:
  prod: { branches: [main], ${environment}, github-environment: production, protected: true }
  staging: { branches: [development], ${environment}, github-environment: staging }
  dev: { ${environment} }
  sandbox: { ${environment} }
promotions:
  lambda: { from: dev, to: [sandbox], bucket: "artifacts-{environment}", prefix: lambda/ }
`;
onlyWithAct('workflows under act (npm run setup:act installs it)', () => {
  let stage: Stage;
  let github: FakeGithub;
  let runner: Runner;
  beforeAll(async () => {
    stage = await createStage({
      '.github/spaceport.yml': config,
      '.github/workflows/deploy.yml': readWorkflow('deploy'),
      '.github/workflows/preflight.yml': readWorkflow('preflight'),
      '.github/workflows/promote.yml': readWorkflow('promote'),
    });
    const base = config.replace('prod: {', 'prod: { role: "arn:aws:iam::111111111111:role/absent",');
    github = await startFakeGithub({ files: { '.github/spaceport.yml': base } });
    runner = createRunner(stage, 'development', ['deploy', 'preflight', 'promote']);
  });
  afterAll(async () => {
    runner.end();
    await github.stop();
    await stage.end();
  });
  const run = (args: readonly string[]) => runner.run(args, { GITHUB_API_URL: github.url });

  test('a pull request to development is checked against staging, with the config of its base branch', async () => {
    const event = {
      pull_request: { number: 7, base: { ref: 'development', sha: 'b'.repeat(40) }, head: { ref: 'feature', repo: { fork: false } } },
    };
    writeFileSync(join(runner.folder, 'event.json'), JSON.stringify(event));
    const lines = await run(['pull_request', '-W', '.github/workflows/preflight.yml', '-e', join(runner.folder, 'event.json')]);
    expect(toStepOutputs(lines)).toMatchObject({ verdict: 'ready', environment: 'staging', warnings: '0' });
    expect(lines.filter((l) => l.jobResult)).toMatchObject([{ jobResult: 'success' }]);
    expect(github.comments.get(7)?.map((c) => c.body)).toEqual([expect.stringContaining('preflight: ready · staging')]);
  });

  test('a push to development maps the branch in one job and deploys in the next', async () => {
    const lines = await run(['push', '-W', '.github/workflows/deploy.yml']);
    expect(lines.filter((l) => l.stepResult === 'failure').map((l) => l.msg)).toEqual([]);
    expect(lines.filter((l) => l.jobResult).map((l) => l.jobResult)).toEqual(['success', 'success']);
    expect(toStepOutputs(lines)).toMatchObject({ verdict: 'deployed', 'github-environment': 'staging' });
    expect(lines.some((l) => l.command === 'summary' && l.msg.includes('deploy: deployed'))).toBe(true);
  });

  test('a dispatch promotes, after the name of the target was typed', async () => {
    const s3 = new S3Client({
      region,
      endpoint: stage.emulator.endpoint,
      forcePathStyle: true,
      credentials: { accessKeyId: account, secretAccessKey: 'test' },
    });
    for (const Bucket of ['artifacts-dev', 'artifacts-sandbox'])
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
    await s3.send(new PutObjectCommand({ Bucket: 'artifacts-dev', Key: 'lambda/a.zip', Body: 'zip a', ChecksumAlgorithm: 'SHA256' }));
    const inputs = (confirm: string) => ['--input', 'to=sandbox', '--input', 'reason=Release 1.4', '--input', `confirm=${confirm}`];
    const refused = await run(['workflow_dispatch', '-W', '.github/workflows/promote.yml', ...inputs('sandbax')]);
    expect(toStepOutputs(refused)).toMatchObject({ verdict: 'blocked', 'failure-reason': 'refused' });
    const promoted = await run(['workflow_dispatch', '-W', '.github/workflows/promote.yml', ...inputs('sandbox')]);
    expect(toStepOutputs(promoted)).toMatchObject({
      verdict: 'promoted',
      promoted: expect.stringMatching(/^\["lambda\/sets\/[0-9a-f]{64}\/a\.zip"\]$/),
    });
  });
});
