import { finding, type Finding } from '../finding.ts';
import type { Config, EnvironmentConfig } from './schema.ts';

/** An environment that the base does not have counts as protected; one that it has and says nothing of is as the system has it. */
const toProtection = (trusted: EnvironmentConfig | undefined): Pick<EnvironmentConfig, 'approve' | 'protected'> => {
  if (!trusted) return { protected: true, approve: ['widening'] };
  const { approve } = trusted;
  return trusted.protected === undefined ? { approve } : { approve, protected: trusted.protected };
};

/**
 * Gives the config that a pull request may use: its own, but with what grants or silences taken from its base branch.
 *
 * `role`, `account`, `protected`, `approve`, `verify` (it runs commands), `bootstrap` (it grants trust), `suppress`, `rules` and `promotions` come from `base`. Without a readable base there is no role, no suppression and no promotion, every
 * environment counts as protected and as one whose widening of access needs approval, and RT023 says so and `why`. An environment that the base does not have gets no role either. One that
 * names no environments has all of those of `base`: with the map of the system it would be free of what they ask for.
 *
 * `rollback-alarms` are its own: they are part of the plan, which would be another one after the merge (docs/decisions/0014-plan-and-apply.md).
 */
export function trustBase(
  own: Config,
  base: Config | undefined,
  file: string,
  why = 'it is not known which commit that is',
): { readonly config: Config; readonly findings: readonly Finding[] } {
  const isWithout = Object.keys(own.environments).length === 0;
  const environments = Object.fromEntries(
    Object.entries(isWithout && base ? base.environments : own.environments).map(
      ([name, { role: _granted, protected: _own, approve: _others, verify: _commands, bootstrap: _trust, ...rest }]) => {
        const trusted = base?.environments[name];
        const { role, account = rest.account, verify, bootstrap } = trusted ?? {};
        return [
          name,
          {
            ...rest,
            ...(role ? { role } : {}),
            ...(account ? { account } : {}),
            ...(verify ? { verify } : {}),
            ...(bootstrap ? { bootstrap } : {}),
            ...toProtection(trusted),
          },
        ];
      },
    ),
  );
  const config = { ...own, environments, suppress: base?.suppress ?? [], rules: base?.rules ?? [], promotions: base?.promotions ?? {} };
  const findings = base
    ? []
    : [
        finding(
          'RT023',
          `${file} of the base branch cannot be read (${why}), so the pull request's own role, protection, suppressions and promotions are not used.`,
          { file },
        ),
      ];
  return { config, findings };
}
