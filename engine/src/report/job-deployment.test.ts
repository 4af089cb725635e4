import { expect, test } from '@jest/globals';
import { toJobDeployment } from './job-deployment.ts';
import type { Report, StackOutcome, StackResult } from './report.ts';

const stack = (name: string, outcome: StackOutcome): StackResult => ({
  name,
  region: 'us-west-2',
  outcome,
  startSeconds: 0,
  seconds: 1,
  outputs: {},
});
const report: Report = {
  schema: 1,
  action: 'deploy',
  version: '0',
  verdict: 'deployed',
  githubEnvironment: 'production',
  findings: [],
  decisions: [],
  stacks: [stack('A', { kind: 'deployed' }), stack('B', { kind: 'unchanged' }), stack('C', { kind: 'deployed' })],
};

test('the deployment of a job says what became of the stacks', () => {
  expect(toJobDeployment(report)).toEqual({
    environment: 'production',
    state: 'success',
    description: 'deployed: 2 deployed, 1 unchanged',
  });
});

test('a deployment that went wrong says why, and still where the environment is', () => {
  const wrong: Report = { ...report, verdict: 'failed', failureReason: 'verification', environmentUrl: 'https://a.example', stacks: [] };
  expect(toJobDeployment(wrong)).toEqual({
    environment: 'production',
    state: 'failure',
    description: 'failed (verification)',
    url: 'https://a.example',
  });
});
