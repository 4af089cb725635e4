import { answers, both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const database = (properties: object, type = 'AWS::RDS::DBInstance'): Stacks => ({
  Shop: { resources: { Db: { Type: type, Properties: { Engine: 'postgres', ...properties } } } },
});
const versions = answers(
  'engineVersions',
  { engine: 'postgres' },
  new Map([
    [
      '15.7',
      [
        { version: '15.8', isMajor: false },
        { version: '16.4', isMajor: true },
      ],
    ],
    ['15.8', [{ version: '16.4', isMajor: true }]],
    ['16.4', []],
  ]),
);
const zones = (found: readonly string[], more: object = { version: '16.4' }) =>
  both(versions, answers('databaseZones', { engine: 'postgres', instanceClass: 'db.t3.micro', ...more }, found));
const micro = { EngineVersion: '16.4', DBInstanceClass: 'db.t3.micro' };
const from = (version: string) => both(versions, live(database({ EngineVersion: version })));

testCases(
  ['PF275', 'PF276', 'PF277'],
  [
    {
      code: 'PF275',
      name: 'a version that is not offered',
      stacks: database({ EngineVersion: '9.6' }),
      options: versions,
      told: ['Shop/Db: postgres 9.6 is not offered in us-west-2; the last in the list are 15.7, 15.8, 16.4.'],
    },
    { code: 'PF275', name: 'a version that is offered', stacks: database({ EngineVersion: '15.7' }), options: versions },
    { code: 'PF275', name: 'the beginning of a version', stacks: database({ EngineVersion: '16' }), options: versions },
    { code: 'PF275', name: 'a version that nobody names', stacks: database({}), options: versions },
    {
      code: 'PF275',
      name: 'a version that is offered no more, of a database that has it',
      stacks: database({ EngineVersion: '9.6', BackupRetentionPeriod: 7 }),
      options: both(versions, live(database({ EngineVersion: '9.6' }))),
    },
    {
      code: 'PF001',
      name: 'versions that may not be read',
      stacks: database({ EngineVersion: '16.4' }),
      options: denies('rds:DescribeDBEngineVersions'),
      told: ['Shop/Db: versions of postgres: needs the permission rds:DescribeDBEngineVersions on postgres.'],
    },

    {
      code: 'PF276',
      name: 'a cluster that would go back',
      stacks: database({ EngineVersion: '15.7' }, 'AWS::RDS::DBCluster'),
      options: both(versions, live(database({ EngineVersion: '15.8' }, 'AWS::RDS::DBCluster'))),
      told: ['Shop/Db: postgres cannot go from 15.8 to 15.7; it can go to 16.4.'],
    },
    {
      code: 'PF276',
      name: 'a database whose template names its version for the first time, and an old one',
      stacks: database({ EngineVersion: '15.7' }),
      options: both(
        versions,
        live(database({})),
        answers('resource', { type: 'AWS::RDS::DBInstance', identifier: 'Shop-Db' }, { EngineVersion: '16.4' }),
      ),
      told: ['Shop/Db: postgres cannot go from 16.4 to 15.7; it can go to nothing else.'],
    },
    {
      code: 'PF276',
      name: 'a major version without leave',
      stacks: database({ EngineVersion: '16.4' }),
      options: from('15.8'),
      told: ['Shop/Db: postgres goes from 15.8 to the major version 16.4 without AllowMajorVersionUpgrade.'],
    },
    {
      code: 'PF276',
      name: 'a major version with leave',
      stacks: database({ EngineVersion: '16.4', AllowMajorVersionUpgrade: true }),
      options: from('15.8'),
    },
    { code: 'PF276', name: 'a minor version', stacks: database({ EngineVersion: '15.8' }), options: from('15.7') },
    { code: 'PF276', name: 'the same version by its beginning', stacks: database({ EngineVersion: '15' }), options: from('15.8') },
    {
      code: 'PF276',
      name: 'a major version of a cluster, which CloudFormation gives leave itself',
      stacks: database({ EngineVersion: '16.4' }, 'AWS::RDS::DBCluster'),
      options: both(versions, live(database({ EngineVersion: '15.8' }, 'AWS::RDS::DBCluster'))),
    },

    {
      code: 'PF277',
      name: 'a class that is not offered for the version',
      stacks: database(micro),
      options: zones([]),
      told: ['Shop/Db: db.t3.micro for postgres 16.4 is not offered in us-west-2.'],
    },
    {
      code: 'PF277',
      name: 'a class in a zone that does not have it',
      stacks: database({ ...micro, AvailabilityZone: 'us-west-2d' }),
      options: zones(['us-west-2a', 'us-west-2b']),
      told: ['Shop/Db: db.t3.micro for postgres 16.4 is not offered in us-west-2d, only in us-west-2a, us-west-2b.'],
    },
    { code: 'PF277', name: 'a class that is offered', stacks: database(micro), options: zones(['us-west-2a']) },
    {
      code: 'PF277',
      name: 'a class that is offered for some version',
      stacks: database({ ...micro, EngineVersion: '16' }),
      options: zones(['us-west-2a'], {}),
    },
    { code: 'PF277', name: 'a serverless database', stacks: database({ ...micro, DBInstanceClass: 'db.serverless' }), options: versions },
  ],
);
