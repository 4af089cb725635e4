import picomatch from 'picomatch';
import { finding, Stop, type Place } from '../finding.ts';
import type { EnvironmentDefaults } from '../system.ts';
import type { Event } from './event.ts';
import type { Where } from './parse-config.ts';
import type { BootstrapConfig, Config, EnvironmentConfig } from './schema.ts';
import type { Verification } from './verification.ts';

/** Where a run goes: one environment, as config, event and inputs make it. Account and region may still be open. */
export interface Environment {
  readonly name: string;
  readonly account?: string;
  /** First is the one that keeps the documented names; empty when the credentials' region is taken. */
  readonly regions: readonly string[];
  readonly role?: string;
  readonly githubEnvironment?: string;
  readonly protected: boolean;
  /** What deploys only as part of a reviewed plan. */
  readonly approve: readonly 'widening'[];
  readonly legacyNames: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Its address; `${Stack.Output}` stands for an output of a stack. */
  readonly url?: string;
  /** When its turn is among many environments: 0 comes first. */
  readonly wave: number;
  /** What has to be true after a deployment; undefined when the config says nothing of it. */
  readonly verify?: readonly Verification[];
  /** The alarms that roll a deployment back, and how long they are watched after it. */
  readonly rollback?: { readonly alarms: readonly string[]; readonly monitoringMinutes: number };
  /** How the account and region are prepared for the CDK, as far as the config says. */
  readonly bootstrap?: BootstrapConfig;
  /** Why it is this one, for the log: `branch main fits main`. */
  readonly because: string;
  /** Where it stands in the config file; nothing for an environment of a system's own map. */
  readonly place: Place;
}

/** What decides the environment. */
export interface EnvironmentQuestion {
  readonly config: Config;
  /** Where the values of the config file stand, to show. */
  readonly where: Where;
  /** The map of the system, for projects whose file names no environments. */
  readonly defaults: Readonly<Record<string, EnvironmentDefaults>>;
  readonly event: Event;
  /** The input `environment`. */
  readonly wanted?: string;
}

/** The branch map of `app` and `cdk-out`, and of nothing else. */
export const appEnvironments: Readonly<Record<string, EnvironmentDefaults>> = {
  prod: { branches: ['main'] },
  staging: { branches: ['development'] },
};

/**
 * Gives the environment of a run: the one that is named, or the one whose pattern fits the branch best.
 *
 * @throws Stop with RT030 to RT033: no pattern fits, two fit equally, the name is unknown, or nothing names one.
 */
export function chooseEnvironment(question: EnvironmentQuestion): Environment {
  const candidates = toCandidates(question);
  const { event, wanted, where } = question;
  if (wanted) {
    const found = candidates.find((c) => c.name === wanted);
    if (found) return toEnvironment(found, 'named by the input environment');
    if (candidates.length === 0 && isName(wanted))
      return toEnvironment({ name: wanted, config: bare, place: {} }, 'named by the input environment');
    if (candidates.length === 0)
      throw new Stop(
        finding(
          'RT032',
          `\`${wanted}\` is no name of an environment: it has small letters, digits and hyphens, a letter first, at most 32 in all.`,
        ),
      );
    throw new Stop(finding('RT032', `\`${wanted}\` is none of the environments ${shown(candidates)}.`, where(['environments'])));
  }
  if (candidates.length === 0) throw new Stop(finding('RT033', 'Neither a config file nor the system maps branches to environments.'));
  if (!event.branch)
    throw new Stop(finding('RT033', `The event ${event.name || '(none)'} has no branch; the environments are ${shown(candidates)}.`));
  return byBranch(candidates, event.branch, where);
}

/**
 * Gives the environments that names or globs of names choose, each once, in the order of the config.
 *
 * @throws Stop with RT032 for every pattern that fits none, RT033 when there are no environments to choose from.
 */
export function chooseEnvironments(
  question: Omit<EnvironmentQuestion, 'event' | 'wanted'>,
  patterns: readonly string[],
): readonly Environment[] {
  const candidates = toCandidates(question);
  if (candidates.length === 0) throw new Stop(finding('RT033', 'Neither the config nor the system has environments to choose from.'));
  const idle = patterns.filter((pattern) => !candidates.some((c) => picomatch.isMatch(c.name, pattern)));
  if (idle.length)
    throw new Stop(
      idle.map((p) => finding('RT032', `\`${p}\` fits none of the environments ${shown(candidates)}.`, question.where(['environments']))),
    );
  return candidates.filter((c) => picomatch.isMatch(c.name, [...patterns])).map((c) => toEnvironment(c, 'named by the input environments'));
}

