import { CircuitOpen, type Breaker } from '../breaker.ts';
import type { NamedCircuit } from '../circuits.ts';
import type { Events } from '../events.ts';
import { readAnalysis, readEvent, readQuery } from './fields.ts';
import { refuse, type Reply, type Request } from './http.ts';

/** What the answers depend on besides the request. */
export interface ApiWorld {
  readonly events: Events;
  readonly breaker: Breaker;
  circuits(): Promise<readonly NamedCircuit[]>;
  /** Hands lines of a log to the analysis. */
  analyse(request: { readonly source: string; readonly at: string; readonly lines: readonly string[] }): Promise<void>;
  newId(): string;
  now(): Date;
}

/** Answers a request; while what it needs is known to fail it says so at once, and when to come again. */
export async function respond(request: Request, world: ApiWorld): Promise<Reply> {
  const answer = routes.get(request.route);
  if (!answer) return { status: 404, body: { error: 'not-found' } };
  try {
    return await answer(request, world);
  } catch (error) {
    if (!(error instanceof CircuitOpen)) throw error;
    const seconds = Math.max(1, Math.ceil((error.until.getTime() - world.now().getTime()) / 1000));
    return { status: 503, body: { error: 'unavailable' }, headers: { 'retry-after': String(seconds) } };
  }
}

type Answer = (request: Request, world: ApiWorld) => Promise<Reply>;

const listEvents: Answer = async ({ query }, { events, breaker }) => {
  const read = readQuery(query);
  if (read.kind === 'refused') return refuse(read.problems);
  const found = await breaker('api:events', () => events.list(read.value));
  const last = found.length === read.value.limit ? found.at(-1)?.at : undefined;
  return { status: 200, body: { events: found, ...(last ? { before: last } : {}) } };
};

const addEvent: Answer = async ({ body }, { events, breaker, now, newId }) => {
  const read = readEvent(body, now(), newId());
  if (read.kind === 'refused') return refuse(read.problems);
  const isNew = await breaker('api:events', () => events.put(read.value));
  const { source, at } = read.value;
  return isNew ? { status: 201, body: { source, at } } : { status: 409, body: { error: 'exists', source, at } };
};

const askAnalysis: Answer = async ({ body }, { analyse, breaker, now, newId }) => {
  const read = readAnalysis(body);
  if (read.kind === 'refused') return refuse(read.problems);
  const at = `${now().toISOString()}#${newId()}`;
  await breaker('api:analysis', () => analyse({ ...read.value, at }));
  return { status: 202, body: { source: `analysis#${read.value.source}`, at } };
};

const routes: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['GET /health', async () => ({ status: 200, body: { status: 'ok' }, headers: { 'cache-control': 'no-store' } })],
  ['GET /events', listEvents],
  ['POST /events', addEvent],
  ['GET /circuits', async (_, { circuits }) => ({ status: 200, body: { circuits: await circuits() } })],
  ['POST /analyses', askAnalysis],
]);
