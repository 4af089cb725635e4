import { Stack } from 'aws-cdk-lib/core';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { allow } from '../../lib/allow.ts';

/** What the pipeline's jobs work with. */
export interface JobStores {
  readonly uploads: IBucket;
  readonly processing: IBucket;
  readonly images: readonly IRepository[];
}

/** Makes the role of the pipeline's SageMaker jobs: they read uploads, work in their bucket, and pull their images. */
export function makeSageMakerRole(scope: Construct, roleName: string, { uploads, processing, images }: JobStores): Role {
  const { account, partition, region } = Stack.of(scope);
  const role = new Role(scope, 'SageMakerRole', {
    roleName,
    description: "What the pipeline's SageMaker jobs may do",
    assumedBy: new ServicePrincipal('sagemaker.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': account } } }),
  });
  allow(role, ['s3:GetObject'], [uploads.arnForObjects('uploads/*')]);
  allow(role, ['s3:ListBucket'], [uploads.bucketArn], { StringLike: { 's3:prefix': 'uploads/*' } });
  allow(role, ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], [processing.arnForObjects('jobs/*')]);
  allow(role, ['s3:ListBucket'], [processing.bucketArn], { StringLike: { 's3:prefix': 'jobs/*' } });
  allow(
    role,
    ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    images.map(({ repositoryArn }) => repositoryArn),
  );
  // ECR gives one token for the whole registry: this action knows no resources.
  allow(role, ['ecr:GetAuthorizationToken'], ['*']);
  const logs = `arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/*`;
  allow(role, ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], [logs]);
  // CloudWatch metrics are no resources; the namespaces narrow it down.
  allow(role, ['cloudwatch:PutMetricData'], ['*'], { StringLike: { 'cloudwatch:namespace': '/aws/sagemaker/*' } });
  return role;
}
