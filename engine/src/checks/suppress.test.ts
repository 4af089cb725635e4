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

test.each<[string, Partial<Config['suppress'][number]>, boolean]>([
  ['of its construct', {}, true],
  ['of its stack', { where: 'ShopProd' }, true],
  ['with a glob of constructs', { where: 'ShopProd/**' }, true],
  ['with a glob of stacks', { where: 'Shop*' }, true],
  ['with a glob of one part for a path of three', { where: 'ShopProd/*' }, false],
  ['of another construct', { where: 'ShopProd/Data/Other' }, false],
  ['of its construct in other letters', { where: 'shopprod/data/uploads' }, false],
  ['of another code', { code: 'PF120' }, false],
  ['that ends today', { until: '2026-11-21' }, true],
  ['that ended yesterday', { until: '2026-11-20' }, false],
  ['that ended last year', { until: '2025-12-31' }, false],
])('a suppression %s silences the finding: %#', (_name, more, silent) => {
  expect(suppress([found], [rule(more)], '2026-11-21')).toEqual(silent ? [] : [found]);
});

test('a finding without a place is silenced by nothing that names one', () => {
  const placeless = finding('PF130', 'm.');
  expect(suppress([placeless], [rule({ where: 'ShopProd' }), rule({ where: '*' })], '2026-11-21')).toEqual([placeless]);
});

test('what no suppression is about stays, in its order', () => {
  const others = [finding('PF120', 'a'), found, finding('PF001', 'b')];
  expect(suppress(others, [rule({})], '2026-11-21').map((f) => f.code)).toEqual(['PF120', 'PF001']);
});
