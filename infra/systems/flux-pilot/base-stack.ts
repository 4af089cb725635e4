import { CfnOutput, Fn, Stack, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { linkedAlarm } from '../../lib/linked-alarm.ts';
import { IsolatedNetwork } from '../../lib/isolated-network.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';
import { databaseName, databasePort, makeDatabase, type Database } from './database.ts';
import type { ExportId } from './export-names.ts';
import { makeUsers, type Users } from './users.ts';

/** What stays while the application changes: the database and the users, with an export of all that the application needs. */
export class BaseStack extends Stack {
  readonly #blueprint: Blueprint;

  constructor(scope: Construct, id: string, blueprint: Blueprint) {
    super(scope, id, toStackProps(blueprint.request, 'Flux Systems: the database and the users'));
    Tags.of(this).add('stack', id);
    this.#blueprint = blueprint;
    const network = this.#makeNetwork();
    const database = makeDatabase(this, blueprint, network);
    this.#watch(blueprint);
    this.#exportDatabase(database);
    this.#exportUsers(makeUsers(this, blueprint));
    if (network) this.#exportNetwork(network);
  }

  #makeNetwork(): IsolatedNetwork | undefined {
    const { profile, stacks, data } = this.#blueprint;
    if (profile.network.kind === 'default-vpc') return undefined;
    const { cidr, zones, subnetBits } = profile.network;
    return new IsolatedNetwork(this, 'Network', {
      name: stacks.base,
      cidr,
      zones,
      subnetBits,
      services: ['secretsmanager'],
      serverPort: databasePort,
      logRetentionDays: data.logs.retentionDays,
    });
  }

  #exportDatabase({ instance, secretArn }: Database): void {
    this.#export('databaseEndpoint', 'DatabaseEndpoint', instance.attrEndpointAddress, 'Host name of the database');
    this.#export('databasePort', 'DatabasePort', instance.attrEndpointPort, 'Port of the database');
    this.#export('databaseName', 'DatabaseName', databaseName, 'Name of the database in the instance');
    this.#export('databaseSecretArn', 'DatabaseSecretArn', secretArn, 'Secret with the user and the password of the database');
  }

  #exportUsers({ pool, client, domain }: Users): void {
    this.#export('userPoolId', 'UserPoolId', pool.userPoolId, 'Id of the user pool');
    this.#export('userPoolClientId', 'UserPoolClientId', client.userPoolClientId, 'Id of the client that the website signs in with');
    this.#export('userPoolArn', 'UserPoolArn', pool.userPoolArn, 'ARN of the user pool');
    this.#export('userPoolDomain', 'UserPoolDomain', domain.domainName, "Prefix of the sign-in page's address");
  }

  #exportNetwork({ subnetIds, clients }: IsolatedNetwork): void {
    this.#export('functionSubnetIds', 'FunctionSubnetIds', Fn.join(',', [...subnetIds]), 'Subnets of the functions, joined by commas');
    this.#export('functionSecurityGroupId', 'FunctionSecurityGroupId', clients.attrGroupId, 'Security group of the functions');
  }

  #export(id: ExportId, key: string, value: string, description: string): void {
    new CfnOutput(this, key, { value, description, exportName: this.#blueprint.exports[id] });
  }

  #watch({ names, settings, data }: Blueprint): void {
    const shared = { topics: settings.alarmTopics, periods: 3 };
    const metric = { namespace: 'AWS/RDS', dimensions: { DBInstanceIdentifier: names.database }, statistic: 'Average' };
    linkedAlarm(this, 'DatabaseStorageAlarm', {
      ...shared,
      alarmName: names.databaseStorageAlarm,
      says: 'The database is running out of storage.',
      runbookUrl: `${settings.runbookUrl}#the-database-runs-out-of-storage`,
      metric: { ...metric, metricName: 'FreeStorageSpace' },
      rings: 'below',
      threshold: data.database.lowStorageMb * 1024 * 1024,
    });
    linkedAlarm(this, 'DatabaseCpuAlarm', {
      ...shared,
      alarmName: names.databaseCpuAlarm,
      says: 'The database has been busy for fifteen minutes.',
      runbookUrl: `${settings.runbookUrl}#the-database-is-busy`,
      metric: { ...metric, metricName: 'CPUUtilization' },
      rings: 'above',
      threshold: 80,
    });
  }
}
