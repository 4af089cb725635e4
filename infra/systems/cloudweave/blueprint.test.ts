import { sampleRequest } from '../sample.ts';
import { toBlueprint } from './blueprint.ts';
import { dataResources } from './data-resources.ts';
import { cloudWeave } from './system.ts';

const request = sampleRequest(cloudWeave, 'production', '/nowhere');

test('a good request gives names, settings with their defaults, and a decision on every data resource', () => {
  const { names, settings, decisions, imageTag } = toBlueprint(request);
  expect([names.databaseSecret, names.dataKey, names.database]).toEqual([
    'cloudweave/production/database',
    'alias/cloudweave-data-production',
    'cloudweave-production',
  ]);
  expect(settings).toMatchObject({ release: 'blue-green', featureFlags: {}, alertEmails: [] });
  expect(imageTag).toBe('latest');
  expect(Object.values(decisions).map(({ kind, name }) => [kind, name])).toEqual([
    ['create', 'cloudweave-records-111111111111-production'],
    ['create', 'cloudweave/frontend-production'],
    ['create', 'cloudweave/backend-production'],
    ['create', 'cloudweave-assets-111111111111-production'],
  ]);
});

test('the tag of a request is the one that runs', () => {
  expect(toBlueprint({ ...request, imageTag: '1.4.0' }).imageTag).toBe('1.4.0');
});

test('one error lists every bad setting, tag, decision and name', () => {
  const settings = {
    alertEmails: ['nobody'],
    pagerDutyEndpoint: 'http://events.example.com',
    domain: { name: 'App', hostedZoneId: 'x', certificateArn: 'arn:aws:acm:us-west-2:111111111111:certificate/a' },
    featureFlags: { 'Big One': true },
    release: 'rolling',
    colour: 'red',
  };
  const decisions = [{ id: 'records', type: 'AWS::S3::Bucket', stack: 'Other', name: 'Bad_Bucket', kind: 'reference' }] as const;
  const refused = () => toBlueprint({ ...request, settings, decisions, imageTag: 'a b' });
  for (const where of [
    'alertEmails[0]',
    'pagerDutyEndpoint',
    'domain.name',
    'domain.hostedZoneId',
    'domain.certificateArn',
    'featureFlags',
    'release',
  ])
    expect(refused).toThrow(`- settings.${where}`);
  expect(refused).toThrow('- settings: Unrecognized key: "colour"');
  expect(refused).toThrow('- image-tag: ');
  expect(refused).toThrow('- the decision on records has the stack "Other", and it is "CloudWeaveFoundationProductionStack"');
  expect(refused).toThrow('- the AWS::S3::Bucket name "Bad_Bucket"');
});

test('in another region the zones have the same letters, or are those of the settings', () => {
  const zonesOf = (settings: Readonly<Record<string, unknown>>) =>
    toBlueprint({ ...request, region: 'us-west-1', settings }).data.vpc.availabilityZones;
  expect(zonesOf({})).toEqual(['us-west-1a', 'us-west-1b', 'us-west-1c']);
  expect(zonesOf({ availabilityZones: ['us-west-1b', 'us-west-1c', 'us-west-1d'] })).toEqual(['us-west-1b', 'us-west-1c', 'us-west-1d']);
});

test('zones of another region are refused, and so are copies of backups to the region that they are in', () => {
  const settings = { recoveryRegion: 'us-west-2', availabilityZones: ['us-west-2a', 'us-west-2b', 'eu-west-1a'] };
  expect(() => toBlueprint({ ...request, settings })).toThrow('settings.recoveryRegion: it is us-west-2 itself');
  expect(() => toBlueprint({ ...request, settings })).toThrow('settings.availabilityZones: eu-west-1a is not a zone of us-west-2');
});

test('an environment that cloudweave does not have is refused in one line', async () => {
  await expect(cloudWeave.synthesize({ ...request, environment: 'qa' })).rejects.toThrow(
    /^cloudweave has no environment "qa"; it has: staging, production$/,
  );
});

test('main is production, which is protected, and develop is staging', () => {
  expect(cloudWeave.environments).toEqual({
    staging: { branches: ['develop'], githubEnvironment: 'staging', protected: false },
    production: { branches: ['main'], githubEnvironment: 'production', protected: true },
  });
});

test('no two environments share a name, nor do two regions share a bucket', () => {
  const targets = ['staging', 'production'].flatMap((environment) =>
    ['us-west-2', 'eu-west-1'].map((region) => ({ ...request, environment, region })),
  );
  expect(new Set(targets.map((target) => dataResources(target).records.preferred)).size).toBe(4);
});
