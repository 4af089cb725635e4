import { createBreaker, type Breaker } from '../../infra/systems/monitoring/handlers/breaker.ts';
import type { Backup, Backups } from '../../infra/systems/monitoring/handlers/backup/backups.ts';
import { unused, type Circuit } from '../../infra/systems/monitoring/handlers/circuit.ts';
import type { Circuits } from '../../infra/systems/monitoring/handlers/circuits.ts';
import type { Events, MonitoringEvent } from '../../infra/systems/monitoring/handlers/events.ts';
import type { Log } from '../../infra/handlers/log.ts';
import type { Metrics } from '../../infra/handlers/metrics.ts';

/** Circuits in memory, with the same rule of versions as the table. */
export function fakeCircuits(kept = new Map<string, Circuit>()): Circuits & { readonly kept: Map<string, Circuit> } {
  return {
    kept,
    read: async (name) => kept.get(name) ?? unused,
    replace: async (name, next) => {
      const before = kept.get(name);
      if (before && before.version !== next.version - 1) return false;
      kept.set(name, next);
      return true;
    },
  };
}

/** Events in memory. */
export function fakeEvents(): Events & { readonly kept: MonitoringEvent[] } {
  const kept: MonitoringEvent[] = [];
  const has = (source: string, at: string): boolean => kept.some((event) => event.source === source && event.at === at);
  return {
    kept,
    has: async (source, at) => has(source, at),
    put: async (event) => {
      if (has(event.source, event.at)) return false;
      kept.push(event);
      return true;
    },
    list: async ({ by, value, limit, before }) =>
      kept
        .filter((event) => event[by] === value && (!before || event.at < before))
        .sort((a, b) => (a.at < b.at ? 1 : -1))
        .slice(0, limit),
  };
}

/** Backups in memory: `restored` are the new tables and what they were made of. */
export function fakeBackups(now: () => Date): Backups & { readonly kept: Backup[]; readonly restored: Map<string, string> } {
  const kept: Backup[] = [];
  const restored = new Map<string, string>();
  return {
    kept,
    restored,
    make: async (table, name) => {
      const arn = `arn:aws:dynamodb:us-west-2:111111111111:table/${table}/backup/${name}`;
      kept.push({ arn, table, madeAt: now(), available: true });
      return arn;
    },
    list: async (table) => kept.filter((backup) => backup.table === table),
    find: async (arn) => kept.find((backup) => backup.arn === arn),
    remove: async (arn) =>
      void kept.splice(
        kept.findIndex((backup) => backup.arn === arn),
        1,
      ),
    restore: async (arn, table) => void restored.set(table, arn),
  };
}

/** Lines of a log, and what was counted. */
export interface Recorded {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly lines: string[];
  readonly counted: [name: string, value: number][];
}

/** A log and metrics that keep what they get. */
export function recorder(): Recorded {
  const lines: string[] = [];
  const counted: [string, number][] = [];
  return {
    lines,
    counted,
    log: { info: (message) => void lines.push(`info ${message}`), error: (message) => void lines.push(`error ${message}`) },
    metrics: { count: (name, value) => void counted.push([name, value]) },
  };
}

/** A breaker over circuits in memory that opens after two failures, for a minute; `clock.now` is in ms. */
export function fakeBreaker(recorded: Recorded, clock: { now: number }, circuits: Circuits = fakeCircuits()): Breaker {
  const limits = { failures: 2, openMs: 60_000, tryMs: 5000 };
  return createBreaker({ circuits, limits, log: recorded.log, metrics: recorded.metrics, now: () => new Date(clock.now) });
}
