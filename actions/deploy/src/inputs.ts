import { assemblyInputs, commonInputs, commonOutputs, toCommonOutputs } from '../../../engine/src/common-inputs.ts';
import type { ActionTable } from '../../../engine/src/inputs.ts';
import { methods } from '../../../engine/src/method.ts';
import { withLabels } from '../../../engine/src/report/labels.ts';
import type { CodeResult, Report, StackOutcome } from '../../../engine/src/report/report.ts';

/** The deploy action as its users see it. */
export const table = {
  name: 'deploy',
  title: 'Spaceport deploy',
  description:
    'Checks a CDK app, deploys its stacks in dependency order and side by side, and reads the result back before it claims success',
  icon: 'upload-cloud',
  inputs: {
    ...commonInputs,
    ...assemblyInputs,
    mode: {
      kind: 'choice',
      values: ['full', 'code', 'bootstrap'],
      description:
        'What is done: full (default) deploys the stacks; code gives services of ECS and functions of Lambda new images and ZIPs, and touches no stack; bootstrap prepares the account and region of the environment for the CDK, as `bootstrap` of its config says.',
      default: 'full',
    },
    code: {
      kind: 'pairs',
      description:
        'For mode code: what gets which code, one a line, as `<stack, construct path or logical id>=<code>`. Code is `:tag` or `@sha256:...` of the repository that it runs from, the name of an image, a path that ends in .zip, or s3://bucket/key. With `image-tag` all other services of the chosen stacks get that tag.',
    },
    'plan-digest': {
      kind: 'text',
      description:
        'The plan that was reviewed, and nothing else is deployed: `reviewed` finds it in the comment of preflight on the merged pull request; otherwise its digest.',
    },
    concurrency: { kind: 'integer', min: 1, description: 'How many stacks may deploy at once.', default: '4' },
    method: {
      kind: 'choice',
      values: methods,
      description:
        'How stacks are deployed: change-set (default) makes a change set and executes it; express does, too, and does not wait until resources are steady; direct updates without a change set; revert-drift makes change sets that also bring back what was changed outside of the stacks; hotswap gives functions and services of stacks whose code alone changes their new code without the stack, and deploys all others by change set; not for a protected environment.',
      default: 'change-set',
    },
    'on-failure': {
      kind: 'choice',
      values: ['rollback', 'keep', 'stop'],
      description:
        'What becomes of a stack that fails: rollback (default) sends it back to what it was; keep leaves it as it failed, for a look and for the next run with keep to go on from there. The stacks that do not need it are deployed all the same, but for stop: it rolls back, and starts nothing more.',
      default: 'rollback',
    },
    recover: {
      kind: 'lines',
      description:
        'What to do about stuck stacks before they are deployed: auto (default) brings back those that lose nothing by it, and waits for those that something else is changing; never stops the run. Beside it, one a line, the resources that a rollback, or the end of a deletion that failed, may leave as they are: `<stack>/<logical id>`; of a nested stack `<stack>/<name of the nested stack>.<logical id>`.',
      default: 'auto',
    },
    'timeout-minutes': {
      kind: 'integer',
      min: 1,
      description:
        'How long waiting and deploying may take together. Then nothing more is started, and the report says what is still running in AWS. Going back after a failed verification has as long once more.',
      default: '120',
    },
    verify: {
      kind: 'lines',
      description:
        'Which verifications of the environment prove the deployment: auto for all of the config, never, or their names, one a line.',
      default: 'auto',
    },
    'outputs-file': {
      kind: 'text',
      description: 'Path of a JSON file to write the outputs of the stacks to, in the shape of `cdk deploy --outputs-file`.',
    },
  },
  exclusive: [['system', 'app', 'cdk-out']],
  outputs: {
    ...commonOutputs,
    'plan-digest': 'SHA-256 of the plan that was deployed, or would have been.',
    outputs:
      "JSON object of the outputs of all stacks: stack name to output key to value. Each is an output of its own, too: `steps.<id>.outputs['<stack>.<output>']`. Where stacks of several regions have one name, those outside of the run's region are `<stack>@<region>`.",
    'outputs-file': 'Path of a JSON file with the same.',
    deployed: 'JSON array of the stacks that were deployed; for mode code of the services and functions that run new code.',
    unchanged: 'JSON array of the stacks, services and functions that were as they should be.',
    failed: 'JSON array of the stacks, services and functions that failed, went back, were not started, or are still changing.',
    'environment-url': 'Address of the environment, for `environment.url` of the job: `url` of the config with its references filled in.',
    seconds: 'How long the run took.',
  },
} as const satisfies ActionTable;

/** Gives the outputs of all stacks, by what the stacks are called and the keys of the outputs. */
export const toStackOutputs = (report: Report): Readonly<Record<string, Readonly<Record<string, string>>>> =>
  Object.fromEntries(withLabels(report).stacks.map((s) => [s.name, s.outputs]));

/** Gives the outputs of a deployment: those of the table, and those of the stacks as `<stack>.<output>`. */
export function toOutputs(made: Report): Record<keyof typeof table.outputs, string> & Readonly<Record<string, string>> {
  const report = withLabels(made);
  const names = (...kinds: (StackOutcome['kind'] | CodeResult['outcome']['kind'])[]) =>
    JSON.stringify([
      ...report.stacks.filter((s) => kinds.includes(s.outcome.kind)).map((s) => s.name),
      ...(report.code ?? []).filter((c) => kinds.includes(c.outcome.kind)).map((c) => c.target),
    ]);
  return {
    ...Object.fromEntries(report.stacks.flatMap((s) => Object.entries(s.outputs).map(([key, value]) => [`${s.name}.${key}`, value]))),
    ...toCommonOutputs(report),
    'plan-digest': report.planDigest ?? '',
    outputs: JSON.stringify(toStackOutputs(report)),
    'outputs-file': report.outputsPath ?? '',
    deployed: names('deployed', 'updated'),
    unchanged: names('unchanged'),
    failed: names('rolled-back', 'restored', 'failed', 'not-started', 'still-running'),
    'environment-url': report.environmentUrl ?? '',
    seconds: String(report.seconds ?? ''),
  };
}
