import { expect, test } from '@jest/globals';
import type { Config } from '../config/schema.ts';
import { finding } from '../finding.ts';
import { suppress } from './suppress.ts';

const found = finding('PF130', 'm.', { stack: 'ShopProd', constructPath: 'ShopProd/Data/Uploads', file: 'app.ts', line: 3 });
const rule = (more: Partial<Config['suppress'][number]>): Config['suppress'][number] => ({
  code: 'PF130',
  where: 'ShopProd/Data/Uploads',
  reason: 'known',
  until: '2026-11-21',
  ...more,
});

test.each<[string, Partial<Config['suppress'][number]>, string[]]>([
  ['of its construct', {}, ['PF002']],
  ['of its stack', { where: 'ShopProd' }, ['PF002']],
  ['with a glob of constructs', { where: 'ShopProd/**' }, ['PF002']],
  ['with a glob of stacks', { where: 'Shop*' }, ['PF002']],
  ['with a glob of one part for a path of three', { where: 'ShopProd/*' }, ['PF130']],
  ['of another construct', { where: 'ShopProd/Data/Other' }, ['PF130']],
  ['of its construct in other letters', { where: 'shopprod/data/uploads' }, ['PF130']],
  ['of another code', { code: 'PF120' }, ['PF130']],
  ['that ends today', { until: '2026-11-21' }, ['PF002']],
  ['that ended yesterday', { until: '2026-11-20' }, ['PF130', 'PF003']],
  ['that ended last year', { until: '2025-12-31' }, ['PF130', 'PF003']],
])('a suppression %s', (_name, more, codes) => {
  const left = suppress([found], [rule(more)], '2026-11-21', []);
  expect(left.map((f) => f.code)).toEqual(codes);
  expect(left.every((f) => f.place === found.place)).toBe(true);
});

test('what is suppressed is told as a notice, with its reason and its end', () => {
  const [notice] = suppress([found], [rule({})], '2026-11-21', []);
  expect(notice?.suppressed).toEqual({ code: 'PF130', message: 'm.', reason: 'known' });
  expect([notice?.severity, notice?.message]).toEqual(['notice', 'PF130 until 2026-11-21, because: known. It says: m.']);
});

test('what was suppressed once is told with the end that it had', () => {
  const [, warning] = suppress([found], [rule({ until: '2026-11-20' })], '2026-11-21', []);
  expect([warning?.severity, warning?.message]).toEqual(['warning', 'That of PF130 at ShopProd/Data/Uploads ended on 2026-11-20.']);
});

test('one suppression that holds is enough, whatever others have expired', () => {
  const both = [rule({ until: '2026-11-20' }), rule({ where: 'ShopProd' })];
  expect(suppress([found], both, '2026-11-21', []).map((f) => f.code)).toEqual(['PF002']);
});

test('a finding without a place is silenced by nothing that names one', () => {
  const placeless = finding('PF130', 'm.');
  expect(suppress([placeless], [rule({ where: 'ShopProd' }), rule({ where: '*' })], '2026-11-21', [])).toEqual([placeless]);
});

test('what no suppression is about stays, in its order', () => {
  const others = [finding('PF120', 'a'), found, finding('PF001', 'b')];
  expect(suppress(others, [rule({})], '2026-11-21', []).map((f) => f.code)).toEqual(['PF120', 'PF002', 'PF001']);
});

test.each<[string, Partial<Config['suppress'][number]>, readonly string[], string[]]>([
  ['of a stack that was judged', { where: 'ShopProd/Data/Other' }, ['ShopProd'], ['PF005', 'PF130']],
  ['of a glob of such stacks', { code: 'PF120', where: 'Shop*' }, ['ShopProd'], ['PF005', 'PF130']],
  ['that has expired, too', { code: 'PF120', until: '2025-12-31' }, ['ShopProd'], ['PF005', 'PF130']],
  ['of a stack of another environment', { where: 'ShopStaging/Data/Other' }, ['ShopProd'], ['PF130']],
  ['of a stack that was judged in part', { where: 'ShopProd/Data/Other' }, [], ['PF130']],
  ['of a code of another step', { code: 'DP120' }, ['ShopProd'], ['PF130']],
  ['that fits', {}, ['ShopProd'], ['PF002']],
])('a suppression that fits nothing is told when it is one %s', (_name, more, judged, codes) => {
  expect(suppress([found], [rule(more)], '2026-11-21', judged).map((f) => f.code)).toEqual(codes);
});
