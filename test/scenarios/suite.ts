import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { toFindingLine } from '../../engine/src/checks/checks.ts';
import { readAllowed, toPermission } from '../permissions.ts';
import { act, openTheatre, type Theatre } from './perform.ts';
import type { Scenario } from './scenario.ts';

/** Makes a test of every scenario: a preflight only reads, it ends as it says, and what stops it does so before anything is written. */
export function testScenarios(scenarios: readonly Scenario[]): void {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre();
  });
  afterAll(() => theatre?.end());
  const allowed = readAllowed();

  test.each(scenarios.map((s) => [s.class, s.name, s] as const))('%s: %s', async (_class, _name, scenario) => {
    const scene = await theatre.set(scenario);
    try {
      const looked = await act(scenario, scene, 'preflight');
      expect(looked.calls.filter((c) => c.write)).toEqual([]);
      expect(looked.calls.map(toPermission).filter((p) => !allowed.has(p))).toEqual([]);
      const { verdict, findings, calls, log } = await act(scenario, scene);
      const errors = findings.filter((f) => f.severity === 'error');
      const { ends, tells } = scenario;
      const isStopped = typeof ends === 'object';
      const wanted = isStopped
        ? { told: ends.stoppedBy, verdict: expect.stringMatching(/^(blocked|failed)$/) }
        : { told: [], verdict: ends };
      const told = [...new Set(errors.map((f) => f.code))].sort();
      expect({ told, verdict, log: told.length ? errors.map(toFindingLine) : [] }).toMatchObject({
        ...wanted,
        told: [...wanted.told].sort(),
      });
      if (ends !== 'deployed') expect(calls.filter((c) => c.write)).toEqual([]);
      const others = findings.filter((f) => f.severity !== 'error');
      if (tells) expect([...new Set(others.map((f) => f.code))].sort()).toEqual([...tells].sort());
      expect(log).not.toEqual([]);
    } finally {
      scene.end();
    }
  });

  test('each scenario has a name of its own', () => expect(new Set(scenarios.map((s) => s.name)).size).toBe(scenarios.length));
}
