import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { statements } from './statements.ts';
import { judgeStatement, type StatedTemplate, type StatedWorld } from './statements/judge.ts';
import { systems } from './systems.ts';
import { synthesizeSample } from './systems/sample.ts';

const root = dirname(import.meta.dirname);
const text = (file: string): string | undefined => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined);

async function toWorld(name: string): Promise<StatedWorld> {
  const synthesized = new Map<string, Readonly<Record<string, StatedTemplate>>>();
  const system = systems.find((s) => s.name === name)!;
  const stated = (statements[name] ?? []).flatMap(({ shown }) => shown.flatMap((e) => ('environment' in e ? [e.environment] : [])));
  for (const environment of new Set(stated)) synthesized.set(environment, (await synthesizeSample(system, environment)).templates);
  return {
    templates: (environment) => synthesized.get(environment),
    text,
    jobs: (file) => {
      const workflow = text(file);
      return workflow === undefined ? undefined : Object.keys((parse(workflow) as { jobs: object }).jobs);
    },
  };
}

test.each(systems.map(({ name }) => name))('everything that the document of %s says is shown', async (name) => {
  const world = await toWorld(name);
  expect((statements[name] ?? []).flatMap((statement) => judgeStatement(statement, world))).toEqual([]);
  expect(statements[name]?.length ?? 0).toBeGreaterThan(0);
});

test.each(Object.entries(statements))('the statements of %s are in the order of their document', (_, all) => {
  const lines = all.map(({ line }) => line);
  expect(lines).toEqual([...lines].sort((a, b) => a - b));
});

test('no statements are of a system that is not there', () => {
  const names = systems.map(({ name }) => name);
  expect(Object.keys(statements).filter((name) => !names.includes(name))).toEqual([]);
});
