import { cloudWeaveEnvironmentSchema } from './cloudweave-schema.ts';
import { cloudWeaveEnvironments, type EnvironmentConfig } from './cloudweave.ts';

test.each(Object.entries(cloudWeaveEnvironments))('what is set for %s is within the limits of the services', (_, data) => {
  expect(cloudWeaveEnvironmentSchema.parse(data)).toEqual(data);
});

test('staging is as production at a smaller scale: database and NAT gateways', () => {
  const sizes = Object.values(cloudWeaveEnvironments).map(({ database, natGateways }) => [
    database.instanceClass,
    database.multiAZ,
    natGateways,
  ]);
  expect(sizes).toEqual([
    ['db.t3.micro', false, 1],
    ['db.t3.medium', true, 3],
  ]);
});

test('the data of an environment is an EnvironmentConfig, whose fields are those of the document', () => {
  const config: EnvironmentConfig = cloudWeaveEnvironments['production']!;
  expect(config).toMatchObject({
    environment: 'production',
    region: 'us-west-2',
    vpc: { cidr: '10.0.0.0/16', availabilityZones: ['us-west-2a', 'us-west-2b', 'us-west-2c'] },
    database: { instanceClass: 'db.t3.medium', multiAZ: true, backupRetention: 7 },
    compute: {
      frontend: { cpu: 2048, memory: 4096, desiredCount: 2, maxCount: 10 },
      backend: { cpu: 1024, memory: 2048, desiredCount: 2, maxCount: 20 },
    },
  });
});

test('everything that is wrong is said at once', () => {
  const { production } = cloudWeaveEnvironments;
  const wrong = {
    ...production,
    owner: 'a & b',
    database: { ...production?.database, backupRetention: 0 },
    compute: {
      frontend: { cpu: 2048, memory: 1024, desiredCount: 2, maxCount: 10 },
      backend: { cpu: 1024, memory: 2048, desiredCount: 9, maxCount: 3 },
    },
    natGateways: 4,
  };
  expect(cloudWeaveEnvironmentSchema.safeParse(wrong).error?.issues.map(({ path }) => path.join('.'))).toEqual([
    'database.backupRetention',
    'compute.frontend',
    'compute.backend',
    'owner',
    'natGateways',
  ]);
});

test.each([
  ['zones of another region', { region: 'eu-west-1' }, 'the zones must be of the region'],
  ['one block twice', { subnets: { public: ['10.0.1.0/24', '10.0.1.0/24', '10.0.3.0/24'] } }, 'no two subnets may have one block'],
  [
    'a block of another network',
    { subnets: { public: ['10.9.1.0/24', '10.0.2.0/24', '10.0.3.0/24'] } },
    'the subnets must be within the VPC',
  ],
])('%s are refused', (_, change, message) => {
  const data = cloudWeaveEnvironments['staging']!;
  const changed = { ...data, ...change, subnets: { ...data.subnets, ...('subnets' in change ? change.subnets : {}) } };
  expect(cloudWeaveEnvironmentSchema.safeParse(changed).error?.issues.map((issue) => issue.message)).toEqual([message]);
});
