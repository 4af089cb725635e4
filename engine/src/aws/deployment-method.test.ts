import { describe, expect, test } from '@jest/globals';
import type { Method } from '../method.ts';
import { findStrays, toMethod } from './deployment-method.ts';

const order = (method: Method, adopts: readonly string[] = []) => ({ method, adopts, changeSetName: 'spaceport-1' });
const changeSet = { method: 'change-set', changeSetName: 'spaceport-1', execute: true };

test.each<[string, ReturnType<typeof order>, object]>([
  ['change-set makes one and executes it', order('change-set'), { deploymentMethod: changeSet, express: false }],
  ['express does, and does not wait for resources', order('express'), { deploymentMethod: changeSet, express: true }],
  ['direct makes none', order('direct'), { deploymentMethod: { method: 'direct' }, express: false }],
  [
    'revert-drift makes one that sees drift',
    order('revert-drift'),
    { deploymentMethod: { ...changeSet, revertDrift: true }, express: false },
  ],
  [
    'what is adopted is imported by the change set',
    order('change-set', ['Files']),
    { deploymentMethod: { ...changeSet, importExistingResources: true }, express: false },
  ],
])('a method of the toolkit: %s', (_name, given, wanted) => expect(toMethod(given, 'all')).toEqual(wanted));

test.each<Method>(['change-set', 'express', 'direct', 'hotswap'])('a rehearsal of %s is a change set that is not executed', (method) =>
  expect(toMethod(order(method), 'prepare')).toEqual({ deploymentMethod: { ...changeSet, execute: false }, express: false }),
);

test('a change set that is there is executed', () =>
  expect(toMethod(order('express'), 'execute')).toEqual({
    deploymentMethod: { method: 'execute-change-set', changeSetName: 'spaceport-1' },
    express: true,
  }));

/** The question of the toolkit, after its declarations: a change set whose changes import these. */
const question = (imports: readonly string[], code = 'CDK_TOOLKIT_I5060') => ({
  code,
  data: {
    templateDiffs: {
      Shop: {
        resources: {
          forEachDifference: (look: (logicalId: string, change: { isImport?: boolean }) => void) => {
            look('Queue', {});
            imports.forEach((logicalId) => look(logicalId, { isImport: true }));
          },
        },
      },
    },
  },
});

describe('what a change set imports', () => {
  test('may be what is adopted', () => expect(findStrays(question(['Files']), { adopts: ['Files'] })).toEqual([]));

  test('may be nothing else: CloudFormation takes every name that it finds', () =>
    expect(findStrays(question(['Role', 'Files', 'Log']), { adopts: ['Files'] })).toEqual(['Log', 'Role']));

  test('is not looked at where nothing is adopted, and at no other question', () => {
    expect(findStrays(question(['Role']), { adopts: [] })).toEqual([]);
    expect(findStrays(question(['Role'], 'CDK_TOOLKIT_I5050'), { adopts: ['Files'] })).toEqual([]);
  });
});
