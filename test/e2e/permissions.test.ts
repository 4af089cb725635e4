import { readAllowed, toPermission } from '../permissions.ts';
import { createStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({});
});
afterAll(() => stage?.end());

test('preflight makes no call that the documented policy does not allow', async () => {
  await stage.emulator.clearCalls();
  await stage.run('preflight', { system: 'spaceport' });
  const calls = await stage.emulator.calls();
  const needed = [...new Set(calls.map(toPermission))].sort();
  const allowed = readAllowed();
  expect(needed.filter((c) => !allowed.has(c))).toEqual([]);
  expect(needed.length).toBeGreaterThan(5);
  expect(calls.filter((c) => c.write)).toEqual([]);
});
