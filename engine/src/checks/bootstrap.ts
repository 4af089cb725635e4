import { finding, type Finding } from '../finding.ts';
import type { BootstrapFact } from '../facts.ts';
import { notRun, type Check } from './check.ts';

/** Whether every account and region has the bootstrap that its stacks need, under their qualifier and new enough. */
export const bootstrap: Check = { name: 'bootstrap', tier: 'read', judge: ({ bootstraps }) => bootstraps.flatMap(judgeBootstrap) };

function judgeBootstrap(fact: BootstrapFact): readonly Finding[] {
  const { at, qualifier, needed, version, stacks } = fact;
  const where = `${at.account}/${at.region}`;
  const place = { stack: stacks[0] ?? '' };
  if (version.kind === 'unknown') return [notRun(`bootstrap of ${where}`, version.because, place)];
  if (version.value === undefined) return [toMissing(fact, where)];
  if (version.value >= needed) return [];
  return [
    finding('PF101', `${where} has version ${version.value} under the qualifier ${qualifier}; ${stacks.join(', ')} need ${needed}.`, place),
  ];
}

function toMissing({ qualifier, qualifiers, parameter, stacks, at }: BootstrapFact, where: string): Finding {
  const place = { stack: stacks[0] ?? '' };
  if (!qualifier) return finding('PF100', `${where} has no bootstrap stack: there is no SSM parameter ${parameter}.`, place);
  const others = qualifiers?.kind === 'known' ? qualifiers.value : [];
  if (others.length) {
    return finding('PF102', `The app uses the qualifier ${qualifier}; ${where} is bootstrapped with ${others.join(', ')}.`, place);
  }
  return finding(
    'PF100',
    `${where} has no bootstrap stack. The command is: cdk bootstrap aws://${at.account}/${at.region}${qualifier === 'hnb659fds' ? '' : ` --qualifier ${qualifier}`}`,
    place,
  );
}
