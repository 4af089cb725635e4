import { finding, type Finding } from '../finding.ts';
import type { Environment } from './environment.ts';

/**
 * Gives the region of a run, or why there is none: the input, else the runner's, else the environment's first.
 *
 * A region that the environment does not list is a problem, whoever named it.
 */
export function chooseRegion(
  environment: Environment,
  wanted: string | undefined,
  ambient: string | undefined,
): { readonly region: string } | { readonly problem: Finding } {
  const region = wanted ?? ambient ?? environment.regions[0];
  if (!region)
    return {
      problem: finding('RT042', `Neither the input \`region\` nor AWS_REGION nor the environment ${environment.name} names a region.`),
    };
  if (environment.regions.length && !environment.regions.includes(region)) {
    return {
      problem: finding(
        'RT043',
        `The region is ${region}; the environment ${environment.name} has ${environment.regions.join(', ')}.`,
        environment.place,
      ),
    };
  }
  return { region };
}

/** Gives the problem of credentials that belong to another account than the environment's; none when they fit or the environment is open. */
export function judgeAccount(environment: Environment, account: string): readonly Finding[] {
  if (!environment.account || environment.account === account) return [];
  return [
    finding(
      'RT041',
      `The credentials belong to account ${account}; the environment ${environment.name} is in ${environment.account}.`,
      environment.place,
    ),
  ];
}
