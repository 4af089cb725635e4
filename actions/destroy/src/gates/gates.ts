import type { Finding } from '../../../../engine/src/finding.ts';
import type { Facts } from '../facts.ts';
import { judgeConfirmation, tellProtection } from './confirmation.ts';
import { judgeData, type DataQuestion } from './data.ts';
import { judgeOutside } from './outside.ts';
import { judgeOwnership } from './ownership.ts';
import { judgeStates } from './states.ts';

/** What the gates look at beside the facts. A dry run need not be confirmed. */
export interface GateQuestion extends DataQuestion {
  readonly confirm?: string | undefined;
  readonly dryRun: boolean;
}

/** Gives everything that there is to say before anything is deleted: what stops it, and what stays. */
export function judgeFacts(facts: Facts, question: GateQuestion): readonly Finding[] {
  const { confirm, dryRun } = question;
  return [
    ...(dryRun && confirm === undefined ? [] : judgeConfirmation(facts, confirm)),
    ...tellProtection(facts),
    ...judgeOwnership(facts, question),
    ...judgeStates(facts),
    ...judgeOutside(facts, question),
    ...judgeData(facts, question),
  ];
}
