import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { run as deploy } from '../../actions/deploy/src/run.ts';
import { table as deployTable } from '../../actions/deploy/src/inputs.ts';
import { table as preflightTable } from '../../actions/preflight/src/inputs.ts';
import { run as preflight } from '../../actions/preflight/src/run.ts';
import { bootstrap } from '../../emulator/bootstrap.ts';
import { startEmulator, type Call, type Emulator } from '../../emulator/emulator.ts';
import { createStacks } from '../../emulator/stacks.ts';
import { known } from '../../engine/src/answer.ts';
import { toCanonicalJson } from '../../engine/src/canonical.ts';
import { toFindings, type Finding } from '../../engine/src/finding.ts';
import { loadEngine } from '../../engine/src/host/cloudformation-validate.ts';
import { validate } from '../../engine/src/host/validator-worker.ts';
import { createSynthesis } from '../../engine/src/host/synthesis.ts';
import { createWorld } from '../../engine/src/host/world.ts';
import { parseInputs, type ActionTable, type Inputs } from '../../engine/src/inputs.ts';
import { once } from '../../engine/src/once.ts';
import type { Readings } from '../../engine/src/readings.ts';
import type { Report } from '../../engine/src/report/report.ts';
import type { Log, Validator, World } from '../../engine/src/world.ts';
import { toAssemblyFiles } from '../fakes/assembly.ts';
import type { Live, Scenario } from './scenario.ts';

export const region = 'us-west-2';

/** How a scenario ended under our deploy action. */
export interface Ended {
  readonly verdict: string;
  readonly findings: readonly Finding[];
  /** The calls of the action alone, in order. */
  readonly calls: readonly Call[];
  readonly log: readonly string[];
}

/** A scenario set up: its assembly in a folder, its account as it is before. */
export interface Scene {
  readonly assembly: string;
  readonly live: Live;
  /** Variables that make any program use the account. */
  readonly env: Readonly<Record<string, string>>;
  readonly end: () => void;
}

/** One emulated AWS for many scenarios, each in an account of its own. */
export interface Theatre {
  readonly emulator: Emulator;
  /** Sets a scenario up, in an account that no other one has. Not side by side: the credentials are those of the process. */
  set(scenario: Scenario): Promise<Scene>;
  end(): Promise<void>;
}

/** Starts an emulated AWS. */
export async function openTheatre(): Promise<Theatre> {
  const emulator = await startEmulator();
  let accounts = 200_000_000_000;
  return {
    emulator,
    set: async (scenario) => {
      const account = String(++accounts);
      await bootstrap(emulator, account, region);
      const live = toLive(emulator, account);
      await scenario.before?.(live);
      const folder = mkdtempSync(join(tmpdir(), 'spaceport-scenario-'));
      const assembly = join(folder, 'cdk.out');
      synthesize(scenario, assembly);
      scenario.edit?.(assembly, live);
      const job = { RUNNER_TEMP: join(folder, 'temp'), GITHUB_WORKSPACE: folder };
      const env = { ...emulator.env(account, region), ...job, ...scenario.variables };
      return { assembly, live, env, end: () => rmSync(folder, { recursive: true, force: true }) };
    },
    end: () => emulator.stop(),
  };
}

function toLive(emulator: Emulator, account: string): Live {
  const stacks = createStacks(emulator, account, region);
  return {
    emulator,
    account,
    region,
    stacks,
    deploy: async (samples) => {
      for (const [name, { resources = {}, outputs, more }] of Object.entries(samples)) {
        const template = { Resources: resources, ...(outputs ? { Outputs: outputs } : {}), ...more };
        const { status, reasons } = await stacks.deploy(name, JSON.stringify(template));
        if (!/^(CREATE|UPDATE)_COMPLETE$/.test(status)) throw new Error(`${name} was to be there before: ${status}\n${reasons}`);
      }
    },
    client: { endpoint: emulator.endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'test' } },
  };
}

function synthesize({ app }: Scenario, outdir: string): void {
  if (typeof app === 'function') {
    const root = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
    app(root);
    root.synth();
    return;
  }
  for (const [path, text] of Object.entries(toAssemblyFiles(outdir, app))) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** Gives the values of inputs. @throws Error when the scenario gives bad ones. */
function parse<const T extends ActionTable>(table: T, inputs: Readonly<Record<string, string>>): Inputs<T> {
  const { values, problems } = parseInputs(table, inputs);
  if (problems.length) throw new Error(problems.map((p) => p.message).join('\n'));
  return values;
}

const runs: Readonly<Record<'deploy' | 'preflight', (inputs: Readonly<Record<string, string>>, world: World) => Promise<Report>>> = {
  deploy: async (inputs, world) => deploy(parse(deployTable, inputs), world),
  preflight: async (inputs, world) => preflight(parse(preflightTable, inputs), world),
};

/** Runs our deploy action on a scene, in this process; with `preflight` that action instead, which only reads. */
export async function act(scenario: Scenario, { assembly, env, live }: Scene, action: 'deploy' | 'preflight' = 'deploy'): Promise<Ended> {
  const restore = layOver({ ...env, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main', GITHUB_REF_NAME: 'main' });
  const log: string[] = [];
  try {
    const inputs = { 'cdk-out': assembly, ...scenario.inputs };
    await live.emulator.clearCalls();
    const report = await runs[action](inputs, toWorld(scenario, log)).catch((thrown: unknown) => ({
      verdict: 'failed',
      findings: toFindings(thrown),
    }));
    return { verdict: report.verdict, findings: report.findings, calls: await live.emulator.calls(), log };
  } finally {
    restore();
  }
}

function toWorld({ answers = {} }: Scenario, lines: string[]): World {
  const log: Log = {
    line: (text) => void lines.push(text),
    group: (title, more) => void lines.push(title, ...more),
    debug: (text) => void lines.push(`debug: ${text}`),
  };
  const world = createWorld({ workingDirectory: '.' }, { systems: [], bundle: '', synthesis: createSynthesis('') }, log, () => {});
  return {
    ...world,
    validator,
    connect: (connection) => {
      const cloud = world.connect(connection);
      return { ...cloud, readings: overlay(cloud.readings, answers) };
    },
  };
}

/** The validator of the bundle, in this thread: it is loaded once for all scenarios. */
const engine = once(loadEngine);
const validator: Validator = {
  warm: () => {},
  stop: async () => {},
  apply: async () => known([]),
  validate: async (stacks) => {
    const answer = validate(await engine(), { stacks: stacks.map((s) => ({ ...s, template: JSON.stringify(s.template) })) });
    return known(answer.violations);
  },
};

/** Lets documented answers stand in for what the emulator does not have. */
function overlay(readings: Readings, answers: Readonly<Record<string, unknown>>): Readings {
  const kinds = Object.entries(readings) as [string, (of: object) => unknown][];
  const overlaid = kinds.map(([kind, read]) => [
    kind,
    async (of: object) => {
      const key = `${kind} ${toCanonicalJson(of)}`;
      return key in answers ? known(answers[key]) : read(of);
    },
  ]);
  return Object.fromEntries(overlaid) as Readings;
}

/** Sets variables of this process, and gives what sets them back. */
function layOver(values: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
