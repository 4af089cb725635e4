import { unknown, type Answer } from '../answer.ts';
import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

type Look = (name: string) => Promise<Answer<boolean | undefined>>;

/** Makes the reading that says whether what holds data holds any; each service's client is loaded when its first name is asked. */
export function createIsEmpty(config: ClientConfig): Readings['isEmpty'] {
  const looks: Readonly<Record<string, () => Promise<Look>>> = {
    'AWS::S3::Bucket': once(async () => {
      const { ListObjectVersionsCommand, S3Client } = await import('@aws-sdk/client-s3');
      const client = new S3Client({ ...clientDefaults, ...config });
      return look('s3:ListBucketVersions', 'NoSuchBucket', async (Bucket) => {
        const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 1 }));
        return Versions.length + DeleteMarkers.length === 0;
      });
    }),
    'AWS::ECR::Repository': once(async () => {
      const { ECRClient, ListImagesCommand } = await import('@aws-sdk/client-ecr');
      const client = new ECRClient({ ...clientDefaults, ...config });
      return look('ecr:ListImages', 'RepositoryNotFoundException', async (repositoryName) => {
        const { imageIds = [] } = await client.send(new ListImagesCommand({ repositoryName, maxResults: 1 }));
        return imageIds.length === 0;
      });
    }),
  };
  return async ({ type, name }) => {
    const load = looks[type];
    if (!load) return unknown({ call: '', resource: name, why: 'refused', message: `what is in a ${type} cannot be looked up` });
    return (await load())(name);
  };
}

const look =
  (call: string, absent: string, read: (name: string) => Promise<boolean>): Look =>
  (name) =>
    ask(
      call,
      name,
      () => read(name),
      (e) => toErrorName(e) === absent,
    );
