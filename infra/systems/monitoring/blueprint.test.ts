import { existsSync } from 'node:fs';
import { sampleRequest } from '../sample.ts';
import { toBlueprint } from './blueprint.ts';
import { dataResources } from './data-resources.ts';
import { monitoring } from './system.ts';

const request = sampleRequest(monitoring, 'dev', '/nowhere');

test('a good request gives the names, the settings with their defaults, and a decision on every data resource', () => {
  const { names, functions, roles, settings, decisions } = toBlueprint(request);
  expect([names.alerts, functions.backup, roles['ai-analysis']]).toEqual([
    'monitoring-alerts-dev',
    'monitoring-backup-dev',
    'monitoring-ai-analysis-dev',
  ]);
  expect(settings).toMatchObject({ alertEmails: [], healthEndpoints: [], githubProvider: 'create' });
  expect(Object.values(decisions).map(({ kind, name }) => [kind, name])).toEqual([
    ['create', 'monitoring-logs-111111111111-dev'],
    ['create', 'monitoring-events-dev'],
    ['create', 'monitoring-circuits-dev'],
  ]);
});

test('one error lists every bad setting, decision and name', () => {
  const settings = {
    alertEmails: ['nobody'],
    allowedOrigins: ['*'],
    healthEndpoints: ['http://a.example.com', 'https://user:x@a.example.com'],
    analysisModel: 'Nova',
    githubRepository: 'octo',
    colour: 'red',
  };
  const decisions = [{ id: 'logs', type: 'AWS::S3::Bucket', stack: 'Other', name: 'Bad_Bucket', kind: 'reference' }] as const;
  const refused = () => toBlueprint({ ...request, settings, decisions });
  for (const where of [
    'alertEmails[0]',
    'allowedOrigins[0]',
    'healthEndpoints[0]',
    'healthEndpoints[1]',
    'analysisModel',
    'githubRepository',
  ])
    expect(refused).toThrow(`- settings.${where}: `);
  expect(refused).toThrow('- settings: Unrecognized key: "colour"');
  expect(refused).toThrow('- the decision on logs has the stack "Other", and it is "MonitoringStorageDevStack"');
  expect(refused).toThrow('- the AWS::S3::Bucket name "Bad_Bucket"');
});

test('log files are not copied to the region that they are in', () => {
  expect(() => toBlueprint({ ...request, settings: { replicaRegion: 'us-west-2' } })).toThrow(
    'settings.replicaRegion: it is us-west-2 itself',
  );
});

test('nothing is written when the request is refused', async () => {
  const outdir = '/tmp/monitoring-refused';
  await expect(monitoring.synthesize({ ...request, settings: { colour: 'red' }, outdir })).rejects.toThrow(/cannot be built/);
  expect(existsSync(outdir)).toBe(false);
});

test('an environment that monitoring does not have is refused in one line', async () => {
  await expect(monitoring.synthesize({ ...request, environment: 'qa' })).rejects.toThrow(
    /^monitoring has no environment "qa"; it has: dev, staging, prod$/,
  );
});

test('no branch stands for an environment: who deploys names it', () => {
  expect(Object.values(monitoring.environments).flatMap(({ branches }) => branches)).toEqual([]);
  expect(monitoring.environments['prod']).toEqual({ branches: [], githubEnvironment: 'production', protected: true });
});

test('without credentials the account is a placeholder, which is no bad name', () => {
  expect(() => toBlueprint({ ...request, account: '${Token[AWS.AccountId.4]}' })).not.toThrow();
});

test('no two environments share a name, nor do two regions share a bucket', () => {
  const targets = ['dev', 'staging', 'prod'].flatMap((environment) =>
    ['us-west-2', 'eu-west-1'].map((region) => ({ ...request, environment, region })),
  );
  const buckets = targets.map((target) => dataResources(target).logs.preferred);
  expect(new Set(buckets).size).toBe(6);
});
