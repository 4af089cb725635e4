import { admit, afterFailure, afterSuccess, unused, type Circuit } from './circuit.ts';

const limits = { failures: 3, openMs: 1000, tryMs: 100 };
const closed = (failures: number): Circuit => ({ ...unused, failures, version: failures });
const open: Circuit = { state: 'open', failures: 3, until: 5000, version: 3 };
const trying: Circuit = { state: 'half-open', failures: 3, until: 5100, version: 4 };

test.each<[why: string, circuit: Circuit, now: number, kind: string]>([
  ['a circuit that was never used', unused, 0, 'pass'],
  ['a closed one with some failures', closed(2), 0, 'pass'],
  ['an open one', open, 4999, 'refuse'],
  ['an open one whose time is over', open, 5000, 'try'],
  ['one where another call tries', trying, 5099, 'refuse'],
  ['one where the call that tried is lost', trying, 5100, 'try'],
])('admits to %s', (_, circuit, now, kind) => {
  expect(admit(circuit, now, limits).kind).toBe(kind);
});

test('who tries keeps the others away for as long as it may take', () => {
  expect(admit(open, 6000, limits)).toEqual({ kind: 'try', next: { state: 'half-open', failures: 3, until: 6100, version: 4 } });
});

test('the failures that open a circuit are in a row', () => {
  expect(afterFailure(closed(1), 0, limits)).toEqual(closed(2));
  expect(afterFailure(closed(2), 0, limits)).toEqual({ state: 'open', failures: 3, until: 1000, version: 3 });
  expect(afterSuccess(closed(2))).toEqual({ ...unused, version: 3 });
});

test('one failure of the call that tries opens it again, and its success closes it', () => {
  expect(afterFailure(trying, 6000, limits)).toEqual({ state: 'open', failures: 4, until: 7000, version: 5 });
  expect(afterSuccess(trying)).toEqual({ ...unused, version: 5 });
});

test('what changes nothing is the same circuit, so that nothing is written', () => {
  expect(afterSuccess(unused)).toBe(unused);
  expect(afterSuccess(open)).toBe(open);
  expect(afterFailure(open, 0, limits)).toBe(open);
});
