import { finding } from '../finding.ts';
import { toPlace, type Check } from './check.ts';

/** Whether the stacks go where the environment is, and are protected where it is. */
export const requirements: Check = {
  name: 'environment requirements',
  tier: 'static',
  judge: ({ environment, account, stacks }) => {
    // An app that is where it belongs may have a stack elsewhere: what CloudFront takes stands in us-east-1.
    const isAtHome = stacks.some(({ at }) => environment.regions.includes(at.region));
    const isInAccount = stacks.some(({ at }) => environment.account === at.account);
    return stacks.flatMap(({ stack, at }) => {
      const place = toPlace(stack);
      const isBeyond = account !== undefined && at.account !== account && !stack.roles.deploy;
      return [
        ...(isBeyond
          ? [
              finding(
                'PF161',
                `${stack.name} goes to account ${at.account} and names no role to deploy with; the credentials belong to ${account}.`,
                place,
              ),
            ]
          : []),
        ...(!isBeyond && environment.account && at.account !== environment.account
          ? [
              {
                ...finding(
                  'PF160',
                  `${stack.name} goes to account ${at.account}; the environment ${environment.name} is in ${environment.account}.`,
                  place,
                ),
                severity: isInAccount ? ('warning' as const) : ('error' as const),
              },
            ]
          : []),
        ...(environment.regions.length && !environment.regions.includes(at.region)
          ? [
              {
                ...finding(
                  'PF160',
                  `${stack.name} goes to ${at.region}; the environment ${environment.name} has ${environment.regions.join(', ')}.`,
                  place,
                ),
                severity: isAtHome ? ('warning' as const) : ('error' as const),
              },
            ]
          : []),
        ...(environment.protected && !stack.terminationProtection
          ? [
              {
                ...finding(
                  'PF160',
                  `${stack.name} has no termination protection; the environment ${environment.name} is protected.`,
                  place,
                ),
                severity: 'warning' as const,
              },
            ]
          : []),
      ];
    });
  },
};
