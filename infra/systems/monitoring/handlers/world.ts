import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createBreaker, type Breaker } from './breaker.ts';
import { createCircuits } from './circuits.ts';
import { createEvents, type Events } from './events.ts';
import { createLog, type Log } from '../../../handlers/log.ts';
import { createMetrics, type Metrics } from '../../../handlers/metrics.ts';
import { toCredentials } from '../../../handlers/sign.ts';
import { createServices, type Services } from './services.ts';
import { readVariables } from '../../../handlers/variables.ts';

/** What every function has: its log and metrics, the breaker, and the table's client. */
export interface World {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly breaker: Breaker;
  readonly database: DynamoDBDocumentClient;
  now(): Date;
}

type Variables = Readonly<Record<string, string | undefined>>;

const write = (line: string): void => void process.stdout.write(line);
const now = (): Date => new Date();

/** Makes the world of a function; one call that tries may take as long as the function, `tryMs`. */
export function createWorld(variables: Variables, tryMs: number): World {
  const { ENVIRONMENT, CIRCUITS_TABLE, CIRCUIT_FAILURES, CIRCUIT_OPEN_SECONDS } = readVariables(variables, [
    'ENVIRONMENT',
    'CIRCUITS_TABLE',
    'CIRCUIT_FAILURES',
    'CIRCUIT_OPEN_SECONDS',
  ]);
  const database = DynamoDBDocumentClient.from(new DynamoDBClient());
  const log = createLog(write, now);
  const metrics = createMetrics(write, now, { namespace: 'Monitoring', environment: ENVIRONMENT });
  const limits = { failures: Number(CIRCUIT_FAILURES), openMs: Number(CIRCUIT_OPEN_SECONDS) * 1000, tryMs };
  return {
    log,
    metrics,
    database,
    now,
    breaker: createBreaker({ circuits: createCircuits(database, CIRCUITS_TABLE), limits, log, metrics, now }),
  };
}

/** Makes the events of the function's table. */
export function eventsOf({ database, now: clock }: World, variables: Variables): Events {
  const { EVENTS_TABLE, EVENT_DAYS } = readVariables(variables, ['EVENTS_TABLE', 'EVENT_DAYS']);
  return createEvents(database, EVENTS_TABLE, Number(EVENT_DAYS), clock);
}

/** Makes the services of the function's region. */
export function servicesOf(variables: Variables, timeoutMs: number): Services {
  const { AWS_REGION } = readVariables(variables, ['AWS_REGION']);
  const endpoint = variables['AWS_ENDPOINT_URL'];
  return createServices({
    region: AWS_REGION,
    timeoutMs,
    fetch,
    now,
    credentials: () => toCredentials(process.env),
    ...(endpoint ? { endpoint } : {}),
  });
}
