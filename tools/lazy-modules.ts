import { parse, type ArrowFunctionExpression, type Expression, type FunctionExpression, type Program, type Property } from 'acorn';

/** The file that all parted chunks load their modules by. */
export const loaderName = 'lazy.js';

/**
 * Its text. A module is read from the text of its chunk, and compiled, when something first requires it.
 *
 * `shared` are the names that the chunk has beside its modules, `values` gives what they stand for.
 */
export const loader = `import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
export function lazy(file, shared, values) {
  const text = readFileSync(new URL(file, import.meta.url));
  return (start, end, ...own) =>
    function (...given) {
      const filename = file + ' at ' + start;
      const module = compileFunction(text.latin1Slice(start, end), [...own, ...shared], { filename });
      return module.call(this, ...own.map((_, i) => given[i]), ...values());
    };
}
`;

/** Under this many characters a chunk is parsed sooner than a second file is read. */
const worthwhile = 100_000;

/** A chunk whose modules stand in a file of their own: what is loaded, and what it reads. */
export interface Parted {
  readonly chunk: string;
  readonly modules: string;
}

/**
 * Parts a chunk of the bundler from the text of its modules: what is not required is then never parsed, and what is, once. An engine that gets them all
 * as code parses every one before it runs, and the required ones again.
 *
 * `file` is the name that the modules will have. Nothing for small chunks, and for those that are none.
 *
 * @throws SyntaxError when the chunk does not parse.
 */
export function part(chunk: string, file: string): Parted | undefined {
  if (chunk.length < worthwhile) return undefined;
  const { shared, modules } = readTop(parse(chunk, { ecmaVersion: 'latest', sourceType: 'module' }));
  const parts: string[] = [];
  const texts: string[] = ['export default {'];
  let position = texts[0]?.length ?? 0;
  let from = 0;
  for (const { key, value, start, end } of modules) {
    const found = isPlain(value) && toParted(chunk.slice(value.body.start + 1, value.body.end - 1));
    if (!found) continue;
    const own = value.params.map((p) => chunk.slice(p.start, p.end));
    const name = chunk.slice(key.start, key.end);
    const head = `\n${name}(${own.join()}){`;
    const bodyStart = position + head.length;
    texts.push(head, found, '},');
    position = bodyStart + found.length + 2;
    parts.push(
      chunk.slice(from, start),
      `${name}:$lazy(${[bodyStart, bodyStart + found.length, ...own.map((o) => JSON.stringify(o))].join()})`,
    );
    from = end;
  }
  if (parts.length === 0) return undefined;
  const names = JSON.stringify(shared);
  const head = `import{lazy}from"./${loaderName}";const $lazy=lazy(${JSON.stringify(file)},${names},()=>[${shared.join()}]);`;
  return { chunk: head + parts.join('') + chunk.slice(from), modules: `${[...texts, '\n}'].join('')};\n` };
}

/** Gives the names of a chunk beside its modules, and the modules: the bundler exports them under that name. */
function readTop({ body }: Program): { readonly shared: readonly string[]; readonly modules: readonly Property[] } {
  const exported = body
    .flatMap((n) => (n.type === 'ExportNamedDeclaration' ? n.specifiers : []))
    .find(({ exported: e }) => e.type === 'Identifier' && e.name === 'modules')?.local;
  const declared = body.flatMap((n) => (n.type === 'VariableDeclaration' ? n.declarations : []));
  const toName = (id: { readonly type: string; readonly name?: string }) => id.name ?? '';
  const own = exported && toName(exported);
  const object = declared.find(({ id }) => own && toName(id) === own)?.init;
  const imported = body.flatMap((n) => (n.type === 'ImportDeclaration' ? n.specifiers.map((s) => s.local.name) : []));
  return {
    shared: [...imported, ...declared.map(({ id }) => toName(id))].filter((name) => name !== own),
    modules: object?.type === 'ObjectExpression' ? object.properties.filter((p) => p.type === 'Property') : [],
  };
}

/** Whether a module is a function that can be made anew of its text: with plain parameters and a body. */
const isPlain = (value: Expression): value is ArrowFunctionExpression | FunctionExpression =>
  (value.type === 'ArrowFunctionExpression' || value.type === 'FunctionExpression') &&
  !value.async &&
  !value.generator &&
  value.body.type === 'BlockStatement' &&
  value.params.every((p) => p.type === 'Identifier');

/**
 * Gives the text of a module, strict as in its chunk. One that speaks of its own file, or imports by itself, has to stay there, and so has one
 * that is not in ASCII: texts are read by position.
 */
const toParted = (body: string): string | undefined => (/\bimport\b\s*[.(]|[^\x00-\x7f]/.test(body) ? undefined : `"use strict";${body}`);
