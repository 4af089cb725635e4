import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { RequestServiceQuotaIncreaseCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
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
  cloudweave: { featureFlags: { reports: true } },
};

const cases = systems.flatMap((system) =>
  Object.keys(system.environments).map((environment) => [system.name, environment, system] as const),
);

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({}, [account]);
  await raiseQuotas();
});
afterAll(() => stage?.end());

function configure(system: System, environment: string, settings: Readonly<Record<string, unknown>> = {}): void {
  const guarded = system.environments[environment]?.protected ?? false;
  const config = { account, regions: [region], protected: guarded, settings: { ...sampleSettings[system.name], ...settings } };
  stage.workspace.write('.github/spaceport.yml', JSON.stringify({ system: system.name, environments: { [environment]: config } }));
}

const dataOf = (system: System, environment: string): readonly DataResource[] =>
  system.dataResources({ environment, account, region, firstRegion: region, protected: false });

const connection = () => ({ region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' } });

/** One account for all environments has more networks than AWS allows without asking. */
async function raiseQuotas(): Promise<void> {
  const quotas = new ServiceQuotasClient(connection());
  const networks: readonly (readonly [service: string, code: string])[] = [
    ['vpc', 'L-F678F1CE'],
    ['vpc', 'L-A4707A72'],
    ['ec2', 'L-0263D0A3'],
  ];
  for (const [ServiceCode, QuotaCode] of networks)
    await quotas.send(new RequestServiceQuotaIncreaseCommand({ ServiceCode, QuotaCode, DesiredValue: 50 }));
}

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

interface Owned {
  readonly what: string;
  readonly name: string;
  readonly isKept: boolean;
}

/** Gives the resources of stacks, by what AWS has of them, and whether each stays when its stack goes. */
async function readOwned(names: readonly string[]): Promise<readonly Owned[]> {
  const client = new CloudFormationClient(connection());
  const all = names.map(async (StackName): Promise<readonly Owned[]> => {
    const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName }));
    const { Resources = {} } = JSON.parse(TemplateBody) as { Resources?: Record<string, { DeletionPolicy?: string }> };
    const found: StackResourceSummary[] = [];
    for await (const page of paginateListStackResources({ client }, { StackName })) found.push(...(page.StackResourceSummaries ?? []));
    return found.map(({ LogicalResourceId = '', ResourceType = '', PhysicalResourceId = '' }) => ({
      what: `${ResourceType} ${PhysicalResourceId}`,
      name: PhysicalResourceId,
      isKept: Resources[LogicalResourceId]?.DeletionPolicy?.startsWith('Retain') ?? false,
    }));
  });
  return (await Promise.all(all)).flat();
}

/** Gives the names of all roles and functions that there are. */
async function readNames(): Promise<readonly string[]> {
  const { Roles = [] } = await new IAMClient(connection()).send(new ListRolesCommand({ MaxItems: 1_000 }));
  const { Functions = [] } = await new LambdaClient(connection()).send(new ListFunctionsCommand({ MaxItems: 1_000 }));
  return [...Roles.map((r) => r.RoleName ?? ''), ...Functions.map((f) => f.FunctionName ?? '')];
}

/** After all of them were deployed: only side by side it shows that two of them want one name. */
describe.each(cases.filter(([, environment, system]) => !system.environments[environment]?.protected))(
  '%s in %s, which is not protected',
  (_, environment, system) => {
    test('is destroyed, and nothing of its stacks is left but what is retained', async () => {
      configure(system, environment);
      const stacks = system.stackNames(environment);
      const owned = await readOwned(stacks);
      const result = await stage.run('destroy', { environment });
      expect(result.log).not.toContain('❌');
      expect(result.outputs).toMatchObject({ verdict: 'destroyed', errors: '0', failed: '[]' });
      expect(namesIn(result.outputs['destroyed'])).toEqual([...stacks].sort());
      expect(namesIn(result.outputs['kept'])).toEqual(owned.flatMap(({ what, isKept }) => (isKept ? [what] : [])).sort());
      const { Stacks = [] } = await new CloudFormationClient(connection()).send(new DescribeStacksCommand({}));
      expect(Stacks.map((s) => s.StackName).filter((name) => stacks.includes(name ?? ''))).toEqual([]);
      const left = new Set(await readNames());
      expect(owned.filter(({ name, isKept }) => !isKept && left.has(name))).toEqual([]);
      expect(await createReach(stage.emulator.endpoint, account).unreachable(dataOf(system, environment))).toEqual([]);
    });
  },
);

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
