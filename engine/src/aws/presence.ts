import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import type { RRType } from '@aws-sdk/client-route-53';
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
        async (TableName) => {
          const { Table } = await client.send(new DescribeTableCommand({ TableName }));
          return { active: !notThere.test(Table?.TableStatus ?? '') };
        },
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
        async (FunctionName) => {
          const { State = 'Active' } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
          return { active: State !== 'Failed' };
        },
        'ResourceNotFoundException',
      );
    }),
    'AWS::SecretsManager::Secret': once(async () => {
      const { DescribeSecretCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
      const client = new SecretsManagerClient({ ...clientDefaults, ...config });
      return look(
        'secretsmanager:DescribeSecret',
        async (SecretId) => {
          const { ARN, DeletedDate } = await client.send(new DescribeSecretCommand({ SecretId }));
          return { active: DeletedDate === undefined, ...(ARN ? { physicalId: ARN } : {}) };
        },
        'ResourceNotFoundException',
      );
    }),
    'AWS::Cognito::UserPoolDomain': once(async () => {
      const { CognitoIdentityProviderClient, DescribeUserPoolDomainCommand } = await import('@aws-sdk/client-cognito-identity-provider');
      const client = new CognitoIdentityProviderClient({ ...clientDefaults, ...config });
      return look(
        'cognito-idp:DescribeUserPoolDomain',
        async (Domain) => {
          const found = (await client.send(new DescribeUserPoolDomainCommand({ Domain }))).DomainDescription;
          if (!found?.UserPoolId) return 'absent'; // an empty description is how Cognito says so
          return found.AWSAccountId && found.AWSAccountId !== (await account()) ? 'foreign' : { active: true };
        },
        'ResourceNotFoundException',
      );
    }),
    'AWS::CloudFront::Distribution': once(async () => lookAliases(config)),
    'AWS::Route53::RecordSet': once(async () => lookRecords(config)),
  };
  return async ({ type, name }) => {
    const load = looks[type];
    if (!load) return unknown({ call: '', resource: name, why: 'refused', message: `${type} cannot be looked up by name` });
    return (await load())(name);
  };
}

/** What a look-up found; nothing counts as there and active. */
type Seen = { readonly active: boolean; readonly physicalId?: string } | 'absent' | 'foreign' | void;

/** Makes the look-up of one call; the errors named mean that nothing is there. */
function look(call: string, read: (name: string) => Promise<Seen>, ...absent: string[]): Look {
  return async (name) => {
    const answer = await ask(call, name, async () => (await read(name)) ?? { active: true }, isNamed(...absent));
    if (answer.kind === 'unknown') return answer;
    const { value: seen = 'absent' } = answer;
    return known(typeof seen === 'string' ? { kind: seen } : { kind: 'present', ...seen });
  };
}

/** One list has the aliases of all distributions. */
async function lookAliases(config: ClientConfig): Promise<Look> {
  const { CloudFrontClient, paginateListDistributions } = await import('@aws-sdk/client-cloudfront');
  const client: CloudFrontClient = new CloudFrontClient({ ...clientDefaults, ...config });
  const all = once(() =>
    ask('cloudfront:ListDistributions', '*', async () => {
      const ids = new Map<string, string>();
      for await (const { DistributionList } of paginateListDistributions({ client }, {}))
        for (const { Id = '', Aliases } of DistributionList?.Items ?? [])
          for (const alias of Aliases?.Items ?? []) ids.set(alias.toLowerCase(), Id);
      return ids;
    }),
  );
  return async (alias) => {
    const ids = await all();
    if (ids.kind === 'unknown') return ids;
    const physicalId = ids.value.get(alias);
    return known(physicalId === undefined ? { kind: 'absent' } : { kind: 'present', active: true, physicalId });
  };
}

/** Records come in order, so the first from a name and type on tells whether that one is there. */
async function lookRecords(config: ClientConfig): Promise<Look> {
  const { ListResourceRecordSetsCommand, Route53Client } = await import('@aws-sdk/client-route-53');
  const client = new Route53Client({ ...clientDefaults, ...config });
  return look('route53:ListResourceRecordSets', async (key) => {
    const [StartRecordName = '', HostedZoneId = '', type = '', set = ''] = key.split('|');
    const start = { HostedZoneId, StartRecordName, StartRecordType: type as RRType, ...(set ? { StartRecordIdentifier: set } : {}) };
    const { ResourceRecordSets: [first] = [] } = await client.send(new ListResourceRecordSetsCommand({ ...start, MaxItems: 1 }));
    const isIt = first?.Type === type && toPlain(first.Name ?? '') === StartRecordName && (first.SetIdentifier ?? '') === set;
    return isIt ? { active: true } : 'absent';
  });
}

/** Route 53 gives letters other than a-z, 0-9, hyphen, underscore and dot in octal, the star of a wildcard among them. */
const toPlain = (name: string): string =>
  name.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))).toLowerCase();

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
