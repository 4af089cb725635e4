import { parseSync } from '@swc/core';

/** One module that a file imports. Type-only imports leave no trace at run time. */
export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** What one source file takes from outside: modules, and ambient things such as `process.env` or `Date.now`. */
export interface Uses {
  readonly imports: readonly Import[];
  readonly ambient: readonly string[];
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** Names whose every use reaches out of a pure function. */
const ambientNames = new Set(['process', 'performance', 'console', 'fetch', 'setTimeout', 'setInterval', 'setImmediate']);
const ambientMembers = new Set(['Date.now', 'Math.random', 'crypto.randomUUID', 'crypto.getRandomValues']);

/**
 * Gives what a TypeScript or JavaScript source takes from outside.
 *
 * Static imports, re-exports, import() of a literal, import types and require() of a literal count. `name` is for messages.
 *
 * @throws Error with the name when the source does not parse.
 */
export function findUses(source: string, name: string): Uses {
  const imports: Import[] = [];
  const ambient = new Set<string>();
  const add = (specifier: unknown, typeOnly: boolean) => {
    if (isNode(specifier) && typeof specifier['value'] === 'string') imports.push({ specifier: specifier['value'], typeOnly });
  };
  visit(parse(source, name), (node) => {
    if (node.type === 'ImportDeclaration') add(node['source'], node['typeOnly'] === true || allTypeOnly(node['specifiers']));
    if (node.type === 'ExportAllDeclaration' || node.type === 'ExportNamedDeclaration') add(node['source'], node['typeOnly'] === true);
    if (node.type === 'TsImportType') add(node['argument'], true);
    if (node.type === 'CallExpression') add(toLoaded(node), false);
    if (node.type === 'MemberExpression') toAmbient(node).forEach((use) => ambient.add(use));
    if (node.type === 'CallExpression' && isNode(node['callee'])) toCalled(node['callee']).forEach((use) => ambient.add(use));
    if (node.type === 'NewExpression' && isNow(node)) ambient.add('new Date()');
  });
  return { imports, ambient: [...ambient].sort() };
}

function parse(source: string, name: string): unknown {
  try {
    return parseSync(source, { syntax: 'typescript', target: 'es2023' });
  } catch (e) {
    throw new Error(`${name} does not parse: ${(e as Error).message}`, { cause: e });
  }
}

function visit(value: unknown, enter: (node: Node) => void): void {
  if (Array.isArray(value)) return value.forEach((item) => visit(item, enter));
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) enter(value);
  Object.values(value).forEach((child) => visit(child, enter));
}

/** `import {}` and `import 'x'` load the module; `import { type A }` does not count as a dependency. */
const allTypeOnly = (specifiers: unknown): boolean =>
  Array.isArray(specifiers) && specifiers.length > 0 && specifiers.every((s: { isTypeOnly?: boolean }) => s.isTypeOnly === true);

function toLoaded(call: Node): unknown {
  const callee = call['callee'] as Node;
  const loads = callee.type === 'Import' || (callee.type === 'Identifier' && callee['value'] === 'require');
  return loads ? (call['arguments'] as { expression: unknown }[])[0]?.expression : undefined;
}

function toAmbient(member: Node): readonly string[] {
  const object = member['object'] as Node;
  if (object.type !== 'Identifier') return [];
  const name = String(object['value']);
  const full = `${name}.${String((member['property'] as Node)['value'])}`;
  return ambientNames.has(name) || ambientMembers.has(full) ? [full] : [];
}

const toCalled = (callee: Node): readonly string[] =>
  callee.type === 'Identifier' && ambientNames.has(String(callee['value'])) ? [`${String(callee['value'])}()`] : [];

function isNow(node: Node): boolean {
  const callee = node['callee'] as Node;
  return callee.type === 'Identifier' && callee['value'] === 'Date' && !(node['arguments'] as unknown[] | null)?.length;
}
