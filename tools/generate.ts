// Writes every file that is made from something else; with --check it only names those that are not as they would be made.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { ActionTable } from '../engine/src/inputs.ts';
import { toActionYml, toReadme } from './action-documents.ts';
import { examples } from './action-examples.ts';
import { toFailuresDocument } from './failures-document.ts';
import { toFindingsDocument } from './findings-document.ts';
import { toOwnNames } from './own-names.ts';
import { actions, root } from './repository.ts';
import { toStatefulTypes } from './stateful-types.ts';
import { toSystemsDocument, type DocumentedSystem } from './systems-document.ts';

/** Texts by the path of their file. */
type Made = Readonly<Record<string, string>>;

async function makeActionFiles(name: string): Promise<Made> {
  const { table } = (await import(`../actions/${name}/src/inputs.ts`)) as { table: ActionTable };
  return { [`actions/${name}/action.yml`]: toActionYml(table), [`actions/${name}/README.md`]: toReadme(table, examples[name] ?? '') };
}

async function makeSchemas(): Promise<Made> {
  const { configSchema } = await import('../engine/src/config/schema.ts');
  const { planSchema } = await import('../engine/src/plan/schema.ts');
  const { toJsonSchemas } = await import('../actions/promote/src/json-schemas.ts');
  const schemas = {
    'config.schema.json': z.toJSONSchema(configSchema, { io: 'input' }),
    'plan.schema.json': z.toJSONSchema(planSchema),
    ...toJsonSchemas(),
  };
  return Object.fromEntries(Object.entries(schemas).map(([file, schema]) => [`schema/${file}`, `${JSON.stringify(schema, null, 2)}\n`]));
}

/** The version stands in package.json; in the code it is a constant, because a bundle has no package.json of its own. */
function makeVersion(): Made {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const path = 'engine/src/version.ts';
  return { [path]: readFileSync(join(root, path), 'utf8').replace(/version = '[^']*'/, `version = '${version}'`) };
}

/** The stacks of each system's first environment are drawn. */
async function makeSystemsDocument(): Promise<Made> {
  const { systems } = await import('../infra/systems.ts');
  const { statements } = await import('../infra/statements.ts');
  const { synthesizeSample } = await import('../infra/systems/sample.ts');
  const documented: DocumentedSystem[] = [];
  for (const system of systems) {
    const environment = Object.keys(system.environments)[0] ?? '';
    documented.push({
      system,
      environment,
      sample: await synthesizeSample(system, environment),
      statements: statements[system.name] ?? [],
    });
  }
  return { 'docs/systems.md': toSystemsDocument(documented) };
}

async function makeAll(): Promise<Made> {
  const { codes } = await import('../engine/src/codes.ts');
  const { classes } = await import('../test/scenarios/classes.ts');
  const ofActions = await Promise.all(actions.map(makeActionFiles));
  return Object.assign({}, ...ofActions, await makeSchemas(), makeVersion(), await makeSystemsDocument(), {
    'docs/findings.md': toFindingsDocument(codes),
    'docs/failures.md': toFailuresDocument(classes),
    'engine/src/own-names.ts': await toOwnNames(),
    'engine/src/stateful-types.ts': toStatefulTypes(),
  }) as Made;
}

const isStale = ([path, text]: readonly [string, string]): boolean =>
  !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text;

const made = Object.entries(await makeAll());
const stale = made.filter(isStale);
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is not as npm run generate makes it.`);
  if (stale.length) process.exitCode = 1;
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}
if (!stale.length) console.log(`${made.length} generated files are up to date`);
