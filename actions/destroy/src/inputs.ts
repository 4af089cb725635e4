import { assemblyInputs, commonInputs, commonOutputs, toCommonOutputs } from '../../../engine/src/common-inputs.ts';
import type { ActionTable } from '../../../engine/src/inputs.ts';
import type { Report, StackOutcome } from '../../../engine/src/report/report.ts';

const { system, app, 'cdk-out': cdkOut, stacks, context } = assemblyInputs;

/** The destroy action as its users see it. */
export const table = {
  name: 'destroy',
  title: 'Spaceport destroy',
  description:
    'Says what deleting the stacks of a CDK app would delete and keep, deletes them in reverse order, and keeps all data that is not named',
  icon: 'trash-2',
  inputs: {
    ...commonInputs,
    system,
    app,
    'cdk-out': cdkOut,
    stacks,
    'include-dependencies': {
      kind: 'flag',
      description: 'Whether to take the stacks of the app that need the chosen ones, too. Otherwise such a stack stops the run.',
      default: 'false',
    },
    context,
    confirm: {
      kind: 'text',
      description: 'The name of the environment, typed by a person. Required where the environment or one of the stacks is protected.',
    },
    'delete-data': {
      kind: 'lines',
      description:
        'The data to delete with its stacks, by resource type or construct path, one a line: AWS::S3::Bucket, or ShopStack/Uploads. Data that is not named stays.',
    },
    'dry-run': { kind: 'flag', description: 'Whether to judge and plan everything and delete nothing.' },
    concurrency: { kind: 'integer', min: 1, description: 'How many stacks may be deleted at once.', default: '4' },
  },
  exclusive: [['system', 'app', 'cdk-out']],
  outputs: {
    ...commonOutputs,
    plan: 'Path of the plan, a JSON file: each stack with what goes and what stays.',
    destroyed: 'JSON array of the stacks that were deleted.',
    unchanged: 'JSON array of the stacks that were not there.',
    failed: 'JSON array of the stacks that could not be deleted, were not started, or are still being deleted.',
    kept: 'JSON array of what the deleted stacks left behind: type and name of each resource.',
    seconds: 'How long the run took.',
  },
} as const satisfies ActionTable;

/** Gives the outputs of a destruction. */
export function toOutputs(report: Report): Record<keyof typeof table.outputs, string> {
  const names = (...kinds: StackOutcome['kind'][]) =>
    JSON.stringify(report.stacks.filter((s) => kinds.includes(s.outcome.kind)).map((s) => s.name));
  const kept = report.stacks.flatMap(({ outcome }) => (outcome.kind === 'destroyed' ? outcome.kept : []));
  return {
    ...toCommonOutputs(report),
    plan: report.planPath ?? '',
    destroyed: names('destroyed'),
    unchanged: names('unchanged'),
    failed: names('failed', 'not-started', 'still-running'),
    kept: JSON.stringify(kept),
    seconds: String(report.seconds ?? ''),
  };
}
