import type { ECRClient } from '@aws-sdk/client-ecr';
import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** What an index may be; without these ECR gives another manifest of the same tag. */
const acceptedMediaTypes = ['application/vnd.oci.image.index.v1+json', 'application/vnd.docker.distribution.manifest.list.v2+json'];

const isMissing = (e: Error): boolean => ['ImageNotFoundException', 'RepositoryNotFoundException'].includes(toErrorName(e));

/** Makes the readings of the container registry. */
export function createImageReadings(config: ClientConfig): Pick<Readings, 'image' | 'imageMembers'> {
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
        isMissing,
      ),
    imageMembers: ({ repository, digest }) =>
      ask(
        'ecr:BatchGetImage',
        repository,
        async () => {
          const { sdk, client } = await load();
          const imageIds = [{ imageDigest: digest }];
          const { images: [found] = [] } = await client.send(
            new sdk.BatchGetImageCommand({ repositoryName: repository, imageIds, acceptedMediaTypes }),
          );
          if (!found) return undefined;
          const { manifests = [] } = JSON.parse(found.imageManifest ?? '{}') as { manifests?: readonly { digest?: string }[] };
          return manifests.flatMap((m) => m.digest ?? []);
        },
        isMissing,
      ),
  };
}
