import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateRepositoryCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { CreateBucketCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { DataResource, DataType } from '../../engine/src/decision.ts';
import { region } from './stage.ts';

/** How a test gets at the data resources of an account, as their users would. */
export interface Reach {
  /** Gives the names that do not answer, or are not ready for use; none when all is well. */
  readonly unreachable: (resources: readonly DataResource[]) => Promise<readonly string[]>;
  /** Makes them by hand under their preferred names, in no stack. */
  readonly make: (resources: readonly DataResource[]) => Promise<void>;
}

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
    'AWS::ECR::Repository': (repositoryName) => repositories.send(new CreateRepositoryCommand({ repositoryName })),
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
