import { toFindingLine } from './checks/checks.ts';
import type { Facts } from './facts.ts';
import { hasErrors, type Finding } from './finding.ts';
import { toCreatedNames } from './plan/make-plan.ts';
import type { World } from './world.ts';

/** Tells in the log what a preflight found: what is made and adopted, what changes, what is wrong. */
export function logInspection(facts: Facts, findings: readonly Finding[], world: World): void {
  const dataNames = new Set(facts.decisions.map((d) => `${d.type} ${d.name}`));
  const created = toCreatedNames(facts);
  created
    .filter((c) => !dataNames.has(`${c.type} ${c.name}`))
    .forEach((c) => world.log.line(`🆕 Creating new ${toNoun(c.type)}: ${c.name}`));
  const adopted = (facts.adoptions ?? []).filter((a) => a.obstacle === undefined);
  adopted
    .filter((a) => !dataNames.has(`${a.type} ${a.name}`))
    .forEach((a) => world.log.line(`✅ Adopting existing ${toNoun(a.type)}: ${a.name}`));
  world.log.line(
    `📊 Resource mix: ${facts.decisions.filter((d) => d.kind === 'reference').length} imported, ${adopted.length ? `${adopted.length} adopted, ` : ''}${created.length} created, of those with a name of their own`,
  );
  for (const { stack, change } of facts.stacks) world.log.line(`   ${stack.name}: ${change.action}, ${change.because}`);
  findings.filter((f) => f.severity !== 'notice').forEach((f) => world.log.line(`${toFindingLine(f)}\n   → ${f.remedy}`));
  const notices = findings.filter((f) => f.severity === 'notice');
  if (notices.length) world.log.group(`ℹ️ ${notices.length} notice${notices.length === 1 ? '' : 's'}`, notices.map(toFindingLine));
  if (!hasErrors(findings)) world.log.line(toPassedLine(facts, findings));
}

/** Silence never means fine: what was not looked at is counted. */
function toPassedLine({ account }: Facts, findings: readonly Finding[]): string {
  const notRun = findings.filter((f) => f.code === 'PF001').length;
  if (notRun) return `✅ No check that ran found an error; ${notRun} could not run`;
  if (account === undefined) return '✅ All static checks passed; AWS was not asked';
  return '✅ All preflight checks passed - deployment ready!';
}

/** Gives `Lambda function` for `AWS::Lambda::Function`. */
function toNoun(type: string): string {
  const [, service = '', resource = ''] = type.split('::');
  return `${service} ${resource.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}`;
}
