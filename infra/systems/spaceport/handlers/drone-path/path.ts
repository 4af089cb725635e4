/** What a flight is asked to be; lengths are in metres, angles in degrees. */
export interface Flight {
  readonly pattern: 'orbit' | 'spiral';
  readonly latitude: number;
  readonly longitude: number;
  readonly radiusMeters: number;
  /** Height above the take-off point, at the start and at the end of the flight. */
  readonly altitudeMeters: number;
  readonly topAltitudeMeters: number;
  readonly batteryMinutes: number;
  readonly speedMetersPerSecond: number;
}

/** One point that the drone flies to. */
export interface Waypoint {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitudeMeters: number;
  /** Where the nose points, clockwise from north: always at the centre. */
  readonly headingDegrees: number;
  /** How far the camera looks down: 0 at the horizon, -90 straight down. */
  readonly gimbalPitchDegrees: number;
}

/** A flight that the battery lasts for. */
export interface DronePath {
  readonly turns: number;
  readonly lengthMeters: number;
  readonly flightMinutes: number;
  readonly waypoints: readonly Waypoint[];
}

/** Part of the battery that no flight plans with: the way out and home, and wind. */
export const reserve = 0.25;
/** Most flight controllers take no more points in one mission. */
export const mostWaypoints = 99;
const mostTurns = 8;
const metersPerDegree = 111_320;

/**
 * Plans a flight around a centre: circles of one radius, or a spiral from close by outwards, rising evenly to the top altitude.
 *
 * As many turns, at most 8, as the battery lasts for with its reserve; undefined when it does not last for one.
 *
 * Shape: 2 to 99 waypoints, evenly spread over the angle flown.
 */
export function planPath(flight: Flight): DronePath | undefined {
  const budgetMeters = flight.batteryMinutes * 60 * (1 - reserve) * flight.speedMetersPerSecond;
  for (let turns = mostTurns; turns >= 1; turns--) {
    const points = toPoints(flight, turns);
    const lengthMeters = toLength(points);
    if (lengthMeters <= budgetMeters)
      return {
        turns,
        lengthMeters: round(lengthMeters, 1),
        flightMinutes: round(lengthMeters / flight.speedMetersPerSecond / 60, 1),
        waypoints: points.map((point) => toWaypoint(flight, point)),
      };
  }
  return undefined;
}

/** A place relative to the centre: metres to the east, to the north and up. */
interface Point {
  readonly east: number;
  readonly north: number;
  readonly up: number;
}

function toPoints({ pattern, radiusMeters, altitudeMeters, topAltitudeMeters }: Flight, turns: number): readonly Point[] {
  const count = Math.min(mostWaypoints, turns * 24 + 1);
  return Array.from({ length: count }, (_, index) => {
    const part = index / (count - 1);
    const radius = pattern === 'orbit' ? radiusMeters : radiusMeters * (0.15 + 0.85 * part);
    const angle = 2 * Math.PI * turns * part;
    return {
      east: radius * Math.sin(angle),
      north: radius * Math.cos(angle),
      up: altitudeMeters + (topAltitudeMeters - altitudeMeters) * part,
    };
  });
}

function toLength(points: readonly Point[]): number {
  return points.reduce((sum, { east, north, up }, index) => {
    const before = points[index - 1];
    return before ? sum + Math.hypot(east - before.east, north - before.north, up - before.up) : 0;
  }, 0);
}

/** Good to centimetres within the few hundred metres of a flight. */
function toWaypoint({ latitude, longitude }: Flight, { east, north, up }: Point): Waypoint {
  const across = metersPerDegree * Math.cos((latitude * Math.PI) / 180);
  return {
    latitude: round(latitude + north / metersPerDegree, 7),
    longitude: round(longitude + east / across, 7),
    altitudeMeters: round(up, 1),
    headingDegrees: round((Math.atan2(-east, -north) * (180 / Math.PI) + 360) % 360, 1),
    gimbalPitchDegrees: round(-Math.atan2(up, Math.hypot(east, north)) * (180 / Math.PI), 1),
  };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
