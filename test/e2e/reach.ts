import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateRepositoryCommand, DescribeRepositoriesCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { CreateBucketCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { DataResource, DataType } from '../../engine/src/decision.ts';
import { region } from './stage.ts';

/** How a test gets at the data resources of an account, as their users would. */
export interface Reach {
  /** Gives the names that do not answer, or are not ready for use; none when all is well. */
  readonly unreachable: (resources: readonly DataResource[]) => Promise<readonly string[]>;
  /** Makes them by hand under their preferred names, in no stack; a repository with an image in it. */
  readonly make: (resources: readonly DataResource[]) => Promise<void>;
}

const imageManifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
  config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: 2, digest: `sha256:${'0'.repeat(64)}` },
  layers: [],
});

/** Makes the reach of an account in an emulated AWS. */
export function createReach(endpoint: string, account: string): Reach {
  const at = { region, endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' } };
  const s3 = new S3Client({ ...at, forcePathStyle: true });
  const tables = new DynamoDBClient(at);
  const repositories = new ECRClient(at);
  const look: Readonly<Record<DataType, (name: string) => Promise<boolean>>> = {
    'AWS::S3::Bucket': async (Bucket) => Boolean(await s3.send(new HeadBucketCommand({ Bucket }))),
    'AWS::DynamoDB::Table': async (TableName) =>
      (await tables.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus === 'ACTIVE',
    'AWS::ECR::Repository': async (name) =>
      (await repositories.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }))).repositories?.length === 1,
  };
  const make: Readonly<Record<DataType, (name: string) => Promise<unknown>>> = {
    'AWS::S3::Bucket': (Bucket) => s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } })),
    'AWS::DynamoDB::Table': (TableName) =>
      tables.send(
        new CreateTableCommand({
          TableName,
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          BillingMode: 'PAY_PER_REQUEST',
        }),
      ),
    'AWS::ECR::Repository': async (repositoryName) => {
      await repositories.send(new CreateRepositoryCommand({ repositoryName }));
      await repositories.send(new PutImageCommand({ repositoryName, imageTag: 'latest', imageManifest }));
    },
  };
  return {
    unreachable: async (resources) => {
      const reached = await Promise.all(resources.map(({ type, preferred }) => look[type](preferred).catch(() => false)));
      return resources.filter((_, index) => !reached[index]).map(({ preferred }) => preferred);
    },
    make: async (resources) => {
      for (const { type, preferred } of resources) await make[type](preferred);
    },
  };
}
