import { expect, test } from '@jest/globals';
import { createWire } from '../../../test/fakes/wire.ts';
import { known } from '../answer.ts';
import { createImageReadings } from './container-images.ts';
import { createLimitReadings } from './limits.ts';
import { createSecretReadings } from './secrets.ts';

const applied = { body: { Quota: { QuotaName: 'VPCs per Region', Value: 7 } } };
const none = { status: 400, body: { __type: 'NoSuchResourceException' } };
const vpcs = { service: 'vpc', code: 'L-F678F1CE' };

test.each<[string, Parameters<typeof createWire>[0], object | undefined]>([
  ['that was raised is the one that applies', [applied], { name: 'VPCs per Region', value: 7 }],
  ['that nobody touched is the default', [none, applied], { name: 'VPCs per Region', value: 7 }],
  ['that AWS does not know is not there', [none, none], undefined],
])('a quota %s', async (_name, answers, wanted) => {
  expect(await createLimitReadings(createWire(answers)).quota(vpcs)).toEqual(known(wanted));
});

test('a quota that may not be read names the permission', async () => {
  const refused = { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } };
  expect(await createLimitReadings(createWire([refused])).quota(vpcs)).toMatchObject({
    because: { call: 'servicequotas:GetServiceQuota', resource: 'vpc L-F678F1CE', why: 'denied' },
  });
});

test('a region that is not opted in is there, and not enabled', async () => {
  const region = (name: string, status: string) => `<item><regionName>${name}</regionName><optInStatus>${status}</optInStatus></item>`;
  const items = region('ap-east-1', 'not-opted-in') + region('us-west-2', 'opt-in-not-required') + region('me-south-1', 'opted-in');
  const body = `<DescribeRegionsResponse><regionInfo>${items}</regionInfo></DescribeRegionsResponse>`;
  const wanted = { 'ap-east-1': false, 'us-west-2': true, 'me-south-1': true };
  expect(await createLimitReadings(createWire([{ body }])).regions({})).toEqual(known(new Map(Object.entries(wanted))));
});

test('of Lambda the unreserved executions are read, of logs the names of policies', async () => {
  const lambda = createWire([{ body: { AccountLimit: { UnreservedConcurrentExecutions: 900 } } }]);
  expect(await createLimitReadings(lambda).unreservedConcurrency({})).toEqual(known(900));
  const logs = createWire([{ body: { resourcePolicies: [{ policyName: 'a' }, { policyName: 'b' }] } }]);
  expect(await createLimitReadings(logs).logPolicies({})).toEqual(known(['a', 'b']));
});

test.each<[string, Parameters<typeof createWire>[0][number], object | undefined]>([
  ['that is there', { body: { VersionIdsToStages: { v1: ['AWSCURRENT'] } } }, { isDeleted: false, versions: { v1: ['AWSCURRENT'] } }],
  ['that is being deleted', { body: { DeletedDate: 1 } }, { isDeleted: true, versions: {} }],
  ['that is missing', { status: 400, body: { __type: 'ResourceNotFoundException' } }, undefined],
])('a secret %s', async (_name, answer, wanted) => {
  expect(await createSecretReadings(createWire([answer])).secret({ id: 'db' })).toEqual(known(wanted));
});

test.each<[string, Parameters<typeof createWire>[0][number], readonly string[] | undefined]>([
  [
    'is there',
    { body: { images: [{ imageManifest: '{"manifests":[{"digest":"sha256:1"},{"digest":"sha256:2"}]}' }] } },
    ['sha256:1', 'sha256:2'],
  ],
  ['is missing', { body: { images: [], failures: [{ failureCode: 'ImageNotFound' }] } }, undefined],
])('the images of an index that %s', async (_name, answer, wanted) => {
  const seen: string[] = [];
  expect(await createImageReadings(createWire([answer], seen)).imageMembers({ repository: 'images', digest: 'sha256:0' })).toEqual(
    known(wanted),
  );
  expect(seen[0]).toContain('application/vnd.oci.image.index.v1+json');
});

test.each<[string, Parameters<typeof createWire>[0][number], object | undefined]>([
  ['that is there', { body: { imageDetails: [{ imageManifestMediaType: 'm' }] } }, { mediaType: 'm' }],
  ['that is missing', { status: 400, body: { __type: 'ImageNotFoundException' } }, undefined],
  ['of a missing repository', { status: 400, body: { __type: 'RepositoryNotFoundException' } }, undefined],
])('an image %s', async (_name, answer, wanted) => {
  const seen: string[] = [];
  expect(await createImageReadings(createWire([answer], seen)).image({ repository: 'images', tag: 'v1' })).toEqual(known(wanted));
  expect(seen).toEqual([JSON.stringify({ repositoryName: 'images', imageIds: [{ imageTag: 'v1' }] })]);
});
