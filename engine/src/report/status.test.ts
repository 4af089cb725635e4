import { expect, test } from '@jest/globals';
import { blocked, promoted } from '../../../test/fakes/reports.ts';
import { toFailedReport } from './report.ts';
import { toStatus } from './status.ts';

test('a status says in one line what a run came to', () => {
  expect(toStatus(blocked, true, 'https://run')).toEqual({
    context: 'spaceport/preflight/prod',
    state: 'failure',
    description: 'blocked (preflight): 1 error, 1 warning',
    url: 'https://run',
  });
  expect(toStatus(promoted, false, '')).toMatchObject({
    context: 'spaceport/promote/staging',
    state: 'success',
    description: 'promoted: 0 errors, 0 warnings',
  });
});

test('each region of an environment that has several has a status of its own', () =>
  expect(toStatus({ ...blocked, region: 'eu-west-1', isOneOfRegions: true }, true, '').context).toBe('spaceport/preflight/prod/eu-west-1'));

test('a run that did not get as far as an environment has a status without one', () =>
  expect(toStatus(toFailedReport('deploy', new Error('x')), true, '').context).toBe('spaceport/deploy'));

test('a status is no longer than GitHub takes, and has no control characters', () => {
  const status = toStatus({ ...blocked, environment: 'a\u001b[31m\u0000b' }, true, '');
  expect(status.context).toBe('spaceport/preflight/ab');
  expect(status.description.length).toBeLessThanOrEqual(140);
});
