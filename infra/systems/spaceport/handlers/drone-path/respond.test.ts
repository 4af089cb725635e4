import type { Request } from '../http.ts';
import { respond } from './respond.ts';

const body = { pattern: 'orbit', latitude: 47.5, longitude: 8.5, radiusMeters: 50, altitudeMeters: 30, batteryMinutes: 6 };
const request = (given: unknown, route = 'POST /drone-paths'): Request => ({ route, user: 'user-1', path: {}, query: {}, body: given });

test('a path comes as JSON', async () => {
  const reply = await respond(request(body));
  expect(reply).toMatchObject({ status: 200, body: { turns: 4, lengthMeters: expect.any(Number), flightMinutes: expect.any(Number) } });
  expect(reply.body?.['waypoints']).toHaveLength(97);
});

test('or as CSV, one row for each waypoint below its columns', async () => {
  const { csv = '' } = await respond(request({ ...body, format: 'csv' }));
  const [head, first, ...rest] = csv.trimEnd().split('\n');
  expect(head).toBe('latitude,longitude,altitudeMeters,headingDegrees,gimbalPitchDegrees');
  expect(first).toBe('47.5004492,8.5,30,180,-31');
  expect(rest).toHaveLength(96);
});

test.each<[why: string, given: unknown, problem: RegExp]>([
  ['a battery that is too small', { ...body, radiusMeters: 500 }, /^batteryMinutes: the battery does not last/],
  ['a flight above the legal height', { ...body, altitudeMeters: 121 }, /^altitudeMeters: a number from 5 to 120/],
  ['a pattern that is not there', { ...body, pattern: 'zigzag' }, /^pattern: one of orbit, spiral/],
  ['a place that is none', { ...body, latitude: 91 }, /^latitude: /],
  ['no body', undefined, /^the body must be an object/],
])('refuses %s', async (_, given, problem) => {
  expect(await respond(request(given))).toMatchObject({ status: 400, body: { problems: [expect.stringMatching(problem)] } });
});

test('another route is not there', async () => {
  expect(await respond(request(body, 'GET /drone-paths'))).toMatchObject({ status: 404 });
});
