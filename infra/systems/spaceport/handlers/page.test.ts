import { parsePage, toCursor } from './page.ts';

const id = '0b7e4f5a-9a53-4b3e-8c7b-2f4f0c9a1d2e';

test.each([
  ['nothing', {}, { limit: 25, after: undefined }],
  ['a limit', { limit: '100' }, { limit: 100, after: undefined }],
  ['a cursor of ours', { cursor: toCursor(id) }, { limit: 25, after: id }],
])('reads a query with %s', (_, query, page) => {
  expect(parsePage(query)).toEqual({ kind: 'page', page });
});

test.each<[query: Record<string, string>, problems: number]>([
  [{ limit: '0' }, 1],
  [{ limit: '101' }, 1],
  [{ limit: '1.5' }, 1],
  [{ limit: '' }, 1],
  [{ cursor: '' }, 1],
  [{ cursor: id }, 1],
  [{ cursor: toCursor('x') }, 1],
  [{ limit: 'many', cursor: 'none' }, 2],
])('refuses the query %j', (query, problems) => {
  expect(parsePage(query)).toEqual({ kind: 'refused', problems: Array(problems).fill(expect.any(String)) });
});

test('a cursor does not show what is in it', () => {
  expect(toCursor(id)).toMatch(/^[\w-]+$/);
  expect(toCursor(id)).not.toContain('0b7e');
});
