import { existsSync } from 'node:fs';
import { sampleRequest } from '../sample.ts';
import { toBlueprint } from './blueprint.ts';
import { fluxPilot } from './system.ts';

const request = sampleRequest(fluxPilot, 'pilot', '/nowhere');

test('the names of the pilot are those that its users know', () => {
  const { stacks, names, exports, settings, artifacts } = toBlueprint(request);
  expect(stacks).toEqual({ artifacts: 'flux-systems-pilot-artifacts', base: 'flux-systems-pilot-base', app: 'flux-systems-pilot-app' });
  expect(names).toMatchObject({ database: 'pilot-flux-systems-pilot-db', users: 'Flux-Systems-Pilot-UserPool' });
  expect(exports.databaseEndpoint).toBe('pilot-DB-Endpoint');
  expect(settings.signInDomain).toBe('flux-systems-pilot');
  expect(artifacts).toMatchObject({ name: 'flux-systems-artifacts-pilot', kind: 'create' });
});

test('another environment has its own name in each of them', () => {
  const { stacks, names, exports, settings } = toBlueprint({ ...request, environment: 'dev' });
  expect([stacks.base, names.database, names.users, exports.userPoolDomain, settings.signInDomain]).toEqual([
    'flux-systems-dev-base',
    'dev-flux-systems-dev-db',
    'Flux-Systems-Dev-UserPool',
    'dev-UserPoolDomain',
    'flux-systems-dev',
  ]);
});

test('pages of three origins may call unless the settings say otherwise', () => {
  expect(toBlueprint(request).settings.allowedOrigins).toEqual([
    'http://localhost:3000',
    'https://pilot.happyhippo.ai',
    'https://pilot.flux-systems.info',
  ]);
});

test('the profile is the environment’s, or the one in the settings', () => {
  expect(toBlueprint(request).profile.mfa).toBe('OFF');
  expect(toBlueprint({ ...request, environment: 'staging' }).profile.mfa).toBe('REQUIRED');
  expect(toBlueprint({ ...request, settings: { profile: 'production' } }).profile.mfa).toBe('REQUIRED');
});

test('one error lists every bad setting, decision and name', () => {
  const bad = {
    ...request,
    settings: { allowedOrigins: ['*'], signInDomain: 'my-cognito', artifactReaders: ['me'], colour: 'red', databaseSnapshot: '-' },
    decisions: [{ id: 'uploads', type: 'AWS::S3::Bucket', stack: 'x', name: 'y', kind: 'reference' } as const],
  };
  expect(() => toBlueprint(bad)).toThrow(
    [
      'flux-pilot cannot be built for pilot in us-west-2:',
      '- settings.allowedOrigins[0]: an origin such as https://example.com is allowed: https (or http for localhost), no path, no *',
      '- settings.artifactReaders[0]: an account of 12 digits',
      '- settings.databaseSnapshot: the name or the ARN of a snapshot',
      '- settings: Unrecognized key: "colour"',
      '- the decision on "uploads": there is no such data resource, there is: artifacts',
    ].join('\n'),
  );
  expect(() => toBlueprint({ ...request, settings: { signInDomain: 'my-cognito' } })).toThrow(
    /UserPoolDomain name "my-cognito": it has aws, amazon or cognito/,
  );
});

test.each<[why: string, functions: unknown, message: RegExp]>([
  ['two functions of one id', [one('Orders', 'GET /a'), one('Orders', 'GET /b')], /the function Orders comes twice/],
  ['a route that two functions answer', [one('A', 'GET /a'), one('B', 'GET /a')], /two functions answer GET \/a/],
  ['the route of the health check', [one('A', 'GET /health')], /two functions answer GET \/health/],
  ['a path without a method', [one('A', '/a')], /functions\[0\]\.routes\[0\]: a method and a path/],
  ['a path that goes on after a greedy part', [one('A', 'GET /{all+}/b')], /functions\[0\]\.routes\[0\]: a method and a path/],
  ['an artifact outside of the set', [{ ...one('A', 'GET /a'), artifact: '../a.zip' }], /functions\[0\]\.artifact: the name of a ZIP/],
  ['more functions than a stack takes', Array.from({ length: 41 }, (_, i) => one(`F${i}`, `GET /f${i}`)), /settings\.functions: Too big/],
])('refused: %s', (_, functions, message) => {
  expect(() => toBlueprint({ ...request, settings: { functions } })).toThrow(message);
});

test.each(['GET /', 'ANY /{proxy+}', 'POST /orders/{orderId}/lines', 'DELETE /a-b/c.d'])('a good route: %s', (route) => {
  expect(toBlueprint({ ...request, settings: { functions: [one('A', route)] } }).settings.functions[0]?.routes).toEqual([route]);
});

test('a database in a private network cannot be opened to addresses', () => {
  const settings = { openDatabase: { securityGroupId: 'sg-0123456789abcdef0', cidrs: ['203.0.113.0/24'] } };
  expect(() => toBlueprint({ ...request, settings: { ...settings, profile: 'production' } })).toThrow(
    /openDatabase: the profile production/,
  );
  expect(toBlueprint({ ...request, settings }).settings.openDatabase?.cidrs).toEqual(['203.0.113.0/24']);
});

test('nothing is written when the request is refused', async () => {
  const outdir = '/tmp/flux-pilot-refused';
  await expect(fluxPilot.synthesize({ ...request, settings: { colour: 'red' }, outdir })).rejects.toThrow(/cannot be built/);
  expect(existsSync(outdir)).toBe(false);
});

test('an environment that flux-pilot does not have is refused in one line', async () => {
  await expect(fluxPilot.synthesize({ ...request, environment: 'prod' })).rejects.toThrow(
    /^flux-pilot has no environment "prod"; it has: dev, sandbox, staging, pilot$/,
  );
});

function one(id: string, route: string): Record<string, unknown> {
  return { id, artifact: 'a.zip', routes: [route] };
}
