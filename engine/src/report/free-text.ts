import { planText, propertyText } from '../plan/free-text.ts';
import { redactMarked, type Marks } from './redact.ts';
import type { Report } from './report.ts';

/**
 * What of a report is free text: messages, causes, values and outputs, which a secret may have got into.
 *
 * Nothing else is: a secret that is a word of ours, or part of a name, changes neither what a run came to nor what it is about.
 */
const reportText: Marks<Report> = {
  action: 'name',
  version: 'name',
  environment: 'name',
  githubEnvironment: 'name',
  role: 'name',
  account: 'name',
  region: 'name',
  findings: {
    title: 'name',
    remedy: 'name',
    message: 'free',
    output: 'free',
    place: { file: 'name', constructPath: 'name', stack: 'name' },
    suppressed: { message: 'free', reason: 'free' },
    docs: 'name',
  },
  decisions: { id: 'name', stack: 'name', name: 'name' },
  plan: planText,
  planDigest: 'name',
  review: { url: 'name', digest: 'name', commit: 'name' },
  difference: {
    name: 'name',
    id: 'name',
    entries: { path: 'name', type: 'name', properties: { path: 'name', reviewed: propertyText, now: propertyText } },
  },
  planPath: 'name',
  sarifPath: 'name',
  outputsPath: 'name',
  stacks: {
    name: 'name',
    region: 'name',
    outcome: {
      kept: 'name',
      cause: { logicalId: 'name', type: 'name', message: 'free', within: 'name', details: 'free' },
      because: 'free',
      status: 'free',
    },
    outputs: 'free',
    console: 'name',
  },
  environmentUrl: 'free',
  waves: { environment: 'name', account: 'name', region: 'name', role: 'name', 'github-environment': 'name' },
  code: {
    target: 'name',
    from: 'free',
    to: 'free',
    outcome: { why: 'free', left: 'free', because: 'free', status: 'free' },
  },
  verifications: { name: 'name', verifies: 'name' },
  promotion: {
    promotion: 'name',
    from: 'name',
    to: 'name',
    reason: 'free',
    setDigest: 'name',
    copiedKeys: 'name',
    unchangedKeys: 'name',
    record: 'name',
    manifest: 'name',
  },
};

/** Gives a report whose free text holds no secret. */
export const redactReport = (report: Report, secrets: Iterable<string>): Report => redactMarked(report, reportText, secrets);
