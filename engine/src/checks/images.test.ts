import { answers, both, denies, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import { account } from '../../../test/fakes/world.ts';

const uri = (tag = ':v1', region = 'us-west-2', owner = account) => `${owner}.dkr.ecr.${region}.amazonaws.com/shop/api${tag}`;
const fn = (ImageUri: unknown, more: object = {}): Stacks => ({
  Shop: { resources: { Api: { Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image', Code: { ImageUri } } } }, ...more },
});
const task = (service: object | undefined, container: object = {}): Stacks => ({
  Shop: {
    resources: {
      Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'api', Image: uri(), ...container }] } },
      ...(service ? { Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, ...service } } } : {}),
    },
  },
});
const slr = {
  before: ({ aws }: { aws: { things: Map<string, unknown> } }) =>
    void aws.things.set('AWS::IAM::Role AWSServiceRoleForECS', { kind: 'present', active: true }),
};
const found = (mediaType: string, of: object = { tag: 'v1' }) => answers('image', { repository: 'shop/api', ...of }, { mediaType });
const cached = (identifier: string) => answers('resources', { type: 'AWS::ECR::PullThroughCacheRule' }, [{ identifier, properties: {} }]);
const single = 'application/vnd.docker.distribution.manifest.v2+json';

testCases(
  ['PF282', 'PF283'],
  [
    {
      code: 'PF282',
      name: 'an image of a function that is not there',
      stacks: fn(uri()),
      told: [`Shop/Api: The image ${uri()} is not there.`],
    },
    {
      code: 'PF282',
      name: 'an image of a service that is not there',
      stacks: task({ DesiredCount: 1 }),
      options: slr,
      told: [`Shop/Task: The image ${uri()} is not there.`],
    },
    {
      code: 'PF282',
      name: 'an image that a service pulls through a cache',
      stacks: task({ DesiredCount: 1 }),
      options: both(slr, cached('shop')),
    },
    {
      code: 'PF282',
      name: 'an image of a service beside the caches',
      stacks: task({ DesiredCount: 1 }),
      options: both(slr, cached('sho')),
      told: [`Shop/Task: The image ${uri()} is not there.`],
    },
    {
      code: 'PF282',
      name: 'an image of a function, which pulls through no cache',
      stacks: fn(uri()),
      options: cached('shop'),
      told: [`Shop/Api: The image ${uri()} is not there.`],
    },
    { code: 'PF282', name: 'an image of a service that wants no tasks', stacks: task({ DesiredCount: 0 }), options: slr },
    { code: 'PF282', name: 'an image of a task definition that no service runs', stacks: task(undefined) },
    {
      code: 'PF282',
      name: 'an image of a service that CodeDeploy runs',
      stacks: task({ DesiredCount: 1, DeploymentController: { Type: 'CODE_DEPLOY' } }),
      options: slr,
    },
    { code: 'PF282', name: 'an image of a container that may fail', stacks: task({ DesiredCount: 1 }, { Essential: false }), options: slr },
    {
      code: 'PF282',
      name: 'an image that is there, by its digest',
      stacks: fn(uri('@sha256:00ff')),
      options: found(single, { digest: 'sha256:00ff' }),
    },
    {
      code: 'PF282',
      name: 'an image that is there, by the tag that nobody names',
      stacks: fn(uri('')),
      options: found(single, { tag: 'latest' }),
    },
    { code: 'PF282', name: 'an image that this run publishes', stacks: fn(uri(':f00d'), { assets: ['f00d'] }) },
    { code: 'PF282', name: 'an image of another account', stacks: fn(uri(':v1', 'us-west-2', '222222222222')) },
    { code: 'PF282', name: 'an image of another registry', stacks: task({ DesiredCount: 1 }, { Image: 'nginx:1' }), options: slr },
    {
      code: 'PF283',
      name: 'an image of another region',
      stacks: fn(uri(':v1', 'eu-west-1')),
      told: [`Shop/Api: ${uri(':v1', 'eu-west-1')} is in eu-west-1; a function of us-west-2 takes images of its region alone.`],
    },
    {
      code: 'PF283',
      name: 'an index of images',
      stacks: fn(uri()),
      options: found('application/vnd.oci.image.index.v1+json'),
      told: [`Shop/Api: ${uri()} is an index of images (application/vnd.oci.image.index.v1+json); Lambda takes one image.`],
    },
    { code: 'PF283', name: 'one image', stacks: fn(uri()), options: found(single) },
    {
      code: 'PF001',
      name: 'images that may not be read',
      stacks: fn(uri()),
      options: denies('ecr:DescribeImages'),
      told: [`Shop/Api: image ${uri()}: needs the permission ecr:DescribeImages on shop/api.`],
    },
  ],
);
