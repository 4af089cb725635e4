import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/repository.ts';
import { createStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({});
});
afterAll(() => stage?.end());

/** Operations whose permission has another name. */
const permissions: Readonly<Record<string, string>> = {
  's3:HeadBucket': 's3:ListBucket',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  'lambda:GetFunction': 'lambda:GetFunctionConfiguration',
};

test('preflight makes no call that the documented policy does not allow', async () => {
  const document = readFileSync(join(root, 'docs/permissions.md'), 'utf8');
  const allowed: readonly string[] = JSON.parse(/```json\n([^]*?)```/.exec(document)?.[1] ?? '').Statement[0].Action;
  await stage.emulator.clearCalls();
  await stage.run('preflight', { system: 'spaceport' });
  const calls = (await stage.emulator.calls()).map((c) => `${c.service}:${c.operation}`).filter((c) => c !== 'sts:GetCallerIdentity');
  const needed = [...new Set(calls.map((c) => permissions[c] ?? c))].sort();
  expect(needed.filter((c) => !allowed.includes(c))).toEqual([]);
  expect(needed.length).toBeGreaterThan(5);
  expect((await stage.emulator.calls()).filter((c) => c.write)).toEqual([]);
});
