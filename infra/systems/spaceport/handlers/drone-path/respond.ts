import { numberBetween, oneOf, optional, readFields } from '../fields.ts';
import { notFound, refuse, type Reply, type Request } from '../http.ts';
import { planPath, type DronePath, type Waypoint } from './path.ts';

/** Answers a request for a flight path with its waypoints, as JSON or as CSV; nothing is kept. */
export async function respond({ route, body }: Request): Promise<Reply> {
  if (route !== 'POST /drone-paths') return notFound;
  const read = readFields(body, {
    pattern: oneOf(['orbit', 'spiral']),
    latitude: numberBetween(-80, 80),
    longitude: numberBetween(-180, 180),
    radiusMeters: numberBetween(5, 500),
    altitudeMeters: numberBetween(5, 120),
    topAltitudeMeters: optional(numberBetween(5, 120)),
    batteryMinutes: numberBetween(3, 60),
    speedMetersPerSecond: optional(numberBetween(1, 15)),
    format: optional(oneOf(['json', 'csv'])),
  });
  if (read.kind === 'refused') return refuse(read.problems);
  const { pattern, topAltitudeMeters, speedMetersPerSecond = 5, format = 'json', ...values } = read.values;
  const path = planPath({
    ...values,
    pattern: pattern === 'orbit' ? 'orbit' : 'spiral',
    topAltitudeMeters: topAltitudeMeters ?? values.altitudeMeters,
    speedMetersPerSecond,
  });
  if (!path) return refuse(['batteryMinutes: the battery does not last for one turn of this radius at this speed']);
  return format === 'csv' ? { status: 200, csv: toCsv(path) } : { status: 200, body: { ...path } };
}

const columns: readonly (keyof Waypoint)[] = ['latitude', 'longitude', 'altitudeMeters', 'headingDegrees', 'gimbalPitchDegrees'];

const toCsv = ({ waypoints }: DronePath): string =>
  [columns, ...waypoints.map((waypoint) => columns.map((column) => waypoint[column]))].map((row) => `${row.join(',')}\n`).join('');
