import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** Makes the reading of container images. */
export function createImageReadings(config: ClientConfig): Pick<Readings, 'image'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-ecr');
    return { sdk, client: new sdk.ECRClient({ ...clientDefaults, ...config }) };
  });
  return {
    image: ({ repository: repositoryName, tag, digest }) =>
      ask(
        'ecr:DescribeImages',
        repositoryName,
        async () => {
          const { sdk, client } = await load();
          const image = digest === undefined ? { imageTag: tag } : { imageDigest: digest };
          const { imageDetails = [] } = await client.send(new sdk.DescribeImagesCommand({ repositoryName, imageIds: [image] }));
          return { mediaType: imageDetails[0]?.imageManifestMediaType ?? '' };
        },
        (e) => /^(ImageNotFound|RepositoryNotFound)/.test(toErrorName(e)),
      ),
  };
}
