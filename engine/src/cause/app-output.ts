import { finding, type Finding } from '../finding.ts';

/** How many lines of an app's own output a finding keeps: the last ones. */
const mostLines = 60;

/** How an error begins in the output of an app, in the languages that the CDK has. */
const errorLine = /^\s*(?:Unhandled exception\. |Exception in thread "[^"]*" |panic: )?[\w.$]*(?:Error|Exception)\b[^:]*: *\S|^panic: /;

/**
 * Gives the finding of an app whose command failed: its first error as the message, and what else it said as lines of output.
 *
 * Of an app that names no error it is the last line; of one that said nothing, what ran it (`otherwise`).
 */
export function toSynthFailure(command: string, otherwise: string, output: readonly string[]): Finding {
  const lines = output.flatMap((text) => text.split('\n')).filter((line) => line.trim());
  const said = lines.find((line) => errorLine.test(line)) ?? lines.at(-1) ?? otherwise.split('\n')[0] ?? '';
  const failure = finding('RT052', `\`${command}\` failed: ${said.trim()}`);
  return lines.length > 1 ? { ...failure, output: lines.slice(-mostLines) } : failure;
}
