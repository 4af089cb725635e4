import type { Surroundings } from '../assembly/surroundings.ts';
import type { StackFacts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { toAsked } from './touched.ts';

/** Whether every account and region has the bootstrap that the stacks that change need, under their qualifier and new enough. */
export const bootstrap: Check = {
  name: 'bootstrap',
  tier: 'read',
  judge: ({ stacks }, ask) => toNeeds(toAsked(stacks)).flatMap((need) => judgeNeed(need, ask)),
};

/** What a group of stacks needs of the bootstrap of one account and region. */
interface Need {
  readonly at: Surroundings;
  readonly qualifier: string;
  readonly parameter: string;
  /** The highest version that any of the stacks needs. */
  readonly version: number;
  readonly stacks: readonly string[];
}

function toNeeds(stacks: readonly StackFacts[]): readonly Need[] {
  const needs = new Map<string, Need>();
  for (const { stack, at } of stacks) {
    if (!stack.bootstrap) continue;
    const { parameter, qualifier, version } = stack.bootstrap;
    const key = `${at.account} ${at.region} ${parameter}`;
    const found = needs.get(key) ?? { at, qualifier, parameter, version: 0, stacks: [] };
    needs.set(key, { ...found, version: Math.max(found.version, version), stacks: [...found.stacks, stack.name] });
  }
  return [...needs.values()];
}

/** Says whether a stack's bootstrap is there, as far as is known yet; yes where nothing tells of it. */
export function isBootstrapped({ stack, at }: StackFacts, ask: Ask): boolean {
  const answer = stack.bootstrap && ask(at, 'parameter', { name: stack.bootstrap.parameter });
  return !(answer?.kind === 'known' && answer.value === undefined);
}

function judgeNeed(need: Need, ask: Ask): readonly Finding[] {
  const { at, qualifier, parameter, version: needed, stacks } = need;
  const where = `${at.account}/${at.region}`;
  const place = { stack: stacks[0] ?? '' };
  return judgeAnswer(ask(at, 'parameter', { name: parameter }), `bootstrap of ${where}`, place, (found) => {
    if (!found) return toMissing(need, where, ask);
    const version = Number.parseInt(found.value ?? '', 10) || 0; // what is no number counts as the oldest version
    if (version >= needed) return [];
    return [
      finding('PF101', `${where} has version ${version} under the qualifier ${qualifier}; ${stacks.join(', ')} need ${needed}.`, place),
    ];
  });
}

function toMissing({ qualifier, parameter, stacks, at }: Need, where: string, ask: Ask): readonly Finding[] {
  const place = { stack: stacks[0] ?? '' };
  if (!qualifier) return [finding('PF100', `${where} has no bootstrap stack: there is no SSM parameter ${parameter}.`, place)];
  const answer = ask(at, 'qualifiers', {});
  if (!answer) return [];
  const others = answer.kind === 'known' ? answer.value : [];
  if (others.length) {
    return [finding('PF102', `The app uses the qualifier ${qualifier}; ${where} is bootstrapped with ${others.join(', ')}.`, place)];
  }
  const option = qualifier === 'hnb659fds' ? '' : ` --qualifier ${qualifier}`;
  const command = `cdk bootstrap aws://${at.account}/${at.region}${option}`;
  return [finding('PF100', `${where} has no bootstrap stack. The command is: ${command}`, place)];
}
