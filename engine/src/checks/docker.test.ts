import type { SampleStack } from '../../../test/fakes/assembly.ts';
import { testCases } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const image = (source: object): Readonly<Record<string, SampleStack>> => ({
  Shop: {
    assetManifest: {
      dockerImages: { i1: { displayName: 'Server', source, destinations: { here: { repositoryName: 'images', imageTag: 'i1' } } } },
    },
  },
});
const built = image({ directory: 'asset.i1' });
const given = (answers: Readonly<Record<string, unknown>> = {}, ...denied: string[]): FactsOptions => ({
  withoutDocker: true,
  before: ({ aws }) => {
    aws.things.set('AWS::ECR::Repository images', { kind: 'present', active: true });
    Object.entries(answers).forEach(([key, value]) => aws.answers.set(key, value));
    denied.forEach((call) => aws.denied.add(call));
  },
});

testCases(
  ['PF001', 'PF244'],
  [
    {
      code: 'PF244',
      name: 'an image to build without Docker',
      stacks: built,
      options: given(),
      told: ['Shop: Shop needs the image Server, and Docker does not answer.'],
    },
    {
      code: 'PF244',
      name: 'an image that is there already',
      stacks: built,
      options: given({ 'image {"repository":"images","tag":"i1"}': { mediaType: 'application/vnd.oci.image.manifest.v1+json' } }),
    },
    { code: 'PF244', name: 'an image that a command of its own makes', stacks: image({ executable: ['make'] }), options: given() },
    { code: 'PF244', name: 'no image at all', stacks: { Shop: { assets: ['f1'] } }, options: given() },
    {
      code: 'PF001',
      name: 'a repository that may not be read',
      stacks: built,
      options: given({}, 'ecr:DescribeImages'),
      told: ['Shop: image Server: needs the permission ecr:DescribeImages on images.'],
    },
    {
      code: 'PF001',
      name: 'images with Docker, about which nothing is asked',
      stacks: built,
      options: { before: given({}, 'ecr:DescribeImages').before as never },
    },
  ],
);
