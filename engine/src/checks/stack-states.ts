import { finding, type Finding } from '../finding.ts';
import type { StackFacts } from '../facts.ts';
import type { LiveStack } from '../world.ts';
import { notRun, toPlace, type Check } from './check.ts';

/** Whether every stack is in a state that CloudFormation deploys from. */
export const stackStates: Check = {
  name: 'stack states',
  tier: 'read',
  judge: ({ stacks }) => stacks.flatMap(judgeStack),
};

function judgeStack({ stack, live, unread }: StackFacts): readonly Finding[] {
  if (!live) return [];
  const place = toPlace(stack);
  const found = live.kind === 'known' && live.value ? judgeState(live.value, place) : [];
  return [...found, ...unread.map((because) => notRun(`live stack ${stack.name}`, because, place))];
}

/** What can be done about a state; the states not here are fine. */
const ways: Readonly<Record<string, string>> = {
  UPDATE_ROLLBACK_FAILED: 'continue its rollback: aws cloudformation continue-update-rollback --stack-name',
  ROLLBACK_FAILED: 'delete it, keeping what it cannot delete: aws cloudformation delete-stack --stack-name',
  CREATE_FAILED: 'delete it: aws cloudformation delete-stack --stack-name',
  DELETE_FAILED: 'delete it again, keeping what it cannot delete: aws cloudformation delete-stack --stack-name',
  UPDATE_FAILED: 'roll it back: aws cloudformation rollback-stack --stack-name',
  IMPORT_ROLLBACK_FAILED: 'continue its rollback: aws cloudformation continue-update-rollback --stack-name',
};

function judgeState(live: LiveStack, place: ReturnType<typeof toPlace>): readonly Finding[] {
  const { name, status } = live;
  if (status === 'ROLLBACK_COMPLETE' && live.terminationProtection) return [finding('PF110', toProtectedShell(name), place)];
  if (status === 'ROLLBACK_COMPLETE' || status === 'REVIEW_IN_PROGRESS') {
    const then =
      status === 'ROLLBACK_COMPLETE'
        ? 'Deploy deletes what is left of it and creates the stack anew'
        : 'Deploy creates the stack in its place';
    return [finding('PF112', `${name} is in ${status}: its creation never came to an end. ${then}.`, place)];
  }
  if (/_IN_PROGRESS$/.test(status)) return [finding('PF111', `${name} is in ${status}.`, place)];
  const way = ways[status];
  const why = live.statusReason ? ` (${live.statusReason})` : '';
  return way ? [finding('PF110', `${name} is in ${status}${why}; ${way} ${name}`, place)] : [];
}

/** The toolkit protects a stack before its first change set is executed, so even a failed creation is protected. */
const toProtectedShell = (name: string): string =>
  `${name} is in ROLLBACK_COMPLETE and protected from deletion, so nobody can create it anew; first run: ` +
  `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name}`;
