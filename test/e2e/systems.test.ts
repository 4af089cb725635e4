import type { DataResource } from '../../engine/src/decision.ts';
import type { System } from '../../engine/src/system.ts';
import { bootstrap } from '../../emulator/bootstrap.ts';
import { systems } from '../../infra/systems.ts';
import { sampleSettings } from '../../infra/systems/sample.ts';
import { createReach } from './reach.ts';
import { account, createStage, region, type Stage } from './stage.ts';

/** For each system one setting that its templates show, with another value than its default. */
const changedSettings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  spaceport: { uploadUrlSeconds: 600 },
  monitoring: { healthEndpoints: ['https://example.com/'] },
  'flux-pilot': { signOutPath: '/bye' },
  balancer: { featureFlags: { 'new-search': true } },
};

const cases = systems.flatMap((system) =>
  Object.keys(system.environments).map((environment) => [system.name, environment, system] as const),
);

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({}, [account]);
});
afterAll(() => stage?.end());

function configure(system: System, environment: string, settings: Readonly<Record<string, unknown>> = {}): void {
  const guarded = system.environments[environment]?.protected ?? false;
  const config = { account, regions: [region], protected: guarded, settings: { ...sampleSettings[system.name], ...settings } };
  stage.workspace.write('.github/spaceport.yml', JSON.stringify({ system: system.name, environments: { [environment]: config } }));
}

const dataOf = (system: System, environment: string): readonly DataResource[] =>
  system.dataResources({ environment, account, region, firstRegion: region, protected: false });

const namesIn = (list: string | undefined): readonly string[] => (JSON.parse(list ?? '[]') as string[]).sort();

/** All environments live in one account, one beside the other: a name that two of them want would stop the second. */
describe.each(cases)('%s in %s', (name, environment, system) => {
  test('deploys from nothing', async () => {
    configure(system, environment);
    const result = await stage.run('deploy', { environment });
    expect(result.log).not.toContain('❌');
    expect(result.outputs).toMatchObject({ verdict: 'deployed', errors: '0', failed: '[]' });
    expect(namesIn(result.outputs['deployed'])).toEqual([...system.stackNames(environment)].sort());
    for (const line of ['Environment config validated for:', 'Resource naming conventions validated for:'])
      expect(result.log).toContain(`✅ ${line} ${environment}`);
    expect(result.log).toMatch(/📊 Resource mix: 0 imported, \d+ created/);
  });

  test('every data resource that it made can be reached', async () => {
    expect(await createReach(stage.emulator.endpoint, account).unreachable(dataOf(system, environment))).toEqual([]);
  });

  test('deployed again it is unchanged, and nothing is written', async () => {
    await stage.emulator.clearCalls();
    const result = await stage.run('deploy', { environment });
    expect(result.outputs).toMatchObject({ verdict: 'unchanged', deployed: '[]', failed: '[]' });
    // Functions that other environments run on a schedule write, too: not what a deployment is made of.
    expect((await stage.writes()).filter((call) => /^(cloudformation|ssm|ecr|iam|lambda):/.test(call))).toEqual([]);
  });

  test('a changed setting is deployed, and only the stacks that show it', async () => {
    const settings = changedSettings[name];
    expect(settings && Object.keys(settings)).toHaveLength(1);
    configure(system, environment, settings);
    const result = await stage.run('deploy', { environment });
    expect(result.outputs).toMatchObject({ verdict: 'deployed', failed: '[]' });
    const deployed = namesIn(result.outputs['deployed']);
    expect(deployed.length).toBeGreaterThan(0);
    if (system.stackNames(environment).length > 1) expect(deployed.length).toBeLessThan(system.stackNames(environment).length);
  });
});

const withData = systems.flatMap((system) => {
  const environment = Object.keys(system.environments).at(-1);
  return environment && dataOf(system, environment).length > 0 ? [[system.name, environment, system] as const] : [];
});

describe.each(withData)('%s in %s, where all its data is there already', (_, environment, system) => {
  beforeAll(async () => {
    await stage.emulator.reset();
    await bootstrap(stage.emulator, account, region);
    await createReach(stage.emulator.endpoint, account).make(dataOf(system, environment));
  });

  test('every data resource is imported, can be reached, and is left alone the second time', async () => {
    configure(system, environment);
    const resources = dataOf(system, environment);
    const first = await stage.run('deploy', { environment });
    expect(first.outputs).toMatchObject({ verdict: 'deployed', failed: '[]' });
    for (const { preferred } of resources) expect(first.log).toMatch(new RegExp(`✅ Importing existing .*: ${preferred}`));
    expect(first.log).toContain(`📊 Resource mix: ${resources.length} imported, `);
    const second = await stage.run('deploy', { environment });
    expect(second.log).not.toContain('❌');
    expect(second.outputs).toMatchObject({ verdict: 'unchanged' });
    expect(await createReach(stage.emulator.endpoint, account).unreachable(resources)).toEqual([]);
  });
});
