import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  ParameterGroup,
  PerformanceInsightRetention,
  PostgresEngineVersion,
  StorageType,
  SubnetGroup,
} from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { serviceKey } from '../../lib/service-key.ts';
import { BalancerStack } from './balancer-stack.ts';
import type { Blueprint } from './blueprint.ts';
import { databasePort } from './ports.ts';

/** The name of the database in the instance. */
export const databaseName = 'balancer';

const engine = DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.of('16', '16') });

/** The PostgreSQL of the environment, in the isolated subnets. */
export class DatabaseStack extends BalancerStack {
  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, 'database', blueprint, 'the database');
    const { data, names, request } = blueprint;
    const { database } = data;
    const key = serviceKey(this, 'Key', {
      alias: names.databaseKey,
      description: 'The database of balancer and its backups',
      services: [],
    });
    const instance = new DatabaseInstance(this, 'Database', {
      engine,
      instanceIdentifier: names.database,
      instanceType: new InstanceType(database.instanceClass),
      databaseName,
      port: databasePort,
      credentials: Credentials.fromSecret(Secret.fromSecretCompleteArn(this, 'Credentials', this.take('databaseSecretArn'))),
      vpc: this.takeNetwork(),
      subnetGroup: SubnetGroup.fromSubnetGroupName(this, 'Subnets', this.take('databaseSubnetGroupName')),
      securityGroups: [this.takeSecurityGroup('databaseSecurityGroupId')],
      publiclyAccessible: false,
      parameterGroup: this.#makeParameters(),
      storageType: StorageType.GP3,
      allocatedStorage: database.storageGb,
      maxAllocatedStorage: database.maxStorageGb,
      storageEncryptionKey: key,
      multiAz: database.multiAz,
      backupRetention: Duration.days(database.backupDays),
      deleteAutomatedBackups: false,
      copyTagsToSnapshot: true,
      autoMinorVersionUpgrade: true,
      cloudwatchLogsExports: ['postgresql'],
      deletionProtection: request.protected,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(database.performanceInsights
        ? { performanceInsightEncryptionKey: key, performanceInsightRetention: PerformanceInsightRetention.DEFAULT }
        : {}),
    });
    instance.node.addDependency(this.#makeLog());
    this.give('databaseEndpoint', instance.dbInstanceEndpointAddress, 'Host name of the database');
    this.give('databasePort', instance.dbInstanceEndpointPort, 'Port of the database');
  }

  #makeParameters(): ParameterGroup {
    return new ParameterGroup(this, 'Parameters', {
      engine,
      name: this.blueprint.names.databaseParameters,
      description: 'TLS only; statements that take long are logged',
      parameters: { 'rds.force_ssl': '1', log_min_duration_statement: '1000' },
    });
  }

  /** RDS would make it by itself, and keep it for ever. */
  #makeLog(): LogGroup {
    const { data, names } = this.blueprint;
    return new LogGroup(this, 'Log', {
      logGroupName: `/aws/rds/instance/${names.database}/postgresql`,
      retention: data.logs.retentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
