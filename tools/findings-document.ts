import type { CodeEntry } from '../engine/src/codes.ts';
import { made } from './action-documents.ts';

const parts: Readonly<Record<string, string>> = {
  RT: 'the run itself: inputs, config, credentials, the assembly',
  PF: 'preflight: what would make the deployment fail',
  DP: 'deploy: what happened to stacks',
  DS: 'destroy: gates, what happened to stacks, data',
  PM: 'promote: gates, copies, records',
};

/** Gives docs/findings.md; the heading of a section is the code alone, so that GitHub's anchor is the code in small letters. */
export function toFindingsDocument(codes: Readonly<Record<string, CodeEntry>>): string {
  const entries = Object.entries(codes);
  const contents = Object.entries(parts).flatMap(([prefix, what]) => [
    `**${prefix}**, ${what}:`,
    '',
    ...entries.filter(([code]) => code.startsWith(prefix)).map(([code, { title }]) => `- [${code}](#${code.toLowerCase()}) ${title}`),
    '',
  ]);
  const sections = entries.flatMap(([code, { severity, title, remedy }]) => [
    `## ${code}`,
    '',
    `**${title}** (${severity})`,
    '',
    `What to do: ${remedy}`,
    '',
  ]);
  return [
    `<!-- ${made('engine/src/codes.ts')} -->`,
    '',
    '# Findings',
    '',
    'Everything an action has to say carries one of these codes. A code keeps its meaning for ever. An error stops the run before anything',
    'is written, as far as `fail-on` does not say otherwise.',
    '',
    ...contents,
    ...sections,
  ].join('\n');
}
