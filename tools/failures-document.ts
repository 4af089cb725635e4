import { codes } from '../engine/src/codes.ts';
import type { FailureClass } from '../test/scenarios/classes.ts';

/** Gives docs/failures.md: every known class of failures, and what is done about it. */
export function toFailuresDocument(classes: Readonly<Record<string, FailureClass>>): string {
  const rows = Object.entries(classes).map(([id, { title, codes: said = [], note = '' }]) => {
    const links = said.map((code) => `[${code}](findings.md#${code.toLowerCase()}) ${codes[code].title}`);
    return `| \`${id}\` | ${title} | ${links.join('<br>')} | ${note} |`;
  });
  const told = Object.values(classes).filter((c) => c.codes).length;
  return [
    '<!-- Made from test/scenarios/classes.ts by npm run generate; edit that. -->',
    '',
    '# Known failures',
    '',
    `Deployments of CDK apps fail in ${rows.length} known ways. Of these, ${told} are told before anything is written, by the codes below.`,
    'Each has scenarios in [test/scenarios](../test/scenarios): one that must be caught, and a near miss that must pass.',
    '',
    '| class | how it fails | told by | beside that |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
