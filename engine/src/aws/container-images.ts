import type { ECRClient } from '@aws-sdk/client-ecr';
import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** Makes the reading of the container registry. */
export function createImageReadings(config: ClientConfig): Pick<Readings, 'image'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-ecr');
    const client: ECRClient = new sdk.ECRClient({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    image: ({ repository, tag, digest }) =>
      ask(
        'ecr:DescribeImages',
        repository,
        async () => {
          const { sdk, client } = await load();
          const imageIds = [{ imageTag: tag, imageDigest: digest }];
          const { imageDetails } = await client.send(new sdk.DescribeImagesCommand({ repositoryName: repository, imageIds }));
          const [found] = imageDetails ?? [];
          return { mediaType: found?.imageManifestMediaType ?? '', ...(found?.imageDigest ? { digest: found.imageDigest } : {}) };
        },
        (e) => ['ImageNotFoundException', 'RepositoryNotFoundException'].includes(toErrorName(e)),
      ),
  };
}
