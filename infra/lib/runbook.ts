const runbook = 'https://github.com/org/spaceport-actions/blob/main/docs/runbook.md';

/** Gives the address of the runbook's section on an alarm; GitHub's anchor is the heading in small letters. */
export function runbookSection(heading: string): string {
  return `${runbook}#${heading.toLowerCase()}`;
}
