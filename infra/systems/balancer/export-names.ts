import type { BalancerQueue, BalancerService } from '../../environments/balancer.ts';

const rows = {
  vpcId: 'networking-vpc-id',
  publicSubnetIds: 'networking-public-subnet-ids',
  privateSubnetIds: 'networking-private-subnet-ids',
  isolatedSubnetIds: 'networking-isolated-subnet-ids',
  availabilityZones: 'networking-availability-zones',
  databaseSubnetGroupName: 'networking-db-subnet-group-name',
  albSecurityGroupId: 'security-alb-security-group-id',
  ecsSecurityGroupId: 'security-ecs-security-group-id',
  databaseSecurityGroupId: 'security-database-security-group-id',
  vpcEndpointSecurityGroupId: 'security-vpc-endpoint-security-group-id',
  executionRoleArn: 'security-execution-role-arn',
  apiRoleArn: 'security-api-role-arn',
  workerRoleArn: 'security-worker-role-arn',
  schedulerRoleArn: 'security-scheduler-role-arn',
  logsBucketName: 's3-logs-bucket-name',
  assetsBucketName: 's3-assets-bucket-name',
  backupsBucketName: 's3-backups-bucket-name',
  s3KeyArn: 's3-key-arn',
  imageRepositoryName: 's3-image-repository-name',
  backgroundJobQueueArn: 'sqs-background-job-queue-arn',
  dataRefreshQueueArn: 'sqs-data-refresh-queue-arn',
  notificationQueueArn: 'sqs-notification-queue-arn',
  sqsKeyArn: 'sqs-key-arn',
  configSecretArn: 'secrets-config-secret-arn',
  databaseSecretArn: 'secrets-database-secret-arn',
  secretsKeyArn: 'secrets-key-arn',
  hostedZoneId: 'hosted-zone-id',
  databaseEndpoint: 'database-endpoint',
  databasePort: 'database-port',
  certificateArn: 'certificate-arn',
  webAclArn: 'waf-web-acl-arn',
  clusterName: 'compute-cluster-name',
  albFullName: 'compute-alb-full-name',
  apiTargetGroupFullName: 'compute-api-target-group-full-name',
  apiLogGroupName: 'compute-api-log-group-name',
  workerLogGroupName: 'compute-worker-log-group-name',
  schedulerLogGroupName: 'compute-scheduler-log-group-name',
  logsKeyArn: 'compute-logs-key-arn',
} as const;

/** The id of what one stack exports for others. */
export type ExportId = keyof typeof rows;

/** Gives the names of the exports of an environment: the environment, the stack that exports it, and what it is. */
export function exportNames(environment: string): Readonly<Record<ExportId, string>> {
  return Object.fromEntries(Object.entries(rows).map(([id, name]) => [id, `${environment}-${name}`])) as Record<ExportId, string>;
}

/** The export with the ARN of each queue. */
export const queueExports: Readonly<Record<BalancerQueue, ExportId>> = {
  'background-job': 'backgroundJobQueueArn',
  'data-refresh': 'dataRefreshQueueArn',
  notification: 'notificationQueueArn',
};

/** The export with the name of the log of each service. */
export const logExports: Readonly<Record<BalancerService, ExportId>> = {
  api: 'apiLogGroupName',
  worker: 'workerLogGroupName',
  scheduler: 'schedulerLogGroupName',
};
