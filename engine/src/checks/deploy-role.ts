import { toFilled, toPartition } from '../assembly/surroundings.ts';
import type { StackFacts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { Asked } from '../readings.ts';
import type { Ask } from './ask.ts';
import { toQuestion } from './bootstrap-roles.ts';
import { judgeAnswer, type Check } from './check.ts';
import { toAsked } from './touched.ts';

/**
 * Whether the deploy role may hand the execution role to CloudFormation, and read why a change set is refused.
 *
 * Of deploy roles that can be assumed; one role is asked about once.
 */
export const deployRole: Check = {
  name: 'deploy role',
  tier: 'read',
  judge: ({ stacks, deployer }, ask) => (deployer ? toPairs(toAsked(stacks)).flatMap((pair) => judgePair(pair, ask)) : []),
};

interface Pair {
  readonly facts: StackFacts;
  readonly deploy: Asked<'refusal'>;
  readonly execution: string;
}

function toPairs(stacks: readonly StackFacts[]): readonly Pair[] {
  const all = stacks.flatMap((facts): [string, Pair][] => {
    const { deploy, externalId, execution } = facts.stack.roles;
    if (!deploy || !execution) return [];
    const pair = { facts, deploy: toQuestion(deploy, externalId, facts.at), execution: toFilled(execution, facts.at) };
    return [[`${pair.deploy.role} ${pair.execution} ${facts.at.region}`, pair]];
  });
  return [...new Map(all.toReversed()).values()].toReversed();
}

function judgePair({ facts: { stack, at }, deploy: question, execution }: Pair, ask: Ask): readonly Finding[] {
  const place = { stack: stack.name };
  const { role: deploy } = question;
  const refusal = ask(at, 'refusal', question);
  if (refusal?.kind !== 'known' || refusal.value !== undefined) return [];
  const passing = { principal: deploy, actions: ['iam:PassRole'], resource: execution, service: 'cloudformation.amazonaws.com' };
  const resource = `arn:${toPartition(at.region)}:cloudformation:${at.region}:${at.account}:stack/${stack.name}/*`;
  const reading = { principal: deploy, actions: ['cloudformation:DescribeEvents'], resource };
  return [
    ...judgeAnswer(ask(at, 'denied', passing), `policies of ${deploy}`, place, (denied) =>
      denied.length ? [finding('PF106', `${deploy} has no iam:PassRole on ${execution}.`, place)] : [],
    ),
    ...judgeAnswer(ask(at, 'denied', reading), `policies of ${deploy}`, place, (denied) =>
      denied.length ? [finding('PF109', `${deploy} has no cloudformation:DescribeEvents.`, place)] : [],
    ),
  ];
}
