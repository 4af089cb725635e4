import type { Environment } from '../config/environment.ts';
import { finding, type Finding } from '../finding.ts';
import type { StackFacts } from '../facts.ts';
import type { LiveStack } from '../world.ts';
import { notRun, toPlace, type Check } from './check.ts';

/** Whether every stack is in a state that CloudFormation deploys from. */
export const stackStates: Check = {
  name: 'stack states',
  tier: 'read',
  judge: ({ environment, stacks }) => stacks.flatMap((s) => judgeStack(s, environment)),
};

/** A stack of another account than that of the credentials was not asked about; where the environment names its account, that is told elsewhere. */
function judgeStack({ stack, at, live, unread }: StackFacts, environment: Environment): readonly Finding[] {
  const place = toPlace(stack);
  if (!live)
    return environment.account
      ? []
      : [finding('PF160', `${stack.name} goes to account ${at.account}, and the credentials belong to another one.`, place)];
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
  if (status === 'ROLLBACK_COMPLETE' || status === 'REVIEW_IN_PROGRESS') {
    return [
      finding(
        'PF112',
        `${name} is in ${status}: its creation never came to an end. Deploy deletes the shell and creates the stack anew.`,
        place,
      ),
    ];
  }
  if (/_IN_PROGRESS$/.test(status)) return [finding('PF111', `${name} is in ${status}.`, place)];
  const way = ways[status];
  const why = live.statusReason ? ` (${live.statusReason})` : '';
  return way ? [finding('PF110', `${name} is in ${status}${why}; ${way} ${name}`, place)] : [];
}
