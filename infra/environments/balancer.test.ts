import { balancerEnvironmentSchema } from './balancer-schema.ts';
import { balancerEnvironments } from './balancer.ts';

test.each(Object.entries(balancerEnvironments))('what is set for %s is within the limits of the services', (_, data) => {
  expect(balancerEnvironmentSchema.parse(data)).toEqual(data);
});

test('development is the smallest: one NAT gateway and a t3.micro; production has all of everything', () => {
  const sizes = Object.values(balancerEnvironments).map(({ network, database, services }) => [
    network.natGateways,
    database.instanceClass,
    database.multiAz,
    services.api.tasks.min,
  ]);
  expect(sizes).toEqual([
    [1, 't3.micro', false, 1],
    [2, 't3.medium', false, 2],
    [3, 'm6g.large', true, 3],
  ]);
});

test('only production is protected, watches the load of its database, and stands behind the firewall', () => {
  for (const [name, { protected: guarded, database, firewall }] of Object.entries(balancerEnvironments))
    expect([name, guarded, database.performanceInsights, firewall.guards]).toEqual([
      name,
      ...Array<boolean>(3).fill(name === 'production'),
    ]);
});

test('no environment ever has two schedulers', () => {
  expect(Object.values(balancerEnvironments).map(({ services }) => services.scheduler.tasks.max)).toEqual([1, 1, 1]);
});

test('no two environments have one network, so that they can be joined', () => {
  const blocks = Object.values(balancerEnvironments).map(({ network }) => network.cidr);
  expect(new Set(blocks).size).toBe(blocks.length);
});

test('everything that is wrong is said at once', () => {
  const { staging } = balancerEnvironments;
  const wrong = {
    ...staging,
    regions: [],
    owner: 'a & b',
    imageTag: 'name:tag',
    network: { ...staging?.network, natGateways: 3 },
    storage: { ...staging?.storage, archiveDays: 31 },
    database: { ...staging?.database, maxStorageGb: 50 },
    services: {
      ...staging?.services,
      api: { cpu: 256, memoryMb: 4096, tasks: { min: 3, max: 2 } },
      worker: { cpu: 300, memoryMb: 512, tasks: { min: 1, max: 1 } },
    },
  };
  expect(balancerEnvironmentSchema.safeParse(wrong).error?.issues.map(({ path }) => path.join('.'))).toEqual([
    'regions',
    'owner',
    'imageTag',
    'network',
    'storage',
    'database',
    'services.api.tasks',
    'services.api',
    'services.worker',
  ]);
});

test.each([
  [256, 512, true],
  [256, 2560, false],
  [1024, 2048, true],
  [1024, 1024, false],
  [1024, 2500, false],
  [4096, 30_720, true],
])('Fargate has tasks of %d CPU units and %d MB: %s', (cpu, memoryMb, isThere) => {
  const { staging } = balancerEnvironments;
  const services = { ...staging?.services, api: { cpu, memoryMb, tasks: { min: 1, max: 1 } } };
  expect(balancerEnvironmentSchema.safeParse({ ...staging, services }).success).toBe(isThere);
});
