import { join } from 'node:path';
import { CfnOutput, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib/core';
import {
  BackupPlan,
  BackupPlanRule,
  BackupVault,
  CfnBackupSelection,
  CfnRestoreTestingPlan,
  CfnRestoreTestingSelection,
  type BackupPlanCopyActionProps,
} from 'aws-cdk-lib/aws-backup';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { allow } from '../../lib/allow.ts';
import { ApiFunction } from '../../lib/api-function.ts';
import { functionRole } from '../../lib/function-role.ts';
import { forAccount, serviceKey } from '../../lib/service-key.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';
import type { DataStack } from './data-stack.ts';
import type { FoundationStack } from './foundation-stack.ts';
import type { NetworkStack } from './network-stack.ts';

/** What a snapshot takes of the key that it is encrypted with. */
const keyGrants = ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'];

/** The same in every region, so that one knows that of another. */
const vaultKeyAlias = ({ names }: Blueprint): string => `${names.dataKey}-backups`;

/**
 * How the database comes back: a backup every hour, a copy of it in another region, and every week a restore that is judged by what
 * was promised.
 *
 * The vault and its key are all that another region needs to take the copies.
 */
export class RecoveryStack extends Stack {
  readonly #blueprint: Blueprint;
  readonly #network: NetworkStack;
  readonly #data: DataStack;
  readonly #foundation: FoundationStack;

  constructor(scope: Construct, id: string, blueprint: Blueprint, network: NetworkStack, foundation: FoundationStack, data: DataStack) {
    super(scope, id, toStackProps(blueprint.request, 'CloudWeave: backups, their copies, and tests of restoring them'));
    Tags.of(this).add('stack', id);
    this.#blueprint = blueprint;
    this.#network = network;
    this.#foundation = foundation;
    this.#data = data;
    const { names } = blueprint;
    const vault = new BackupVault(this, 'Vault', {
      backupVaultName: names.vault,
      encryptionKey: serviceKey(this, 'VaultKey', {
        alias: vaultKeyAlias(blueprint),
        description: 'Backups of the database, and copies of those of another region',
        services: [{ principal: 'backup.amazonaws.com', conditions: forAccount(this) }],
      }),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = this.#makeRole(vault);
    this.#planBackups(vault, role);
    this.#testRestores(vault, role);
    this.#judgeRestores();
    new CfnOutput(this, 'VaultName', { value: vault.backupVaultName, description: 'Vault of the backups' });
  }

  #planBackups(vault: BackupVault, role: Role): void {
    const { names, data } = this.#blueprint;
    const keep = { deleteAfter: Duration.days(data.recovery.keepDays) };
    const plan = new BackupPlan(this, 'Plan', {
      backupPlanName: names.backupPlan,
      backupVault: vault,
      backupPlanRules: [
        new BackupPlanRule({
          ...keep,
          ruleName: 'hourly',
          scheduleExpression: Schedule.expression(`cron(0 0/${data.recovery.pointHours} * * ? *)`),
          startWindow: Duration.hours(1),
          completionWindow: Duration.hours(2),
          copyActions: this.#toCopies(keep.deleteAfter),
        }),
      ],
    });
    new CfnBackupSelection(this, 'Selection', {
      backupPlanId: plan.backupPlanId,
      backupSelection: { selectionName: 'database', iamRoleArn: role.roleArn, resources: [this.#data.database.instanceArn] },
    }).node.addDependency(role);
  }

  /** The vault of this environment's recovery stack in the other region; its name is known before it is looked at. */
  #toCopies(deleteAfter: Duration): BackupPlanCopyActionProps[] {
    const { settings } = this.#blueprint;
    if (!settings.recoveryRegion) return [];
    return [
      {
        deleteAfter,
        destinationBackupVault: BackupVault.fromBackupVaultArn(this, 'CopyVault', this.#copyVaultArn(settings.recoveryRegion)),
      },
    ];
  }

  #copyVaultArn(region: string): string {
    return `arn:${this.partition}:backup:${region}:${this.account}:backup-vault:${this.#blueprint.names.vault}`;
  }

  /** Every week the newest backup becomes a database in the place of the real one, which is removed after it was judged. */
  #testRestores(vault: BackupVault, role: Role): void {
    const { request } = this.#blueprint;
    const plan = new CfnRestoreTestingPlan(this, 'TestPlan', {
      restoreTestingPlanName: `cloudweave_${request.environment}`,
      scheduleExpression: 'cron(0 5 ? * MON *)',
      startWindowHours: 1,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        includeVaults: [vault.backupVaultArn],
        recoveryPointTypes: ['SNAPSHOT'],
        selectionWindowDays: 1,
      },
    });
    new CfnRestoreTestingSelection(this, 'TestSelection', {
      restoreTestingPlanName: plan.ref,
      restoreTestingSelectionName: 'database',
      protectedResourceType: 'RDS',
      protectedResourceArns: [this.#data.database.instanceArn],
      iamRoleArn: role.roleArn,
      validationWindowHours: 1,
      restoreMetadataOverrides: {
        dbSubnetGroupName: this.#data.databaseSubnets.subnetGroupName,
        vpcSecurityGroupIds: this.toJsonString([this.#network.groups.database.securityGroupId]),
        multiAz: 'false',
      },
    }).node.addDependency(role);
  }

  #judgeRestores(): void {
    const { request, data, names } = this.#blueprint;
    const role = functionRole(this, 'CheckRole', names.restoreCheckRole, 'What the check of restores may do');
    // To IAM a restore is no resource.
    allow(role, ['backup:DescribeRestoreJob', 'backup:PutRestoreValidationResult'], ['*']);
    const check = new ApiFunction(this, 'Check', {
      functionName: names.restoreCheck,
      description: 'Judges a restore that was tested by what was promised',
      code: join(request.handlers, 'cloudweave', 'restore-check'),
      role,
      memoryMb: 256,
      timeoutSeconds: 60,
      logs: data.logs,
      variables: {
        ENVIRONMENT: request.environment,
        RECOVERY_TIME_HOURS: String(data.recovery.timeHours),
        RECOVERY_POINT_HOURS: String(data.recovery.pointHours),
      },
    });
    new Rule(this, 'Restored', {
      description: 'A restore came to its end',
      eventPattern: {
        source: ['aws.backup'],
        detailType: ['Restore Job State Change'],
        detail: { status: ['COMPLETED', 'FAILED'], resourceType: ['RDS'] },
      },
      targets: [new LambdaFunction(check.function, { retryAttempts: 2 })],
    });
  }

  /** What AWS Backup may do: with snapshots of this database, with what it restores of them, and with the keys of both. */
  #makeRole(vault: BackupVault): Role {
    const { names, settings } = this.#blueprint;
    const role = new Role(this, 'BackupRole', {
      description: 'What AWS Backup may do with the database',
      assumedBy: new ServicePrincipal('backup.amazonaws.com', { conditions: forAccount(this) }),
    });
    const arn = (resource: string, region = this.region): string => `arn:${this.partition}:rds:${region}:${this.account}:${resource}`;
    const snapshots = arn('snapshot:awsbackup:*');
    const restored = arn('db:awsbackup-restore-test-*');
    const { instanceArn } = this.#data.database;
    allow(
      role,
      [
        'rds:AddTagsToResource',
        'rds:CopyDBSnapshot',
        'rds:CreateDBSnapshot',
        'rds:DeleteDBSnapshot',
        'rds:DescribeDBSnapshots',
        'rds:ListTagsForResource',
      ],
      [instanceArn, snapshots],
    );
    allow(
      role,
      ['rds:AddTagsToResource', 'rds:CreateDBInstance', 'rds:DeleteDBInstance', 'rds:RestoreDBInstanceFromDBSnapshot'],
      [restored, snapshots, arn(`subgrp:${names.databaseSubnets}`), arn('pg:*'), arn('og:*')],
    );
    allow(role, ['rds:DescribeDBInstances'], [arn('db:*')]);
    allow(role, ['backup:DescribeBackupVault'], [vault.backupVaultArn]);
    const key = Key.fromKeyArn(this, 'DataKey', this.#foundation.dataKey.keyArn);
    allow(role, keyGrants, [key.keyArn]);
    if (settings.recoveryRegion)
      this.#letCopy(role, snapshots, arn('snapshot:awsbackup:*', settings.recoveryRegion), settings.recoveryRegion);
    return role;
  }

  /** The copy is made in the other region, and encrypted with the key of the vault there. */
  #letCopy(role: Role, snapshots: string, copies: string, region: string): void {
    // A copy is taken from the backup itself, whose ARN is that of the snapshot.
    allow(role, ['backup:CopyFromBackupVault'], [snapshots]);
    allow(role, ['backup:CopyIntoBackupVault', 'backup:DescribeBackupVault'], [this.#copyVaultArn(region)]);
    allow(
      role,
      ['rds:AddTagsToResource', 'rds:CopyDBSnapshot', 'rds:DeleteDBSnapshot', 'rds:DescribeDBSnapshots', 'rds:ListTagsForResource'],
      [copies],
    );
    // The key over there has an id that only that region knows: the alias stands for it.
    allow(role, keyGrants, [`arn:${this.partition}:kms:${region}:${this.account}:key/*`], {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': vaultKeyAlias(this.#blueprint) },
    });
  }
}
