import { describe, expect, test } from '@jest/globals';
import { finding, type Place } from '../finding.ts';
import { toAnnotations, toRelative } from './annotations.ts';

const many = (count: number) => Array.from({ length: count }, (_, i) => finding('PF130', `Name ${i}.`));

describe('annotations', () => {
  test('say what, where, what to do and where to read more', () => {
    const f = finding('PF130', 'Too long.', { constructPath: 'Shop/Uploads', file: '/repo/lib/shop.ts', line: 12, column: 5 });
    expect(toAnnotations([f], '/repo')).toEqual([
      {
        severity: 'error',
        title: `PF130 ${f.title}`,
        message: `Shop/Uploads: Too long.\nWhat to do: ${f.remedy}\n${f.docs}`,
        file: 'lib/shop.ts',
        line: 12,
        column: 5,
      },
    ]);
  });

  test('do not name a stack twice', () => {
    const messages = ['Shop: no.', 'Shopping: no.'].map(
      (m) => toAnnotations([finding('DP121', m, { stack: 'Shop' })], '/repo')[0]?.message,
    );
    expect(messages.map((m) => m?.split('\n')[0])).toEqual(['Shop: no.', 'Shop: Shopping: no.']);
  });

  test.each<[string, Place, object]>([
    ['a file of the checkout, with its line', { file: '/repo/a.ts', line: 3 }, { file: 'a.ts', line: 3 }],
    [
      'a file that is relative already',
      { file: '.github/spaceport.yml', line: 3, column: 1 },
      { file: '.github/spaceport.yml', line: 3, column: 1 },
    ],
    ['a file without a line', { file: '/repo/a.ts' }, { file: 'a.ts' }],
    ['no file outside of the checkout, nor its line', { file: '/opt/lib.ts', line: 3, column: 1 }, {}],
    ['no file of a folder that only begins alike', { file: '/repository/a.ts', line: 3 }, {}],
    ['nothing for nothing', {}, {}],
  ])('stand at %s', (_name, place, wanted) => {
    const [{ file, line, column } = {}] = toAnnotations([finding('PF130', 'm', place)], '/repo') as readonly {
      file?: string;
      line?: number;
      column?: number;
    }[];
    expect({ file, line, column }).toEqual({ file: undefined, line: undefined, column: undefined, ...wanted });
  });

  test.each<[number, number, string | undefined]>([
    [9, 9, undefined],
    [10, 10, '1 more'],
    [30, 10, '21 more'],
  ])('of %i findings of a level are %i, as GitHub drops the eleventh', (count, shown, more) => {
    const annotations = toAnnotations(many(count), '/repo');
    expect(annotations).toHaveLength(shown);
    expect(annotations[9]?.title).toBe(more);
    if (more) expect(annotations[9]?.message).toBe(`The job summary lists ${more} of this level.`);
  });

  test('have nine of each level, worst first', () => {
    const warnings = Array.from({ length: 12 }, (_, i) => finding('PF001', `${i}`));
    const annotations = toAnnotations([finding('PF171', 'n'), ...warnings, ...many(2)], '/repo');
    expect(annotations.map((a) => a.severity)).toEqual(['error', 'error', ...Array(10).fill('warning'), 'notice']);
  });
});

test.each<[string, string, string, string | undefined]>([
  ['below the root', '/repo/a/b.ts', '/repo', 'a/b.ts'],
  ['below a root with a slash', '/repo/a.ts', '/repo/', 'a.ts'],
  ['beside the root', '/repo2/a.ts', '/repo', undefined],
  ['the root itself', '/repo', '/repo', undefined],
  ['relative', 'a.ts', '/repo', 'a.ts'],
])('a path that is %s', (_name, file, root, relative) => expect(toRelative(file, root)).toBe(relative));
