import type { Environment } from './environment.ts';

/** One job of a deployment of many environments: one account and one region. An empty text is what the config leaves open. */
export interface WaveEntry {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly role: string;
  readonly 'github-environment': string;
}

/** How many jobs GitHub makes of one matrix. */
const most = 256;

/**
 * Gives the jobs of a deployment of many environments, in waves: the next one is to wait for the one before.
 *
 * A wave of the config that has more jobs than GitHub makes of a matrix becomes several. `region` stands for environments without any.
 */
export function toWaves(environments: readonly Environment[], region: string | undefined): readonly (readonly WaveEntry[])[] {
  const turns = [...new Set(environments.map((e) => e.wave))].sort((a, b) => a - b);
  return turns.flatMap((turn) => toParts(environments.filter((e) => e.wave === turn).flatMap((e) => toEntries(e, region))));
}

const toEntries = ({ name, account = '', regions, role = '', githubEnvironment = '' }: Environment, region = ''): readonly WaveEntry[] =>
  (regions.length ? regions : [region]).map((at) => ({
    environment: name,
    account,
    region: at,
    role,
    'github-environment': githubEnvironment,
  }));

function toParts(entries: readonly WaveEntry[]): readonly (readonly WaveEntry[])[] {
  return Array.from({ length: Math.ceil(entries.length / most) }, (_, part) => entries.slice(part * most, (part + 1) * most));
}
