import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { actions, root } from '../tools/repository.ts';

const folder = join(root, '.github/workflows');
const files = readdirSync(folder).filter((name) => name.endsWith('.yml'));
const paths = files.map((name) => join(folder, name));
const actionFiles = actions.map((name) => join(root, 'actions', name, 'action.yml'));

interface Workflow {
  readonly on: Readonly<
    Record<
      string,
      {
        readonly inputs?: Readonly<Record<string, { readonly required?: boolean; readonly type?: string; readonly default?: unknown }>>;
        readonly branches?: readonly string[];
      } | null
    >
  >;
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions?: Readonly<Record<string, string>>;
        readonly concurrency?: unknown;
        readonly 'timeout-minutes'?: number;
        readonly environment?: string;
        readonly steps?: readonly { readonly id?: string; readonly uses?: string; readonly with?: Readonly<Record<string, string>> }[];
        readonly needs?: string | readonly string[];
        readonly if?: string;
        readonly strategy?: unknown;
        readonly uses?: string;
        readonly with?: Readonly<Record<string, unknown>>;
      }
    >
  >;
}

const read = (name: string): Workflow => parse(readFileSync(join(folder, name), 'utf8')) as Workflow;

describe('the workflows', () => {
  test.each(files)('%s names every action of others by the hash of a commit, and says which version that is', (name) => {
    const uses = [...readFileSync(join(folder, name), 'utf8').matchAll(/^\s*(?:- )?uses: *(.*)$/gm)].map(([, what]) => what ?? '');
    const others = uses.filter((what) => !what.startsWith('org/spaceport-actions/'));
    expect(others.filter((what) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(what))).toEqual([]);
    expect(uses.length).toBeGreaterThan(0);
  });

  test.each(files)('%s gives no right to the whole workflow, and to each job only what it names', (name) => {
    const workflow = read(name);
    expect(workflow.permissions).toEqual({});
    const rights = Object.values(workflow.jobs).map((job) => job.permissions);
    expect(rights).not.toContain(undefined);
    const written = rights.flatMap((r) =>
      Object.entries(r ?? {})
        .filter(([, level]) => level === 'write')
        .map(([right]) => right),
    );
    const wanted: Readonly<Record<string, readonly string[]>> = {
      'release.yml': ['contents'],
      'preflight.yml': ['pull-requests', 'statuses'],
      'drift.yml': ['issues'],
    };
    expect(written.filter((right) => right !== 'id-token')).toEqual(wanted[name] ?? []);
  });

  test('a push to main or development deploys; a deployment that has begun is never cancelled, and is the only one of its environment', () => {
    const { on, jobs } = read('deploy.yml');
    expect(on['push']?.branches).toEqual(['main', 'development']);
    for (const job of [jobs['deploy'], read('promote.yml').jobs['promote'], read('destroy.yml').jobs['destroy']]) {
      const group = "spaceport-${{ needs.environment.outputs.environment }}${{ inputs.aws-region && format('-{0}', inputs.aws-region) }}";
      expect(job?.concurrency).toEqual({ group, 'cancel-in-progress': false });
      expect(job?.environment).toBe('${{ needs.environment.outputs.github-environment }}');
    }
  });

  test('a deployment of many environments goes wave by wave, each with the inputs of a single one', () => {
    const { on, jobs } = read('fan-out.yml');
    const { waves, ...rest } = jobs;
    expect(waves?.steps?.at(-2)?.with).toMatchObject({ depth: 'none', environments: '${{ inputs.environments }}' });
    const list = Object.entries(rest);
    expect(list.map(([name]) => name)).toEqual(['wave-1', 'wave-2', 'wave-3', 'wave-4', 'wave-5']);
    for (const [i, [, job]] of list.entries()) {
      const matrix = `fromJSON(needs.waves.outputs.waves)[${i}]`;
      expect(job).toMatchObject({
        needs: i ? ['waves', `wave-${i}`] : 'waves',
        ...(i ? { if: matrix } : {}),
        strategy: { matrix: `\${{ ${matrix} }}`, 'fail-fast': '${{ inputs.fail-fast }}' },
        uses: 'org/spaceport-actions/.github/workflows/deploy.yml@v1',
      });
      const given = Object.keys(job.with ?? {}).filter((name) => name !== 'aws-region' && name !== 'environment');
      expect(given.filter((name) => !(name in (on['workflow_call']?.inputs ?? {})))).toEqual([]);
      expect(job.with).toMatchObject({ environment: '${{ matrix.environment }}', 'aws-region': '${{ matrix.region }}' });
    }
  });

  test('a deployment hands on which system, which stacks and which image', () => {
    const { on, jobs } = read('deploy.yml');
    const given = jobs['deploy']?.steps?.find(({ id }) => id === 'deploy')?.with;
    for (const input of ['system', 'stacks', 'image-tag', 'plan-digest']) {
      expect(on['workflow_call']?.inputs).toHaveProperty(input);
      expect(given).toHaveProperty(input, `\${{ inputs.${input} }}`);
    }
  });

  test('a deployment of code alone builds and scans without rights in AWS, then gives the image to the services of one stack, and touches none', () => {
    const { jobs } = read('deploy-code.yml');
    expect(jobs['build']?.permissions).toEqual({ contents: 'read' });
    expect(jobs['deploy']?.needs).toEqual(['environment', 'build']);
    expect(jobs['deploy']?.concurrency).toEqual(read('deploy.yml').jobs['deploy']?.concurrency);
    expect(jobs['deploy']?.steps?.find(({ id }) => id === 'deploy')?.with).toMatchObject({
      mode: 'code',
      stacks: '${{ inputs.stack }}',
      'image-tag': '${{ needs.build.outputs.tag }}',
      'timeout-minutes': 60, // and twenty to verify and go back, within those of the job
    });
    expect(jobs['deploy']?.['timeout-minutes']).toBeGreaterThanOrEqual(60 + 20);
  });

  test('cloudweave goes from a push to staging, and from main, once it was tested there and approved, to production', () => {
    const { on, jobs } = read('cloudweave-pipeline.yml');
    expect(on['push']?.branches).toEqual(['main', 'develop']);
    const needs = Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, [job.needs ?? []].flat()]));
    expect(needs).toMatchObject({
      build: ['backend-tests', 'frontend-tests', 'security'],
      push: ['build'],
      'deploy-staging': ['build', 'push'],
      'end-to-end': ['deploy-staging'],
      'dynamic-scan': ['deploy-staging'],
      performance: ['deploy-staging'],
      'deploy-production': ['build', 'push', 'end-to-end', 'dynamic-scan', 'performance'],
    });
    expect(jobs['deploy-production']).toMatchObject({ if: "github.ref == 'refs/heads/main'", environment: 'production' });
  });

  test('cloudweave deploys an environment while nothing else does, a destruction included', () => {
    const { jobs } = read('cloudweave-pipeline.yml');
    const deploying = Object.entries(jobs).filter(([, { steps = [] }]) => steps.some(({ uses }) => uses?.includes('/deploy@')));
    expect(deploying.map(([name]) => name)).toEqual(['push', 'deploy-staging', 'deploy-production']);
    for (const [, { concurrency, environment }] of deploying)
      expect(concurrency).toEqual({ group: `spaceport-${environment}`, 'cancel-in-progress': false });
  });

  test('a pull request is checked with its own rights, never with those of the base branch', () => {
    expect(Object.keys(read('preflight.yml').on)).toEqual(['pull_request', 'workflow_call']);
    expect(files.filter((name) => 'pull_request_target' in read(name).on)).toEqual([]);
  });

  test('a promotion asks for target, reason and confirmation, however it is started', () => {
    const { on } = read('promote.yml');
    for (const how of ['workflow_dispatch', 'workflow_call']) {
      const required = Object.entries(on[how]?.inputs ?? {}).filter(([, input]) => input.required);
      expect(required.map(([name]) => name)).toEqual(['to', 'reason', 'confirm']);
    }
  });

  test('a destruction asks for its environment, and deletes nothing unless somebody says that it is no dry run', () => {
    const { on } = read('destroy.yml');
    expect(Object.keys(on)).toEqual(['workflow_dispatch', 'workflow_call']);
    for (const { inputs = {} } of Object.values(on).flatMap((how) => how ?? [])) {
      expect(Object.keys(inputs).filter((name) => inputs[name]?.required)).toEqual(['environment']);
      expect(inputs['dry-run']).toMatchObject({ type: 'boolean', default: true });
    }
  });
});

/** The linters, by what must be installed for them; `npm run setup:act` does it, where Go and Python are. */
const linters = [
  { name: 'actionlint', tool: '.tools/bin/actionlint', args: ['-shellcheck=', '-pyflakes=', ...paths] },
  { name: 'zizmor', tool: '.tools/venv/bin/zizmor', args: ['--offline', '--no-progress', join(root, '.github'), ...actionFiles] },
  {
    name: 'the schema of workflows',
    tool: '.tools/venv/bin/check-jsonschema',
    args: ['--builtin-schema', 'vendor.github-workflows', ...paths],
  },
  {
    name: 'the schema of actions',
    tool: '.tools/venv/bin/check-jsonschema',
    args: ['--builtin-schema', 'vendor.github-actions', ...actionFiles],
  },
] as const;

for (const { name, tool, args } of linters) {
  const whenInstalled = existsSync(join(root, tool)) ? test : test.skip;
  whenInstalled(`${name} finds nothing to object to (npm run setup:act installs it)`, async () => {
    const found = await promisify(execFile)(join(root, tool), [...args]).then(
      () => '',
      (e: { stdout: string; stderr: string }) => e.stdout + e.stderr,
    );
    expect(found).toBe('');
  });
}
