import { monitoringEnvironmentSchema } from './monitoring-schema.ts';
import { monitoringEnvironments } from './monitoring.ts';

test.each(Object.entries(monitoringEnvironments))('what is set for %s is within the limits of the services', (_, data) => {
  expect(monitoringEnvironmentSchema.parse(data)).toEqual(data);
});

test('every environment keeps backups for 30 days and promises 99.9 %', () => {
  const kept = Object.values(monitoringEnvironments).map(({ backups, objectives }) => [backups.keepDays, objectives.availablePercent]);
  expect(kept).toEqual([
    [30, 99.9],
    [30, 99.9],
    [30, 99.9],
  ]);
});

test('no two environments have one network, so that they can be joined', () => {
  const blocks = Object.values(monitoringEnvironments).map(({ network }) => network.cidr);
  expect(new Set(blocks).size).toBe(blocks.length);
});

test('everything that is wrong is said at once', () => {
  const { prod } = monitoringEnvironments;
  const wrong = {
    ...prod,
    owner: 'a & b',
    network: { ...prod?.network, zones: 2 },
    functions: { ...prod?.functions, api: { memoryMb: 1, timeoutSeconds: 10, provisioned: { min: 2, max: 5, targetPercent: 70 } } },
    storage: { ...prod?.storage, archiveDays: 31 },
  };
  expect(monitoringEnvironmentSchema.safeParse(wrong).error?.issues.map(({ path }) => path.join('.'))).toEqual([
    'owner',
    'network',
    'functions.api.memoryMb',
    'functions.api',
    'storage',
  ]);
});

test('what is provisioned must be reserved', () => {
  const { dev } = monitoringEnvironments;
  const wrong = {
    ...dev,
    functions: { ...dev?.functions, api: { memoryMb: 256, timeoutSeconds: 10, provisioned: { min: 2, max: 5, targetPercent: 70 } } },
  };
  expect(monitoringEnvironmentSchema.safeParse(wrong).error?.issues.map(({ message }) => message)).toEqual([
    'what is provisioned must be reserved',
  ]);
});
