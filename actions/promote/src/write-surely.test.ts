import { expect, test } from '@jest/globals';
import type { Answer } from '../../../engine/src/answer.ts';
import { known, unknown } from '../../../engine/src/answer.ts';
import type { Artifacts } from '../../../engine/src/artifacts.ts';
import { createFakeBuckets } from '../../../test/fakes/artifacts.ts';
import { writeSurely } from './write-surely.ts';

const lost = unknown({ call: 's3:PutObject', resource: 'b/k', why: 'unreachable', message: 'socket hang up' });
const denied = unknown({ call: 's3:PutObject', resource: 'b/k', why: 'denied', message: '' });

/** A bucket whose writes arrive, or not, and are answered by something else. */
function answering(answer: Answer<'written' | 'conflict'>, arrives: boolean): Artifacts {
  const buckets = createFakeBuckets();
  buckets.create('b', { account: '1' });
  const real = buckets.artifacts('1');
  return { ...real, write: async (...args) => (arrives && (await real.write(...args)), answer) };
}

test.each<[string, Answer<'written' | 'conflict'>, boolean, Answer<'written' | 'conflict'>]>([
  ['a write that arrived counts although its answer got lost', lost, true, known('written')],
  ['a retry that met its own object is no conflict', known('conflict'), true, known('written')],
  ['a write that never arrived stays unknown', lost, false, lost],
  ['an object of somebody else is a conflict', known('conflict'), false, known('conflict')],
  ['a refusal is not looked at again', denied, true, denied],
])('%s', async (_name, answer, arrives, expected) => {
  expect(await writeSurely(answering(answer, arrives), { name: 'b' }, 'k', 'mine', { if: 'absent' })).toEqual(expected);
});
