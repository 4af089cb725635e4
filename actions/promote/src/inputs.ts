import { commonInputs, commonOutputs, toCommonOutputs } from '../../../engine/src/common-inputs.ts';
import type { ActionTable, Inputs } from '../../../engine/src/inputs.ts';
import type { Report } from '../../../engine/src/report/report.ts';

const { environment: _target, ...shared } = commonInputs;

/** The promote action as its users see it. */
export const table = {
  name: 'promote',
  title: 'Spaceport promote',
  description: 'Moves built artifacts from one environment to the next by digest, after a typed confirmation, and leaves a record.',
  icon: 'arrow-up-circle',
  inputs: {
    to: { kind: 'text', description: 'The environment that receives the artifacts; one of the targets of the promotion.', required: true },
    reason: { kind: 'text', description: 'Why this set goes there now; it enters the record.', required: true },
    confirm: { kind: 'text', description: 'The name of the target, typed once more.', required: true },
    promotion: { kind: 'text', description: 'Which of the promotions in the config. Otherwise the only one there is.' },
    from: { kind: 'text', description: 'The environment that the artifacts come from, when it is not the one that the promotion names.' },
    'dry-run': { kind: 'flag', description: 'Whether to judge everything and write nothing, not even a record.' },
    ...shared,
  },
  exclusive: [],
  outputs: {
    ...commonOutputs,
    record: 'Where the record of this attempt is: an s3:// URI. Empty for a dry run.',
    'set-digest': 'SHA-256 of the set: 64 hexadecimal digits. Empty when the set could not be read.',
    promoted: 'JSON array of the keys that this run copied and made current.',
    unchanged: 'JSON array of the keys that were at the target before, with the same checksum.',
  },
} as const satisfies ActionTable;

/** The typed values of the inputs. */
export type PromoteInputs = Inputs<typeof table>;

/** Gives the outputs of a run. What was copied without becoming current counts as not promoted. */
export function toOutputs(report: Report): Record<keyof typeof table.outputs, string> {
  const { promotion, verdict } = report;
  return {
    ...toCommonOutputs(report),
    record: promotion?.record ?? '',
    'set-digest': promotion?.setDigest ?? '',
    promoted: JSON.stringify(verdict === 'promoted' ? (promotion?.copiedKeys ?? []) : []),
    unchanged: JSON.stringify(promotion?.unchangedKeys ?? []),
  };
}
