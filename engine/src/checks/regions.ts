import { finding } from '../finding.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';
import { isShut } from './places.ts';

/** Whether the account has the regions that the stacks go to. That of the run itself answered already. */
export const regions: Check = {
  name: 'regions',
  tier: 'read',
  judge: ({ stacks, at }, ask) =>
    stacks
      .filter((s) => s.live && !isShut(s) && s.at.region !== at.region)
      .flatMap(({ stack, at: { account, region } }) =>
        judgeAnswer(ask({ account, region: at.region }, 'regions', {}), 'regions', toPlace(stack), (found) => {
          if (found.get(region)) return [];
          const why = found.has(region) ? `${region} is not enabled in account ${account}` : `there is no region ${region}`;
          return [finding('PF105', `${stack.name} goes to ${region}: ${why}.`, toPlace(stack))];
        }),
      ),
};
