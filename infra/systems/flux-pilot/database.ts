import { RemovalPolicy } from 'aws-cdk-lib/core';
import { CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { CfnDBInstance, CfnDBSubnetGroup, type CfnDBInstanceProps } from 'aws-cdk-lib/aws-rds';
import { CfnRotationSchedule } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { IsolatedNetwork } from '../../lib/isolated-network.ts';
import type { Blueprint } from './blueprint.ts';

/** The port that PostgreSQL answers on. */
export const databasePort = 5432;

/** The name of the database in the instance. */
export const databaseName = 'fluxsystems';

/** The database, and where its password is. */
export interface Database {
  readonly instance: CfnDBInstance;
  readonly secretArn: string;
}

/**
 * Makes the PostgreSQL of an environment: in a network of its own, or, without one, in the account's default VPC.
 *
 * In the default VPC it takes the VPC's subnets and security group by leaving both out, so nothing has to be looked up. RDS
 * makes the password, keeps it in Secrets Manager and rotates it; no template or parameter ever holds it.
 */
export function makeDatabase(scope: Construct, blueprint: Blueprint, network: IsolatedNetwork | undefined): Database {
  const { names, settings, request, data } = blueprint;
  const instance = new CfnDBInstance(scope, 'Database', {
    dbInstanceIdentifier: names.database,
    dbInstanceClass: data.database.instanceClass,
    engine: 'postgres',
    engineVersion: '15.13',
    // The template says which version runs; RDS would move on without it.
    autoMinorVersionUpgrade: false,
    allocatedStorage: String(data.database.storageGb),
    storageType: 'gp3',
    port: String(databasePort),
    manageMasterUserPassword: true,
    multiAz: data.database.multiAz,
    backupRetentionPeriod: data.database.backupDays,
    copyTagsToSnapshot: true,
    deletionProtection: request.protected,
    ...toOrigin(settings.databaseSnapshot),
    ...toPlace(scope, names.databaseSubnets, network),
  });
  instance.applyRemovalPolicy(RemovalPolicy.RETAIN);
  if (settings.openDatabase) openTo(scope, settings.openDatabase);
  rotate(scope, blueprint, instance);
  return { instance, secretArn: instance.attrMasterUserSecretSecretArn };
}

/** A snapshot brings its database, its user and its encryption along; CloudFormation takes none of them beside it. */
const toOrigin = (snapshot: string | undefined): Partial<CfnDBInstanceProps> =>
  snapshot ? { dbSnapshotIdentifier: snapshot } : { dbName: databaseName, masterUsername: 'fluxsystems', storageEncrypted: true };

function toPlace(scope: Construct, subnetGroup: string, network: IsolatedNetwork | undefined): Partial<CfnDBInstanceProps> {
  if (!network) return { publiclyAccessible: true };
  const group = new CfnDBSubnetGroup(scope, 'DatabaseSubnets', {
    dbSubnetGroupName: subnetGroup,
    dbSubnetGroupDescription: 'The private subnets of the database',
    subnetIds: [...network.subnetIds],
  });
  return { publiclyAccessible: false, dbSubnetGroupName: group.ref, vpcSecurityGroups: [network.servers.attrGroupId] };
}

function openTo(scope: Construct, { securityGroupId, cidrs }: NonNullable<Blueprint['settings']['openDatabase']>): void {
  cidrs.forEach((cidrIp, index) => {
    new CfnSecurityGroupIngress(scope, `OpenDatabase${index + 1}`, {
      groupId: securityGroupId,
      cidrIp,
      ipProtocol: 'tcp',
      fromPort: databasePort,
      toPort: databasePort,
      description: 'the database',
    });
  });
}

/** Sets when the secret rotates; RDS itself does it, so no function is needed. */
function rotate(scope: Construct, { profile: { rotation } }: Blueprint, instance: CfnDBInstance): void {
  if (rotation.kind === 'by-rds') return;
  new CfnRotationSchedule(scope, 'PasswordRotation', {
    secretId: instance.attrMasterUserSecretSecretArn,
    rotateImmediatelyOnUpdate: false,
    rotationRules: { automaticallyAfterDays: rotation.everyDays, duration: `${rotation.windowHours}h` },
  });
}
