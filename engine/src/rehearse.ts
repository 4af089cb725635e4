import { toCleaned } from './cause/clean.ts';
import type { Facts, StackFacts } from './facts.ts';
import { finding, type Finding } from './finding.ts';
import { toPlace } from './checks/check.ts';
import type { Cloud, World } from './world.ts';

/**
 * Lets CloudFormation look at the change sets of a deployment, its own early validation included, and removes them again.
 *
 * The one look that writes: it is made when it is asked for, and only when no check found an error. A stack that needs one that
 * this deployment changes first cannot be looked at: its change set would be refused for what is not there yet.
 */
export async function rehearse(facts: Facts, cloudOf: (facts: StackFacts) => Cloud, world: World): Promise<readonly Finding[]> {
  const changing = facts.stacks.filter((s) => s.change.action !== 'unchanged');
  const ids = new Map(changing.map((s) => [s.stack.id, s.stack.name]));
  const found = await Promise.all(
    changing.map(async (s): Promise<readonly Finding[]> => {
      const first = s.stack.dependencies.flatMap((id) => ids.get(id) ?? []);
      if (first.length)
        return [
          finding(
            'PF001',
            `change set of ${s.stack.name}: it needs ${first.join(', ')}, which this deployment changes first.`,
            toPlace(s.stack),
          ),
        ];
      return rehearseOne(s, facts.assembly.dir, cloudOf(s), world);
    }),
  );
  return found.flat();
}

async function rehearseOne(
  { stack, parameters, tags, adopts }: StackFacts,
  assembly: string,
  cloud: Cloud,
  world: World,
): Promise<readonly Finding[]> {
  const changeSetName = `spaceport-preflight-${world.run.id}-${world.run.attempt}`;
  const order = { assembly, stack, parameters, tags, changeSetName, keepsFailed: false, method: 'change-set', adopts } as const;
  const { error, left } = await cloud.deployer.rehearse(order);
  return [
    ...(error === undefined ? [] : [finding('PF177', `${stack.name}: ${toCleaned(error)}`, toPlace(stack))]),
    ...(left ? [finding('PF178', `Left behind is ${left}.`, toPlace(stack))] : []),
  ];
}
