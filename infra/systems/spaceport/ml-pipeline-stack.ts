import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { allow } from '../../lib/allow.ts';
import { dataBucket } from '../../lib/data-bucket.ts';
import { dataRepository } from '../../lib/data-repository.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';

/** The ML pipeline's stores: the bucket it works in, the images it runs, and the roles it runs as. */
export class MlPipelineStack extends Stack {
  constructor(scope: Construct, id: string, blueprint: Blueprint, uploads: IBucket) {
    super(scope, id, toStackProps(blueprint.request, 'Spaceport: the ML pipeline'));
    Tags.of(this).add('stack', id);
    const { data, decisions, names } = blueprint;
    const processing = dataBucket(this, 'MlProcessing', decisions['ml-processing'], data.buckets);
    const sfm = dataRepository(this, 'Sfm', decisions.sfm, data.images);
    const gaussians = dataRepository(this, 'ThreeDgs', decisions['3dgs'], data.images);
    const lambdaRole = makeLambdaRole(this, names.mlLambdaRole, uploads, processing);
    const sageMakerRole = makeSageMakerRole(this, names.sageMakerRole, uploads, processing, [sfm, gaussians]);

    new CfnOutput(this, 'MlProcessingBucketName', { value: processing.bucketName, description: 'Bucket that the pipeline works in' });
    new CfnOutput(this, 'SfmRepositoryUri', { value: sfm.repositoryUri, description: 'Repository of the structure-from-motion image' });
    new CfnOutput(this, 'ThreeDgsRepositoryUri', {
      value: gaussians.repositoryUri,
      description: 'Repository of the 3D Gaussian splatting image',
    });
    new CfnOutput(this, 'MlLambdaRoleArn', { value: lambdaRole.roleArn, description: "Role of the pipeline's functions" });
    new CfnOutput(this, 'SageMakerRoleArn', { value: sageMakerRole.roleArn, description: "Role of the pipeline's SageMaker jobs" });
  }
}

function makeLambdaRole(scope: Construct, roleName: string, uploads: IBucket, processing: IBucket): Role {
  const role = new Role(scope, 'MlLambdaRole', {
    roleName,
    description: 'What the functions of the pipeline may do',
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  allow(role, ['s3:GetObject'], [uploads.arnForObjects('uploads/*'), processing.arnForObjects('*')]);
  return role;
}

function makeSageMakerRole(
  scope: Construct,
  roleName: string,
  uploads: IBucket,
  processing: IBucket,
  images: readonly IRepository[],
): Role {
  const { account, partition, region } = Stack.of(scope);
  const role = new Role(scope, 'SageMakerRole', {
    roleName,
    description: "What the pipeline's SageMaker jobs may do",
    assumedBy: new ServicePrincipal('sagemaker.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': account } } }),
  });
  allow(role, ['s3:GetObject'], [uploads.arnForObjects('uploads/*')]);
  allow(role, ['s3:ListBucket'], [uploads.bucketArn], { StringLike: { 's3:prefix': 'uploads/*' } });
  allow(role, ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], [processing.arnForObjects('*')]);
  allow(role, ['s3:ListBucket'], [processing.bucketArn]);
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
