import { assemblyInputs, commonInputs, commonOutputs, toCommonOutputs } from '../../../engine/src/common-inputs.ts';
import type { WaveEntry } from '../../../engine/src/config/waves.ts';
import type { ActionTable } from '../../../engine/src/inputs.ts';
import { hasChanges } from '../../../engine/src/plan/plan.ts';
import type { Report } from '../../../engine/src/report/report.ts';

/** The preflight action as its users see it. */
export const table = {
  name: 'preflight',
  title: 'Spaceport preflight',
  description: 'Says, before anything in AWS is touched, whether a CDK deployment would fail, why, and what to do',
  icon: 'check-circle',
  inputs: {
    ...commonInputs,
    ...assemblyInputs,
    depth: {
      kind: 'choice',
      values: ['none', 'static', 'read', 'change-set', 'drift'],
      description:
        'How far to look: none maps the branch to its environment, static looks at the assembly alone and needs no credentials, read asks AWS with read-only calls, change-set makes change sets for CloudFormation to look at, and removes them again; drift lets CloudFormation compare the stacks that are there with what is there, and looks at nothing else.',
      default: 'read',
    },
    environments: {
      kind: 'lines',
      description:
        'Environments, or globs of them, that `matrix` and `waves` list; for depth none. Otherwise they list the one of the run.',
    },
    issue: {
      kind: 'choice',
      values: ['auto', 'never'],
      description:
        'For depth drift: auto keeps one issue for each environment and region, opens it when there is drift, writes it anew in later runs and closes it when there is none.',
      default: 'auto',
    },
    sarif: { kind: 'text', description: 'Path of a SARIF file to write the findings to, for code scanning.' },
  },
  exclusive: [
    ['system', 'app', 'cdk-out'],
    ['environment', 'environments'],
  ],
  outputs: {
    ...commonOutputs,
    'github-environment': 'GitHub environment of the environment, for `environment:` of the next job.',
    role: 'ARN of the role of the environment, for the credentials step of the next job.',
    plan: 'Path of the plan, a JSON file.',
    'plan-digest': 'SHA-256 of the plan: the same changes on the same live state give the same one.',
    'has-changes': 'true when the deployment would change anything.',
    stacks: 'JSON array of the names of the stacks, in the order of deployment.',
    imported: 'JSON array of the names of data resources that are imported by reference.',
    created: 'JSON array of the names of data resources that would be created.',
    matrix:
      'JSON for `strategy.matrix`: one entry for each account and region, with environment, account, region, role and github-environment.',
    waves: 'JSON array of such matrices, of at most 256 entries each: the waves of a deployment of many environments, canaries first.',
    sarif:
      'Path of the SARIF file. Empty when none was asked for, and when the run ended before the checks: nothing is to be uploaded then.',
  },
} as const satisfies ActionTable;

/** A matrix without entries is no matrix to GitHub: the job that takes it is to be skipped. */
const toMatrix = (include: readonly WaveEntry[]): string => JSON.stringify({ include });

/** Gives the outputs of a preflight. */
export function toOutputs(report: Report): Record<keyof typeof table.outputs, string> {
  const { plan, decisions } = report;
  const names = (kind: string) => JSON.stringify(decisions.filter((d) => d.kind === kind).map((d) => d.name));
  return {
    ...toCommonOutputs(report),
    'github-environment': report.githubEnvironment ?? '',
    role: report.role ?? '',
    plan: report.planPath ?? '',
    'plan-digest': report.planDigest ?? '',
    'has-changes': plan ? String(hasChanges(plan)) : '',
    stacks: JSON.stringify(plan?.stacks.map((s) => s.name) ?? []),
    imported: names('reference'),
    created: names('create'),
    matrix: toMatrix(report.waves?.flat() ?? []),
    waves: `[${(report.waves ?? []).map(toMatrix).join(',')}]`,
    sarif: report.sarifPath ?? '',
  };
}
