import { parseExpressionAt } from 'acorn';

/** The CDK's readers of templates, one for each property type: only its CfnInclude calls them, and no system includes a template. */
const reader = /function Cfn\w+FromCloudFormation\(\w*\) ?\{/g;

/** What a reader does instead. */
const left = '{throw new Error("this bundle leaves out what reads templates back into constructs")}';

/**
 * Takes the bodies of the CDK's template readers out of a chunk: a fifth of what has to be parsed before a system is synthesized.
 *
 * @throws SyntaxError when a reader does not parse.
 */
export function leaveOutReaders(chunk: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const found of chunk.matchAll(reader)) {
    const start = found.index;
    // The parser counts the lines before its start: it is given none.
    const { end } = parseExpressionAt(chunk.slice(start), 0, { ecmaVersion: 2023 });
    parts.push(chunk.slice(from, start + found[0].length - 1), left);
    from = start + end;
  }
  return parts.join('') + chunk.slice(from);
}
