import { finding, type Finding } from '../finding.ts';
import type { Environment } from './environment.ts';
import { regionForm } from './schema.ts';

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
  if (!regionForm.test(region)) return { problem: finding('RT047', `\`${region}\` has not the form of a region.`) };
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

/**
 * Gives what is to be said where none of the chosen stacks goes to the region of the run.
 *
 * An input `region` then has no effect: a run for each of several regions would change the same stacks again and again. A region that only the
 * job has is one to ask from.
 */
export function judgeRegion(
  stacks: readonly { readonly region?: string }[],
  region: string,
  wanted: string | undefined,
): readonly Finding[] {
  const others = [...new Set(stacks.flatMap((s) => s.region ?? region))].sort();
  if (others.length === 0 || others.includes(region)) return [];
  const where = `the chosen stacks go to ${others.join(', ')}, as the app says`;
  return [wanted ? finding('RT014', `\`region: ${wanted}\`: ${where}.`) : finding('RT048', `The run is for ${region}; ${where}.`)];
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
