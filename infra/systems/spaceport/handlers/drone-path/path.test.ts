import { mostWaypoints, planPath, reserve, type Flight } from './path.ts';

const orbit: Flight = {
  pattern: 'orbit',
  latitude: 47.5,
  longitude: 8.5,
  radiusMeters: 50,
  altitudeMeters: 30,
  topAltitudeMeters: 30,
  batteryMinutes: 20,
  speedMetersPerSecond: 5,
};
const metersBetween = (point: { latitude: number; longitude: number } | undefined): number =>
  Math.hypot(((point?.latitude ?? 0) - 47.5) * 111_320, ((point?.longitude ?? 0) - 8.5) * 111_320 * Math.cos((47.5 * Math.PI) / 180));

test('an orbit keeps its radius and altitude, and looks at its centre', () => {
  const { waypoints = [] } = planPath(orbit) ?? {};
  for (const waypoint of waypoints) {
    expect(metersBetween(waypoint)).toBeCloseTo(50, 0);
    expect(waypoint.altitudeMeters).toBe(30);
    expect(waypoint.gimbalPitchDegrees).toBeCloseTo(-31, 0);
  }
  expect(waypoints[0]).toMatchObject({ longitude: 8.5, headingDegrees: 180 });
});

test('a spiral goes outwards to the radius and rises to the top altitude', () => {
  const { waypoints = [] } = planPath({ ...orbit, pattern: 'spiral', topAltitudeMeters: 60 }) ?? {};
  const distances = waypoints.map(metersBetween);
  expect(distances.every((distance, index) => index === 0 || distance >= (distances[index - 1] ?? 0) - 0.1)).toBe(true);
  expect(distances[0]).toBeCloseTo(7.5, 0);
  expect(distances.at(-1)).toBeCloseTo(50, 0);
  expect([waypoints[0]?.altitudeMeters, waypoints.at(-1)?.altitudeMeters]).toEqual([30, 60]);
});

test.each([
  ['a full battery', 60, 8],
  ['less', 6, 4],
  ['just enough for one turn', 1.5, 1],
])('with %s the turns are as many as it lasts for', (_, batteryMinutes, turns) => {
  const path = planPath({ ...orbit, batteryMinutes });
  expect(path?.turns).toBe(turns);
  expect(path?.flightMinutes).toBeLessThanOrEqual(batteryMinutes * (1 - reserve));
  expect(path?.waypoints.length).toBeLessThanOrEqual(mostWaypoints);
});

test('a battery that does not last for one turn gives no path', () => {
  expect(planPath({ ...orbit, batteryMinutes: 1 })).toBeUndefined();
});

test('every flight that is allowed is good numbers', () => {
  for (const latitude of [-80, 0, 80])
    for (const radiusMeters of [5, 500])
      for (const pattern of ['orbit', 'spiral'] as const)
        for (const waypoint of planPath({ ...orbit, pattern, latitude, radiusMeters, batteryMinutes: 60, speedMetersPerSecond: 15 })
          ?.waypoints ?? [])
          expect(Object.values(waypoint).every((value) => Number.isFinite(value))).toBe(true);
});
