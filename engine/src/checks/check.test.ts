import { expect, test } from '@jest/globals';
import { notKnown } from './check.ts';

const at = (constructPath: string) => ({ stack: 'Shop', constructPath });

test('one value that is not known is told where it stands', () => {
  expect(notKnown('names', [at('Shop/A')])).toMatchObject([
    { code: 'PF004', severity: 'notice', message: 'names: 1 not judged, at Shop/A.', place: at('Shop/A') },
  ]);
});

test('many are one notice, which names the first and counts the others', () => {
  expect(notKnown('names', ['Shop/A', 'Shop/B', 'Shop/C', 'Shop/D', 'Shop/E'].map(at))).toMatchObject([
    { message: 'names: 5 not judged, at Shop/A, Shop/B, Shop/C and 2 more.', place: {} },
  ]);
});

test('nothing is told when everything is known', () => expect(notKnown('names', [])).toEqual([]));
