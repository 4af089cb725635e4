import { Stack } from 'aws-cdk-lib/core';
import { ContainerImage, Secret as ContainerSecret } from 'aws-cdk-lib/aws-ecs';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Role, type IRole } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { BalancerService } from '../../environments/balancer.ts';
import { attachPolicy, type Permission } from '../../lib/attach-policy.ts';
import { keyUse } from '../../lib/service-key.ts';
import type { Blueprint } from './blueprint.ts';
import { databaseName } from './database-stack.ts';
import { queueExports, type ExportId } from './export-names.ts';
import { metricNamespace } from './part-names.ts';
import { apiPort } from './ports.ts';

/** What tasks are made of that other stacks hold: image, secrets, addresses, and what a service may do with them. */
export class TaskSources extends Construct {
  readonly image: ContainerImage;
  /** Starts the tasks of all services. */
  readonly executionRole: IRole;
  readonly secrets: Readonly<Record<string, ContainerSecret>>;
  readonly #blueprint: Blueprint;
  readonly #take: (id: ExportId) => string;

  constructor(scope: Construct, id: string, blueprint: Blueprint, take: (id: ExportId) => string) {
    super(scope, id);
    this.#blueprint = blueprint;
    this.#take = take;
    const repository = Repository.fromRepositoryAttributes(this, 'Images', {
      repositoryName: take('imageRepositoryName'),
      repositoryArn: this.#arnOf('ecr', `repository/${take('imageRepositoryName')}`),
    });
    this.image = ContainerImage.fromEcrRepository(repository, blueprint.imageTag);
    this.executionRole = Role.fromRoleArn(this, 'ExecutionRole', take('executionRoleArn'));
    // The constructs would ask the policy of the key for it, and that is another stack's.
    attachPolicy(this, 'SecretsKeyPolicy', this.executionRole, 'secrets-key', [
      { actions: ['kms:Decrypt'], resources: [take('secretsKeyArn')] },
    ]);
    const secretOf = (name: string, arn: string) => Secret.fromSecretCompleteArn(this, name, arn);
    const database = secretOf('DatabaseSecret', take('databaseSecretArn'));
    this.secrets = {
      APP_CONFIG: ContainerSecret.fromSecretsManager(secretOf('ConfigSecret', take('configSecretArn'))),
      DATABASE_USERNAME: ContainerSecret.fromSecretsManager(database, 'username'),
      DATABASE_PASSWORD: ContainerSecret.fromSecretsManager(database, 'password'),
    };
  }

  /** Gives the variables of a service's containers; none of them is secret, and what changes while they run is a parameter. */
  variablesOf(service: BalancerService): Readonly<Record<string, string>> {
    const { request, names } = this.#blueprint;
    return {
      ENVIRONMENT: request.environment,
      SERVICE: service,
      PORT: String(apiPort),
      PARAMETERS: names.parameters,
      DATABASE_HOST: this.#take('databaseEndpoint'),
      DATABASE_PORT: this.#take('databasePort'),
      DATABASE_NAME: databaseName,
      ASSETS_BUCKET: this.#take('assetsBucketName'),
      BACKUPS_BUCKET: this.#take('backupsBucketName'),
      METRIC_NAMESPACE: metricNamespace(request.environment),
    };
  }

  /** Gives what a service may do: all send work, the worker does it, and the scheduler keeps backups. */
  permissionsOf(service: BalancerService): readonly Permission[] {
    const { names, request } = this.#blueprint;
    const queues = Object.values(queueExports).map((id) => this.#take(id));
    const objectsOf = (bucket: ExportId): string => `arn:${Stack.of(this).partition}:s3:::${this.#take(bucket)}/*`;
    const shared: readonly Permission[] = [
      { actions: ['sqs:GetQueueAttributes', 'sqs:SendMessage'], resources: queues },
      { actions: keyUse, resources: [this.#take('sqsKeyArn'), this.#take('s3KeyArn')] },
      {
        actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
        resources: [this.#arnOf('ssm', `parameter${names.parameters}`), this.#arnOf('ssm', `parameter${names.parameters}/*`)],
      },
      // API keys are parameters that somebody encrypted with this key.
      { actions: ['kms:Decrypt'], resources: [this.#take('secretsKeyArn')] },
      // A metric is no resource.
      {
        actions: ['cloudwatch:PutMetricData'],
        resources: ['*'],
        conditions: { StringEquals: { 'cloudwatch:namespace': metricNamespace(request.environment) } },
      },
    ];
    const assets: Permission = { actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], resources: [objectsOf('assetsBucketName')] };
    switch (service) {
      case 'api':
        return [...shared, assets];
      case 'worker':
        return [
          ...shared,
          assets,
          { actions: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'], resources: queues },
        ];
      case 'scheduler':
        return [...shared, { actions: ['s3:GetObject', 's3:PutObject'], resources: [objectsOf('backupsBucketName')] }];
    }
  }

  #arnOf(service: string, resource: string): string {
    const { partition, region, account } = Stack.of(this);
    return `arn:${partition}:${service}:${region}:${account}:${resource}`;
  }
}
