import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../tools/repository.ts';
import { createStage, type Stage } from './stage.ts';

/* Workflows as GitHub would run them, by act. `npm run setup:act` installs it where Go is; without it nothing here can run. */
const act = join(root, '.tools/bin/act');
const onlyWithAct = existsSync(act) ? describe : describe.skip;

/** One line of act's JSON log. */
interface Line {
  readonly jobResult?: string;
  readonly stepResult?: string;
  readonly step?: string;
  readonly command?: string;
  readonly msg: string;
}

const workflow = `on: push
permissions: { contents: read }
jobs:
  map:
    runs-on: ubuntu-latest
    outputs: { environment: "\${{ steps.map.outputs.environment }}" }
    steps:
      - uses: actions/checkout@v5
      - { id: map, uses: org/spaceport-actions/preflight@v1, with: { depth: none, system: spaceport } }
  deploy:
    needs: map
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - { id: preflight, uses: org/spaceport-actions/preflight@v1, with: { system: spaceport } }
      - id: deploy
        uses: org/spaceport-actions/deploy@v1
        with: { system: spaceport, environment: "\${{ needs.map.outputs.environment }}", plan-digest: "\${{ steps.preflight.outputs.plan-digest }}" }
      - run: echo "bucket \${{ fromJSON(steps.deploy.outputs.outputs).SpaceportStagingStack.UploadsBucketName }}, verdict \${{ steps.deploy.outputs.verdict }}"
`;

onlyWithAct('workflows under act (npm run setup:act installs it)', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await createStage({ '.github/workflows/deploy.yml': workflow });
    const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com', ...args], { cwd: stage.workspace.path, stdio: 'ignore' });
    git('init', '--initial-branch', 'development');
    git('add', '-A');
    git('commit', '-m', 'The workflow');
  });
  afterAll(() => stage?.end());

  test('a push to development maps the branch, checks, and deploys exactly the plan that was checked', async () => {
    const lines = await runAct(stage);
    const failed = lines.filter((l) => l.stepResult === 'failure');
    expect(failed.map((l) => l.msg)).toEqual([]);
    expect(lines.some((l) => l.msg.includes('bucket spaceport-uploads-staging, verdict deployed'))).toBe(true);
    expect(lines.filter((l) => l.jobResult === 'success')).toHaveLength(2);
    expect(lines.some((l) => l.command === 'summary' && l.msg.includes('deploy: deployed'))).toBe(true);
  }, 120_000);
});

async function runAct(stage: Stage): Promise<readonly Line[]> {
  const cache = mkdtempSync(join(tmpdir(), 'spaceport-act-'));
  const env = Object.entries(stage.emulator.env('111111111111', 'us-west-2')).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const args = ['push', '-P', 'ubuntu-latest=-self-hosted', '-W', '.github/workflows/deploy.yml', '--no-cache-server', '--json', '--actor', 'octocat'];
  const secret = ['-s', `GITHUB_TOKEN=${'g'.repeat(40)}`];
  try {
    const child = spawn(act, [...args, ...secret, ...env, '--local-repository', `org/spaceport-actions@v1=${join(root, 'release')}`], {
      cwd: stage.workspace.path,
      env: { PATH: process.env['PATH'], HOME: cache, XDG_CACHE_HOME: cache },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    return out.split('\n').flatMap((line): Line[] => (line.startsWith('{') ? [JSON.parse(line) as Line] : line ? [{ msg: line }] : []));
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}
