import { CfnOutput, Duration, RemovalPolicy, SecretValue, Stack, Tags } from 'aws-cdk-lib/core';
import { InstanceType, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import {
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  ParameterGroup,
  PostgresEngineVersion,
  StorageType,
  SubnetGroup,
} from 'aws-cdk-lib/aws-rds';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { toRetention } from '../../lib/retention.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';
import type { FoundationStack } from './foundation-stack.ts';
import type { NetworkStack } from './network-stack.ts';
import { ports } from './ports.ts';

const databaseUser = 'cloudweave_user';

/** The database, the cache, and the secrets that the backend reads. */
export class DataStack extends Stack {
  readonly database: DatabaseInstance;
  readonly databaseSubnets: SubnetGroup;
  readonly cache: CfnReplicationGroup;
  readonly secrets: Readonly<Record<'database' | 'jwt' | 'redis' | 'redisToken', ISecret>>;

  constructor(scope: Construct, id: string, blueprint: Blueprint, network: NetworkStack, foundation: FoundationStack) {
    super(scope, id, toStackProps(blueprint.request, 'CloudWeave: database, cache and secrets'));
    Tags.of(this).add('stack', id);
    // As it is: nothing here may change the key of another stack.
    const dataKey = Key.fromKeyArn(this, 'DataKey', foundation.dataKey.keyArn);
    const user = this.#makeUser(blueprint, dataKey);
    this.databaseSubnets = new SubnetGroup(this, 'DatabaseSubnets', {
      subnetGroupName: blueprint.names.databaseSubnets,
      description: 'The subnets of the database',
      vpc: network.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.database = this.#makeDatabase(blueprint, network, dataKey, user);
    const redisToken = this.#makeToken(blueprint, dataKey);
    this.cache = this.#makeCache(blueprint, network, dataKey, redisToken);
    this.secrets = {
      // With the host that the attachment adds.
      database: user,
      jwt: this.#makeJwt(blueprint, dataKey),
      redis: this.#makeRedis(blueprint, dataKey),
      redisToken,
    };
    new CfnOutput(this, 'DatabaseEndpoint', { value: this.database.dbInstanceEndpointAddress, description: 'Host name of the database' });
    new CfnOutput(this, 'RedisEndpoint', { value: this.cache.attrPrimaryEndPointAddress, description: 'Host name of the cache' });
  }

  #makeUser({ names, data }: Blueprint, encryptionKey: IKey): Secret {
    return new Secret(this, 'DatabaseSecret', {
      secretName: names.databaseSecret,
      description: 'Host, user, password and name of the database',
      encryptionKey,
      removalPolicy: RemovalPolicy.RETAIN,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: databaseUser, database: data.databaseName }),
        generateStringKey: 'password',
        passwordLength: 40,
        excludePunctuation: true,
      },
    });
  }

  #makeDatabase({ request, data, names }: Blueprint, { vpc, groups }: NetworkStack, key: IKey, user: Secret): DatabaseInstance {
    const engine = DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.of('15.13', '15') });
    return new DatabaseInstance(this, 'Database', {
      instanceIdentifier: names.database,
      engine,
      // The template says which version runs; RDS would move on without it.
      autoMinorVersionUpgrade: false,
      instanceType: new InstanceType(data.database.instanceClass.replace(/^db\./, '')),
      databaseName: data.databaseName,
      credentials: Credentials.fromSecret(user, databaseUser),
      vpc,
      subnetGroup: this.databaseSubnets,
      securityGroups: [groups.database],
      port: ports.database,
      multiAz: data.database.multiAZ,
      storageType: StorageType.GP3,
      allocatedStorage: data.storage.initialGb,
      maxAllocatedStorage: data.storage.mostGb,
      storageEncrypted: true,
      storageEncryptionKey: key,
      backupRetention: Duration.days(data.database.backupRetention),
      preferredBackupWindow: '03:00-04:00',
      preferredMaintenanceWindow: 'sun:04:30-sun:05:30',
      copyTagsToSnapshot: true,
      deletionProtection: request.protected,
      removalPolicy: RemovalPolicy.RETAIN,
      publiclyAccessible: false,
      iamAuthentication: true,
      parameterGroup: new ParameterGroup(this, 'DatabaseParameters', { engine, description: 'PostgreSQL of cloudweave', parameters }),
      cloudwatchLogsExports: ['postgresql'],
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: key,
    });
  }

  /** AUTH wants 16 to 128 characters. */
  #makeToken({ names }: Blueprint, encryptionKey: IKey): Secret {
    return new Secret(this, 'RedisToken', {
      secretName: names.redisToken,
      description: 'What clients of the cache authenticate with',
      encryptionKey,
      removalPolicy: RemovalPolicy.RETAIN,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
  }

  #makeCache({ request, data }: Blueprint, { vpc, groups }: NetworkStack, key: IKey, token: ISecret): CfnReplicationGroup {
    const subnets = new CfnSubnetGroup(this, 'CacheSubnets', {
      description: 'The subnets of the cache',
      subnetIds: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED }).subnetIds,
    });
    const parameters = new CfnParameterGroup(this, 'CacheParameters', {
      cacheParameterGroupFamily: 'redis7',
      description: 'Redis of cloudweave: sessions outlive cached answers',
      properties: { 'maxmemory-policy': 'volatile-lru' },
    });
    const cache = new CfnReplicationGroup(this, 'Cache', {
      replicationGroupDescription: `Sessions and answers of the API in ${request.environment}`,
      engine: 'redis',
      engineVersion: '7.1',
      cacheNodeType: 'cache.t3.micro',
      // One primary and one replica.
      numNodeGroups: 1,
      replicasPerNodeGroup: 1,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      port: ports.cache,
      atRestEncryptionEnabled: true,
      kmsKeyId: key.keyArn,
      transitEncryptionEnabled: true,
      authToken: token.secretValue.unsafeUnwrap(),
      cacheSubnetGroupName: subnets.ref,
      cacheParameterGroupName: parameters.ref,
      securityGroupIds: [groups.cache.securityGroupId],
      snapshotRetentionLimit: data.database.backupRetention,
      autoMinorVersionUpgrade: true,
    });
    cache.applyRemovalPolicy(toRetention({ guarded: request.protected }));
    return cache;
  }

  /** 64 digits of base 16 are 256 bits. */
  #makeJwt({ names }: Blueprint, encryptionKey: IKey): Secret {
    return new Secret(this, 'JwtSecret', {
      secretName: names.jwtSecret,
      description: 'What tokens of users are signed with, and how long they are valid',
      encryptionKey,
      removalPolicy: RemovalPolicy.RETAIN,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ expiresIn: '15m', refreshExpiresIn: '7d' }),
        generateStringKey: 'secret',
        passwordLength: 64,
        excludePunctuation: true,
        excludeUppercase: true,
        requireEachIncludedType: false,
        excludeCharacters: 'ghijklmnopqrstuvwxyz',
      },
    });
  }

  /** Where the cache is; nothing of it is secret, but it is found where the rest is. */
  #makeRedis({ names }: Blueprint, encryptionKey: IKey): Secret {
    const place = { endpoint: this.cache.attrPrimaryEndPointAddress, port: ports.cache };
    return new Secret(this, 'RedisSecret', {
      secretName: names.redisSecret,
      description: 'Host name and port of the cache',
      encryptionKey,
      removalPolicy: RemovalPolicy.RETAIN,
      secretStringValue: SecretValue.unsafePlainText(this.toJsonString(place)),
    });
  }
}

/**
 * What differs from RDS's own values: TLS only, statistics of queries, slow ones in the log, and sessions that hang ended.
 *
 * @source https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html
 */
const parameters = {
  'rds.force_ssl': '1',
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track': 'all',
  log_min_duration_statement: '1000',
  log_lock_waits: '1',
  idle_in_transaction_session_timeout: '60000',
  random_page_cost: '1.1',
};
