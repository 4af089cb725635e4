import { existing } from './decision.ts';
import type { InputSpec } from './inputs.ts';
import { toCounts, type Report } from './report/report.ts';

/** The inputs that every action has. */
export const commonInputs = {
  environment: {
    kind: 'text',
    description:
      'The environment. Otherwise the one whose branches fit the branch of the event. For a pull request preflight looks at that of its base branch; deploy and destroy want it named.',
  },
  region: { kind: 'text', description: 'The AWS region. Otherwise AWS_REGION, otherwise the first one of the environment.' },
  config: { kind: 'text', description: 'Path of the config file, below the root of the repository.', default: '.github/spaceport.yml' },
  'working-directory': { kind: 'text', description: 'Folder in which everything runs, below the root of the repository.', default: '.' },
  'github-token': {
    kind: 'secret',
    description:
      'Token that reads the config of the base branch of a pull request and the reviewed plan, and writes the comment and the commit status as far as it may.',
    default: '${{ github.token }}',
  },
  comment: {
    kind: 'choice',
    values: ['auto', 'always', 'never'],
    description:
      'When to comment: auto on the pull request of the event; always, without one, on those that the commit belongs to. There is one comment for each action and environment, which later runs write anew.',
    default: 'auto',
  },
  report: {
    kind: 'lines',
    description: 'Paths of files to write the report to, one a line: a page to read where the name ends in .html, otherwise JSON.',
  },
  'fail-on': {
    kind: 'choice',
    values: ['error', 'warning', 'never'],
    description: 'What makes the step fail: errors, warnings and errors, or nothing.',
    default: 'error',
  },
} as const satisfies Record<string, InputSpec>;

/** The inputs that say what is deployed. */
export const assemblyInputs = {
  system: { kind: 'text', description: 'A bundled system, synthesized by the action itself.' },
  app: { kind: 'text', description: 'The command that synthesizes a CDK app, in any language, as `app` in cdk.json.' },
  'cdk-out': { kind: 'text', description: 'Folder of a cloud assembly that an earlier step made.' },
  stacks: {
    kind: 'lines',
    description:
      'The stacks to take, by name, by a glob of names, or all of a phase of a bundled system by `phase:<name>`, one a line. Otherwise all. A line behind `!` leaves out what it fits, even what another stack needs.',
  },
  'include-dependencies': { kind: 'flag', description: 'Whether to take the stacks that the chosen ones need, too.', default: 'true' },
  context: { kind: 'pairs', description: 'Context values for the app, key=value, one a line.' },
  parameters: {
    kind: 'pairs',
    description: 'Values of CloudFormation parameters, key=value, one a line; a stack takes those that it declares.',
  },
  tags: { kind: 'pairs', description: 'Tags for every stack, key=value, one a line, beside those of the app.' },
  'image-tag': { kind: 'text', description: 'Tag of the container images to run, for the systems that run containers.' },
  existing: {
    kind: 'choice',
    values: existing,
    description:
      'What to do with data resources that exist outside of the stack: refer to them (default in system mode), adopt those that belong to no stack, with all that they hold, or fail (default elsewhere).',
  },
  'allow-destructive': {
    kind: 'lines',
    description:
      'Resources that may be removed or replaced although they hold data or have a name of their own: types or construct paths, or globs of them, one a line.',
  },
} as const satisfies Record<string, InputSpec>;

/** The outputs that every action has. */
export const commonOutputs = {
  verdict:
    'One of ready, no-changes, drifted, blocked (by a check or a gate, before anything was written), deployed, unchanged, rolled-back, promoted, destroyed, failed.',
  'failure-reason':
    'Why the run failed, for workflows to branch on: input, config, environment, aws-access, assembly, preflight, plan-changed, not-reviewed, stack-failed, code-failed, read-back, verification, still-running, timeout, refused, artifacts, conflict, data, cancelled or unexpected. Empty otherwise.',
  environment: 'Name of the environment.',
  account: 'Account id, 12 digits.',
  region: 'AWS region.',
  errors: 'Number of errors.',
  warnings: 'Number of warnings.',
  'not-run': 'Number of checks that could not run.',
} as const;

/** Gives the values of the outputs that every action has; what is not known is an empty text. */
export function toCommonOutputs(report: Report): Record<keyof typeof commonOutputs, string> {
  const { errors, warnings, notRun } = toCounts(report.findings);
  return {
    verdict: report.verdict,
    'failure-reason': report.failureReason ?? '',
    environment: report.environment ?? '',
    account: report.account ?? '',
    region: report.region ?? '',
    errors: String(errors),
    warnings: String(warnings),
    'not-run': String(notRun),
  };
}
