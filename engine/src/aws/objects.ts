import type { S3Client } from '@aws-sdk/client-s3';
import { known, type Answer } from '../answer.ts';
import { once } from '../once.ts';
import type { ObjectPresence, Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** Makes the readings of S3. An object is looked for in the list of its bucket, so that nobody has to let its content be read. */
export function createObjectReadings(config: ClientConfig): Pick<Readings, 'object' | 'publicPolicyBlock'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-s3');
    const client: S3Client = new sdk.S3Client({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    object: async ({ bucket, key }) => {
      const listed = await ask('s3:ListBucket', bucket, async () => {
        const { sdk, client } = await load();
        const { Contents = [] } = await client.send(new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1 }));
        return Contents.some((c) => c.Key === key);
      });
      return listed.kind === 'known' ? known(listed.value ? 'present' : 'absent') : toWithoutBucket(listed);
    },
    publicPolicyBlock: ({ bucket }) =>
      ask('s3:GetBucketPublicAccessBlock', bucket, async () => {
        const { sdk, client } = await load();
        try {
          const { PublicAccessBlockConfiguration } = await client.send(new sdk.GetPublicAccessBlockCommand({ Bucket: bucket }));
          return PublicAccessBlockConfiguration?.BlockPublicPolicy ?? false;
        } catch (thrown) {
          if (toErrorName(thrown) === 'NoSuchPublicAccessBlockConfiguration') return false;
          throw thrown;
        }
      }),
  };
}

/** S3 says by its message which of them it is: it has no names of errors where a bucket is elsewhere. */
function toWithoutBucket(answer: Answer<never> & { readonly kind: 'unknown' }): Answer<ObjectPresence> {
  const { message } = answer.because;
  if (/NoSuchBucket|specified bucket does not exist/.test(message)) return known('bucketless');
  return /PermanentRedirect|must be addressed using the specified endpoint/.test(message) ? known('elsewhere') : answer;
}
