import { expect, test } from '@jest/globals';
import { known, toSentence, unknown, type NotRead } from './answer.ts';

const because = (why: NotRead['why'], message = ''): NotRead => ({ call: 's3:ListBucket', resource: 'uploads', why, message });

test.each<[NotRead['why'], string]>([
  ['denied', 'needs the permission s3:ListBucket on uploads'],
  ['expired', 's3:ListBucket was asked after the session had expired'],
  ['throttled', 's3:ListBucket was throttled'],
  ['unreachable', 's3:ListBucket got no answer'],
  ['refused', 's3:ListBucket was refused'],
  ['failed', 's3:ListBucket failed'],
])('what could not be read because it %s is told in a sentence', (why, sentence) => {
  expect(toSentence(because(why))).toBe(sentence);
  expect(toSentence(because(why, 'slow down'))).toBe(`${sentence} (slow down)`);
});

test('an answer is a value or a reason, and nothing in between', () => {
  expect(known(undefined)).toEqual({ kind: 'known', value: undefined });
  expect(unknown(because('denied'))).toEqual({ kind: 'unknown', because: because('denied') });
});
