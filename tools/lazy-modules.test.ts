import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loader, loaderName, part } from './lazy-modules.ts';
import { runNode } from './steps.ts';

/** Long enough to be worth it. */
const long = `/*${'x'.repeat(100_000)}*/`;

const toChunk = (modules: string) =>
  `import{sep as o}from"node:path";var n=(f,name)=>Object.assign(f,{called:name});const i=7;const m={${modules}};${long}export{i as id,m as modules};`;

describe('parting a chunk from the text of its modules', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spaceport-lazy-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Gives what an expression over the parted modules `m` comes to. */
  async function evaluate(modules: string, expression: string): Promise<unknown> {
    const parted = part(toChunk(modules), '7.modules.js');
    if (!parted) throw new Error('nothing was parted');
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, loaderName), loader);
    writeFileSync(join(folder, '7.js'), parted.chunk);
    writeFileSync(join(folder, '7.modules.js'), parted.modules);
    const main = join(folder, 'main.js');
    writeFileSync(
      main,
      `import{modules as m}from${JSON.stringify(pathToFileURL(join(folder, '7.js')).href)};console.log(JSON.stringify(${expression}))`,
    );
    return JSON.parse(await runNode([main]));
  }

  test('gives modules what they are called with, what the chunk has beside them, and nothing of each other', async () => {
    const modules = `1:((a,b,c)=>{const d=n(()=>0,"zero");b.all=[a,c(2),d.called,o,typeof given,typeof own]}),2:(function(e){e.x=1}),`;
    const call = `(()=>{const b={};m[1]("a",b,(k)=>[k]);return b.all})()`;
    expect(await evaluate(modules, call)).toEqual(['a', [2], 'zero', '/', 'undefined', 'undefined']);
  });

  test('keeps what a module is called on, and that it is strict', async () => {
    const modules = `1:(function(a){a.on=this.name;a.strict=(function(){return this===undefined})()})`;
    expect(await evaluate(modules, `(()=>{const a={};m[1].call({name:"x"},a);return a})()`)).toEqual({ on: 'x', strict: true });
  });

  test('compiles a module only when it is called', async () => {
    const parted = part(toChunk(`1:(a=>{a.x=1}),2:(a=>{a.x=2})`), '7.modules.js');
    const broken = parted?.modules.replace('a.x=1', 'a.x=)');
    expect(broken).not.toBe(parted?.modules);
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, loaderName), loader);
    writeFileSync(join(folder, '7.js'), parted?.chunk ?? '');
    writeFileSync(join(folder, '7.modules.js'), broken ?? '');
    const main = join(folder, 'main.js');
    writeFileSync(main, `import{modules as m}from"./7.js";const a={};m[2](a);let e="";try{m[1](a)}catch(t){e=t.name}console.log(a.x,e)`);
    expect(await runNode([main])).toBe('2 SyntaxError\n');
  });

  test('leaves in the chunk what is no plain function, speaks of its own file, or is not in ASCII', async () => {
    const modules = `1:a=>a.x=1,2:(a=>{a.u=import.meta.url}),3:(async a=>{a.x=3}),4:(({x})=>{x.y=1}),5:(a=>{a.x=5}),6:(a=>{a.x=/é/})`;
    const parted = part(toChunk(modules), '7.modules.js');
    expect(parted?.chunk).toMatch(
      /1:a=>a\.x=1,2:\(a=>\{a\.u=import\.meta\.url\}\),3:\(async a=>\{a\.x=3\}\),4:\(\(\{x\}\)=>\{x\.y=1\}\),5:\$lazy\([^)]*\),6:\(a=>\{a\.x=\/é\/\}\)/,
    );
    expect(await evaluate(modules, `(()=>{const a={};m[5](a);return a})()`)).toEqual({ x: 5 });
  });

  test('is a text that parses by itself', () => {
    expect(part(toChunk(`1:((a,b)=>{b.x=1}),"./b":(a=>{})`), '7.modules.js')?.modules).toBe(
      'export default {\n1(a,b){"use strict";b.x=1},\n"./b"(a){"use strict";},\n};\n',
    );
  });

  test.each([
    ['a small chunk', 'const m={1:(a=>{a.x=1})};export{m as modules};'],
    ['a chunk without modules', `const m=[1];${long}export{m as modules};`],
    ['a file that is no chunk', `const m={1:(a=>{a.x=1})};${long}export default m;`],
  ])('leaves %s as it is', (_, chunk) => {
    expect(part(chunk, '7.modules.js')).toBeUndefined();
  });
});
