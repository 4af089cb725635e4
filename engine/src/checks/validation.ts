import type { Facts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import { judgeName, nameProperty } from '../names.ts';
import type { Violation } from '../world.ts';
import { notRun, toPlace, type Check } from './check.ts';
import { findCycle } from './circular.ts';

/** What the offline CloudFormation validator sees: its fatal and error levels stop a deployment, the rest is told. */
export const validation: Check = {
  name: 'template validation',
  tier: 'static',
  judge: ({ validation: answer, stacks }) => {
    if (!answer) return [];
    if (answer.kind === 'unknown') {
      return answer.because.why === 'failed'
        ? [finding('PF179', `${answer.because.message}.`)]
        : [notRun('template validation', answer.because)];
    }
    const byId = new Map(stacks.map((s) => [s.stack.id, s.stack]));
    const leftOut = toLeftOut(stacks);
    const badNames = toBadNames(stacks);
    const knotted = new Set(stacks.filter((s) => findCycle(s).length > 0).map((s) => s.stack.id));
    return answer.value
      .filter((v) => !noise.has(v.rule) && !badNames.has(`${v.stackId}|${v.logicalId}|${v.property}`))
      .filter((v) => !(v.rule === cycleRule && knotted.has(v.stackId)))
      .filter((v) => !(valueRules.test(v.rule) && leftOut.has(`${v.stackId}|${v.logicalId}`)))
      .flatMap((v): Finding[] => {
        const stack = byId.get(v.stackId);
        return stack ? [finding(isGate(v) ? 'PF170' : 'PF171', toMessage(v), toPlace(stack, v.logicalId))] : [];
      });
  },
};

/** Gives the properties whose names PF130 tells of already, in better words. */
function toBadNames(stacks: Facts['stacks']): ReadonlySet<string> {
  const bad = stacks.flatMap((s) => s.named).filter(({ type, name }) => judgeName(type, name).length > 0);
  return new Set(bad.map(({ stack, logicalId, type }) => `${stack.id}|${logicalId}|Properties.${nameProperty(type)}`));
}

/** The rule that tells of a cycle once for each of its resources: PF194 tells of it once. */
const cycleRule = 'F3004';

/** Rules about the values of properties. Others hold for what is never made too: a reference to nothing makes the whole template invalid. */
const valueRules = /^[A-Z]30\d\d$/;

/** Gives the resources that a condition leaves out: their properties reach no service. */
function toLeftOut(stacks: Facts['stacks']): ReadonlySet<string> {
  return new Set(
    stacks.flatMap(({ stack, resources }) => {
      const made = new Set(resources.map((r) => r.logicalId));
      const all = Object.keys(stack.template.Resources ?? {});
      return all.filter((id) => !made.has(id)).map((id) => `${stack.id}|${id}`);
    }),
  );
}

/** W3005 tells of a DependsOn that a reference implies: CDK itself writes one for every function with a policy. */
const noise: ReadonlySet<string> = new Set(['W3005']);

const isGate = (v: Violation): boolean => v.level === 'fatal' || v.level === 'error';

const toMessage = ({ rule, property, message }: Violation): string => `${property ? `${property}: ` : ''}${message} (rule ${rule})`;
