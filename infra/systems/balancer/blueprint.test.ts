import { existsSync } from 'node:fs';
import { sampleRequest } from '../sample.ts';
import { toBlueprint } from './blueprint.ts';
import { dataResources } from './data-resources.ts';
import { balancer } from './system.ts';

const request = sampleRequest(balancer, 'staging', '/nowhere');

test('a good request gives the names, the settings with their defaults, and a decision on every data resource', () => {
  const { names, settings, decisions, exports } = toBlueprint(request);
  expect([names.vpc, names.alb, names.cluster, exports.vpcId]).toEqual([
    'v3-backend-staging-vpc',
    'v3-backend-staging-alb',
    'v3-backend-staging-cluster',
    'staging-networking-vpc-id',
  ]);
  expect(settings).toMatchObject({ alertEmails: [], featureFlags: {}, commands: { worker: ['worker'] }, healthPath: '/health' });
  expect(Object.values(decisions).map(({ kind, name }) => [kind, name])).toEqual([
    ['create', 'v3-backend-staging-logs'],
    ['create', 'v3-backend-staging-assets'],
    ['create', 'v3-backend-staging-backups'],
    ['create', 'v3-backend-staging-images'],
  ]);
});

test('the image is the one that is asked for, or else that of the environment', () => {
  expect(toBlueprint({ ...request, imageTag: '1.41.8-abc123def' }).imageTag).toBe('1.41.8-abc123def');
  expect(toBlueprint(request).imageTag).toBe('latest');
});

test('production is protected, also where the config of a project forgets to say so', () => {
  const isProtected = (environment: string) => toBlueprint({ ...request, environment, protected: false }).request.protected;
  expect(Object.keys(balancer.environments).map(isProtected)).toEqual([false, false, true]);
  expect(toBlueprint({ ...request, protected: true }).request.protected).toBe(true);
});

test('one error lists every bad setting, tag, decision and name', () => {
  const settings = {
    domainName: 'Example',
    alertEmails: ['nobody'],
    pagerDutyEndpoint: 'https://pagerduty.example.com/x',
    featureFlags: { 'New Search': true },
    commands: { api: [], cron: ['x'] },
    healthPath: 'health',
    colour: 'red',
  };
  const decisions = [{ id: 'logs', type: 'AWS::S3::Bucket', stack: 'Other', name: 'Bad_Bucket', kind: 'reference' }] as const;
  const refused = () => toBlueprint({ ...request, settings, imageTag: 'name:tag', decisions });
  for (const where of ['domainName', 'alertEmails[0]', 'pagerDutyEndpoint', 'commands.api', 'healthPath'])
    expect(refused).toThrow(`- settings.${where}: `);
  expect(refused).toThrow('settings.featureFlags');
  expect(refused).toThrow('- settings: Unrecognized key: "colour"');
  expect(refused).toThrow('- settings.commands: Unrecognized key: "cron"');
  expect(refused).toThrow('- image-tag: letters');
  expect(refused).toThrow('- the decision on logs has the stack "Other", and it is "v3-backend-staging-s3"');
  expect(refused).toThrow('- the AWS::S3::Bucket name "Bad_Bucket"');
});

test('a domain must be given: no name stands for it', () => {
  expect(() => toBlueprint({ ...request, settings: {} })).toThrow('- settings.domainName: it must be given');
});

test.each(['https://events.pagerduty.com/integration/abc/enqueue', 'https://events.eu.pagerduty.com/integration/abc/enqueue'])(
  'PagerDuty is told at %s',
  (pagerDutyEndpoint) => {
    expect(toBlueprint({ ...request, settings: { ...request.settings, pagerDutyEndpoint } }).settings).toMatchObject({ pagerDutyEndpoint });
  },
);

test('nothing is written when the request is refused', async () => {
  const outdir = '/tmp/balancer-refused';
  await expect(balancer.synthesize({ ...request, settings: {}, outdir })).rejects.toThrow(/cannot be built/);
  expect(existsSync(outdir)).toBe(false);
});

test('an environment that balancer does not have is refused in one line', async () => {
  await expect(balancer.synthesize({ ...request, environment: 'qa' })).rejects.toThrow(
    /^balancer has no environment "qa"; it has: development, staging, production$/,
  );
});

test('each environment is in the regions of its configuration, and no branch stands for one: who deploys names it', () => {
  expect(balancer.environments).toEqual({
    development: { branches: [], githubEnvironment: 'development', protected: false, regions: ['us-west-2'] },
    staging: { branches: [], githubEnvironment: 'staging', protected: false, regions: ['us-west-2'] },
    production: { branches: [], githubEnvironment: 'production', protected: true, regions: ['us-west-2'] },
  });
});

test('no two environments share a name, nor do two regions share a bucket', () => {
  const targets = Object.keys(balancer.environments).flatMap((environment) =>
    ['us-west-2', 'eu-west-1'].map((region) => ({ ...request, environment, region })),
  );
  expect(new Set(targets.map((target) => dataResources(target).logs.preferred)).size).toBe(6);
});
