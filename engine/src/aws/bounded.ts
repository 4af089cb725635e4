import type { STSClientConfig } from '@aws-sdk/client-sts';
import type { Answer } from '../answer.ts';
import { createPool } from '../pool.ts';
import type { Readings } from '../readings.ts';
import { toAgents } from './proxy.ts';

/** How long reading may take, in milliseconds. */
export interface Bounds {
  /** For one attempt to be answered, and between two pieces of an answer. */
  readonly attemptMs: number;
  /** After which no other attempt begins. With `attemptMs` it bounds a call. */
  readonly retryMs: number;
}

/** So that a call which nobody answers is tried twice, in twenty seconds, and one that is throttled five times. */
const bounds: Bounds = { attemptMs: 10_000, retryMs: 15_000 };

const maxAttempts = 5;
const baseMs = { THROTTLING: 500, TRANSIENT: 100 } as const;
const longestPauseMs = 5_000;

type RetryStrategy = Extract<NonNullable<STSClientConfig['retryStrategy']>, { acquireInitialRetryToken: unknown }>;
type Token = Awaited<ReturnType<RetryStrategy['acquireInitialRetryToken']>>;

/** What clients that only read are made with beside region and credentials. */
export interface ReadingSettings {
  readonly requestHandler: NonNullable<STSClientConfig['requestHandler']>;
  readonly retryStrategy: RetryStrategy;
}

/** Gives the settings of clients that only read: retries with growing pauses, and a bound on what one call may take in all. */
export function toReadingSettings({ attemptMs, retryMs }: Bounds = bounds, now: () => number = Date.now): ReadingSettings {
  const startedMs = new WeakMap<Token, number>();
  const issue = (count: number, pauseMs: number, started: number): Token => {
    const token: Token = { getRetryCount: () => count, getRetryDelay: () => pauseMs };
    startedMs.set(token, started);
    return token;
  };
  const retryStrategy: RetryStrategy = {
    acquireInitialRetryToken: async () => issue(0, 0, now()),
    refreshRetryTokenForRetry: async (token, { errorType }) => {
      const count = token.getRetryCount() + 1;
      const started = startedMs.get(token) ?? now();
      const base = errorType === 'THROTTLING' || errorType === 'TRANSIENT' ? baseMs[errorType] : undefined;
      if (base === undefined || count >= maxAttempts || now() - started > retryMs) throw new Error('no further attempt');
      return issue(count, Math.min(longestPauseMs, base * 2 ** (count - 1)) * (0.5 + Math.random() / 2), started);
    },
    recordSuccess: () => undefined,
  };
  return {
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: attemptMs,
      socketTimeout: attemptMs,
      throwOnRequestTimeout: true,
      ...toAgents(),
    },
    retryStrategy,
  };
}

/** How many readings of a kind are under way at once; the SDK has 50 connections a service. */
const limit = 40;

/** After how many calls in a row that nobody answered the others are not made for a while, and for how long. */
const patience = 3;
const restMs = 60_000;

/**
 * Bounds readings: so many of a kind at once, and for a minute none after several in a row of one kind and type got no answer at all.
 *
 * Those that are not made have the answer of the last one that was. A refusal or a failure is an answer.
 */
export function toBounded(readings: Readings, now: () => number = Date.now): Readings {
  const bounded = Object.entries(readings).map(([kind, read]) => [kind, toGated(read as Read, now)]);
  return Object.fromEntries(bounded) as Readings;
}

type Read = (of: { readonly type?: string }) => Promise<Answer<unknown>>;

function toGated(read: Read, now: () => number): Read {
  const silences = new Map<string, number>();
  const pool = createPool(limit);
  let last: { readonly answer: Answer<unknown>; readonly atMs: number } | undefined;
  return (of) =>
    pool(async () => {
      const { type = '' } = of;
      if (last && (silences.get(type) ?? 0) >= patience && now() - last.atMs < restMs) return last.answer;
      const answer = await read(of);
      const isSilent = answer.kind === 'unknown' && answer.because.why === 'unreachable';
      silences.set(type, isSilent ? (silences.get(type) ?? 0) + 1 : 0);
      if (isSilent) last = { answer, atMs: now() };
      return answer;
    });
}
