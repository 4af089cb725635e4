import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseExpressionAt, type Node } from 'acorn';

/** A kind of function that the CDK has for each property type, and what stands in its stead in the bundle. */
interface Kind {
  readonly begin: RegExp;
  readonly body: (found: RegExpMatchArray) => string;
}

/** What reads templates back into constructs: only the CDK's CfnInclude calls it, and no system includes a template. */
const reader: Kind = {
  begin: /function Cfn\w+FromCloudFormation\(\w*\) ?\{/g,
  body: () => '{throw new Error("this bundle leaves out what reads templates back into constructs")}',
};

/** What holds properties to their types while a system is synthesized: the compiler has done so, and the tests of infra run it. */
const validator: Kind = {
  begin: /function Cfn\w+Validator\((\w+)\) ?\{\s*if ?\(!(\w+\(\))\.canInspect\(\1\)\)\s*return \2\.VALIDATION_SUCCESS;/g,
  body: ([, , core]) => `{return ${core}.VALIDATION_SUCCESS}`,
};

/** What warns of properties that are deprecated, at each construct: for who writes apps, not for who deploys a bundled one. */
const warner: Kind = {
  begin: /(?<=\baws_cdk_lib_\w+ ?: ?)function ?\((\w+)\) ?\{\s*if ?\(\1 ?!= ?null\) ?\{\s*visitedObjects\./g,
  body: () => '{}',
};

/** What tells of regions, one call for each of ten thousand facts: the same facts as one text, which is read at once. */
const teller: Kind = {
  begin: /class BuiltIns ?\{\s*static register\(\) ?\{\s*(\w+)\(\)\.Fact\.register\(/g,
  body: ([, facts]) => `{static register(){Object.assign(${facts}().Fact.database,JSON.parse(${JSON.stringify(readFacts())}))}}`,
};

/** Gives what the CDK says of regions, as JSON by region and name. */
function readFacts(): string {
  const read = createRequire(import.meta.url);
  const lib = join(dirname(read.resolve('aws-cdk-lib/package.json')), 'region-info/lib');
  const { BuiltIns } = read(join(lib, 'built-ins.generated.js')) as { readonly BuiltIns: { register(): void } };
  const { Fact } = read(join(lib, 'fact.js')) as { readonly Fact: { readonly database: object } };
  if (Object.keys(Fact.database).length === 0) BuiltIns.register();
  return JSON.stringify(Fact.database);
}

/**
 * Takes the bodies of such functions out of a chunk: a third of what has to be parsed before a system is synthesized.
 *
 * @throws SyntaxError when one does not parse.
 */
export const leaveOut = (chunk: string): string => [reader, validator, warner, teller].reduce(leaveOutOne, chunk);

function leaveOutOne(chunk: string, { begin, body }: Kind): string {
  const parts: string[] = [];
  let from = 0;
  for (const found of chunk.matchAll(begin)) {
    const start = found.index;
    parts.push(chunk.slice(from, chunk.indexOf('{', start)), body(found));
    from = start + findEnd(chunk.slice(start));
  }
  return parts.join('') + chunk.slice(from);
}

/** Gives where the function or class ends that a text begins with, whatever the parser makes of it and of what follows: a call, a list. */
function findEnd(text: string): number {
  let node: unknown = parseExpressionAt(text, 0, { ecmaVersion: 2023 });
  for (;;) {
    const { type, end } = node as Node;
    if (type === 'FunctionExpression' || type === 'ClassExpression') return end;
    node = Object.values(node as object)
      .flat()
      .find((child) => typeof child === 'object' && (child as Node | null)?.start === 0);
  }
}
