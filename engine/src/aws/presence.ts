import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { known, unknown, type Answer } from '../answer.ts';
import type { Presence, Readings } from '../readings.ts';
import { once } from '../once.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** States of a table that cannot be used; one that is being updated can. */
const notThere = /^(CREATING|DELETING|ARCHIV|INACCESSIBLE)/;

type Look = (name: string) => Promise<Answer<Presence>>;

const isNamed =
  (...names: string[]) =>
  (e: Error): boolean =>
    names.includes(toErrorName(e));

/**
 * Makes the reading that looks names up; each service's client is loaded when its first name is asked.
 *
 * `account` is who the bucket must belong to: a bucket of another account never counts as present.
 */
export function createPresence(config: ClientConfig, account: () => Promise<string>): Readings['presence'] {
  const looks: Readonly<Record<string, () => Promise<Look>>> = {
    'AWS::S3::Bucket': once(async () => lookBuckets(config, account)),
    'AWS::DynamoDB::Table': once(async () => {
      const { DescribeTableCommand, DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
      const client: DynamoDBClient = new DynamoDBClient({ ...clientDefaults, ...config });
      return look(
        'dynamodb:DescribeTable',
        async (TableName) => !notThere.test((await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus ?? ''),
        'ResourceNotFoundException',
      );
    }),
    'AWS::ECR::Repository': once(async () => {
      const { DescribeRepositoriesCommand, ECRClient } = await import('@aws-sdk/client-ecr');
      const client = new ECRClient({ ...clientDefaults, ...config });
      return look(
        'ecr:DescribeRepositories',
        async (name) => void (await client.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }))),
        'RepositoryNotFoundException',
      );
    }),
    'AWS::IAM::Role': once(async () => {
      const { GetRoleCommand, IAMClient } = await import('@aws-sdk/client-iam');
      const client = new IAMClient({ ...clientDefaults, ...config });
      return look(
        'iam:GetRole',
        async (RoleName) => void (await client.send(new GetRoleCommand({ RoleName }))),
        'NoSuchEntityException',
        'NoSuchEntity',
      );
    }),
    'AWS::Lambda::Function': once(async () => {
      const { GetFunctionConfigurationCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
      const client = new LambdaClient({ ...clientDefaults, ...config });
      return look(
        'lambda:GetFunctionConfiguration',
        async (FunctionName) => ((await client.send(new GetFunctionConfigurationCommand({ FunctionName }))).State ?? 'Active') !== 'Failed',
        'ResourceNotFoundException',
      );
    }),
  };
  return async ({ type, name }) => {
    const load = looks[type];
    if (!load) return unknown({ call: '', resource: name, why: 'refused', message: `${type} cannot be looked up by name` });
    return (await load())(name);
  };
}

/** Makes the look-up of one call: it gives whether the resource is active (nothing counts as active), or throws. */
function look(call: string, read: (name: string) => Promise<boolean | void>, ...absent: string[]): Look {
  return async (name) => {
    const answer = await ask(call, name, async () => ({ active: (await read(name)) ?? true }), isNamed(...absent));
    if (answer.kind === 'unknown') return answer;
    return known(answer.value ? { kind: 'present', active: answer.value.active } : { kind: 'absent' });
  };
}

/** A refused HeadBucket says only that the name is taken; the list of the account's own buckets says by whom. */
async function lookBuckets(config: ClientConfig, account: () => Promise<string>): Promise<Look> {
  const { HeadBucketCommand, S3Client, paginateListBuckets } = await import('@aws-sdk/client-s3');
  const client: S3Client = new S3Client({ ...clientDefaults, ...config });
  const own = once(() =>
    ask('s3:ListAllMyBuckets', '*', async () => {
      const names = new Map<string, string>();
      for await (const page of paginateListBuckets({ client, pageSize: 1_000 }, {}))
        for (const b of page.Buckets ?? []) names.set(b.Name ?? '', b.BucketRegion ?? '');
      return names;
    }),
  );
  return async (name) => {
    const head = await look(
      's3:ListBucket',
      async (Bucket) => void (await client.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: await account() }))),
      'NotFound',
      'NoSuchBucket',
      'Http404',
    )(name);
    if (head.kind === 'known' || !(head.because.why === 'denied' || /301|PermanentRedirect/.test(head.because.message))) return head;
    const mine = await own();
    if (mine.kind === 'unknown') return head;
    const region = mine.value?.get(name);
    if (region === undefined) return known({ kind: 'foreign' });
    return region && region !== config.region ? known({ kind: 'elsewhere' }) : head;
  };
}