interface Candidate {
  readonly name: string;
  readonly config: EnvironmentConfig;
  readonly place: Place;
}

const bare: EnvironmentConfig = { branches: [], approve: [], 'legacy-names': false, settings: {}, wave: 1 };

const isName = (name: string): boolean => /^[a-z][a-z0-9-]{0,31}$/.test(name);

function toCandidates({ config, defaults, where }: Pick<EnvironmentQuestion, 'config' | 'defaults' | 'where'>): readonly Candidate[] {
  const own = Object.entries(config.environments).map(([name, e]) => ({
    name,
    config: { ...toInherited(defaults[name]), ...e },
    place: where(['environments', name]),
  }));
  if (own.length) return own;
  return Object.entries(defaults).map(([name, d]) => ({
    name,
    place: {},
    config: {
      ...bare,
      branches: [...d.branches],
      ...toInherited(d),
    },
  }));
}

/** What the system says of an environment holds for one of the file, too, as long as that does not say otherwise. */
const toInherited = (
  defaults: EnvironmentDefaults | undefined,
): Pick<EnvironmentConfig, 'regions' | 'protected' | 'github-environment'> => ({
  ...(defaults?.regions ? { regions: [...defaults.regions] } : {}),
  ...(defaults?.protected === undefined ? {} : { protected: defaults.protected }),
  ...(defaults?.githubEnvironment ? { 'github-environment': defaults.githubEnvironment } : {}),
});

function byBranch(candidates: readonly Candidate[], branch: string, where: Where): Environment {
  const fits = candidates
    .flatMap((c) =>
      c.config.branches
        .filter((pattern) => picomatch.isMatch(branch, pattern))
        .map((pattern) => ({ candidate: c, pattern, weight: toWeight(pattern) })),
    )
    .sort((a, b) => b.weight - a.weight);
  const [best] = fits;
  if (!best)
    throw new Stop(finding('RT030', `No pattern fits the branch \`${branch}\`; there are ${shown(candidates)}.`, where(['environments'])));
  const equal = fits.filter((f) => f.weight === best.weight && f.candidate.name !== best.candidate.name);
  if (equal.length) {
    const both = [best, ...equal].map((f) => `\`${f.pattern}\` of ${f.candidate.name}`).join(' and ');
    throw new Stop(
      finding('RT031', `The branch \`${branch}\` fits ${both} equally well.`, where(['environments', best.candidate.name, 'branches'])),
    );
  }
  return toEnvironment(best.candidate, `branch ${branch} fits ${best.pattern}`);
}

/** Gives how specific a pattern is: a plain name beats every glob, then the number of literal characters decides, and all-but-this comes last. */
function toWeight(pattern: string): number {
  const { isGlob, negated } = picomatch.scan(pattern) as { isGlob: boolean; negated: boolean };
  if (negated) return 0;
  const literal = pattern.replace(/[*?]|\[[^\]]*\]|\{[^}]*\}|[!+@]\([^)]*\)/g, '').length;
  return isGlob ? literal : 1000 + literal;
}

function toEnvironment({ name, config, place }: Candidate, because: string): Environment {
  return {
    name,
    because,
    place,
    regions: config.regions ?? [],
    protected: config.protected ?? false,
    approve: config.approve,
    legacyNames: config['legacy-names'],
    settings: config.settings,
    wave: config.wave,
    ...(config.url ? { url: config.url } : {}),
    ...(config.account ? { account: config.account } : {}),
    ...(config['rollback-alarms']
      ? { rollback: { alarms: config['rollback-alarms'], monitoringMinutes: config['monitoring-minutes'] ?? 0 } }
      : {}),
    ...(config.bootstrap ? { bootstrap: config.bootstrap } : {}),
    ...(config.verify?.length ? { verify: config.verify } : {}),
    ...(config.role ? { role: config.role } : {}),
    ...(config['github-environment'] ? { githubEnvironment: config['github-environment'] } : {}),
  };
}

const shown = (candidates: readonly Candidate[]): string =>
  candidates.map((c) => `${c.name} (${c.config.branches.join(', ') || 'no branches'})`).join(', ');
