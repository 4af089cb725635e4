import { expect, test } from '@jest/globals';
import { planned } from '../../../test/fakes/reports.ts';
import type { ResourceChange } from '../plan/plan.ts';
import type { Section } from './document.ts';
import { toPlanSections } from './plan-sections.ts';

const change = (logicalId: string, action: ResourceChange['action'], more: Partial<ResourceChange> = {}): ResourceChange => ({
  logicalId,
  path: `Shop/${logicalId}`,
  type: 'AWS::SQS::Queue',
  action,
  access: false,
  widens: false,
  properties: [],
  ...more,
});
const hash = (c: string) => ({ S3Key: `${c.repeat(64)}.zip` });
const code = change('Api', 'update', { properties: [{ path: 'Code', before: hash('a'), after: hash('b'), replaces: 'no' }] });
const sectionsOf = (...resources: ResourceChange[]) =>
  toPlanSections({ schema: 1, environment: 'prod', decisions: [], stacks: [planned('Shop', { action: 'update', resources })] }, 'd1ge57');
/** Gives the first cells of the last table of a section. */
const rowsOf = ({ blocks }: Section) => blocks.flatMap((b) => (b.kind === 'table' ? [b.rows.map(([first]) => first?.[0])] : [])).at(-1);

test('a plan shows first what changes access, then what is replaced or removed, then the rest; what follows is folded', () => {
  const sections = sectionsOf(
    change('Changed', 'update', { properties: [{ path: 'Delay', before: 1, after: 2, replaces: 'no' }] }),
    change('New', 'create'),
    code,
    change('Gone', 'delete'),
    change('Left', 'orphan'),
    change('Other', 'replace'),
    change('Perhaps', 'maybe-replace'),
    change('Role', 'create', { access: true }),
    change('Cdk', 'create', { type: 'AWS::CDK::Metadata' }),
  );
  const paths = (...ids: string[]) => ids.map((id) => ({ code: `Shop/${id}` }));
  expect(sections.map((s) => [s.title, s.folded === true, rowsOf(s)])).toEqual([
    ['Plan', false, paths('Role', 'Gone', 'Left', 'Other', 'Perhaps', 'Changed')],
    ['1 new resource', true, paths('New')],
    ['2 changes of nothing but code or metadata of the CDK', true, paths('Api', 'Cdk')],
  ]);
});

test('a plan of noise alone has no table of changes beside the one of stacks', () =>
  expect(sectionsOf(code).map((s) => [s.title, s.blocks.filter((b) => b.kind === 'table').length])).toEqual([
    ['Plan', 1],
    ['1 change of nothing but code or metadata of the CDK', 1],
  ]));

test('a plan says its digest, and how many changes of which kind each stack has', () => {
  const [plan] = sectionsOf(change('A', 'delete'), change('B', 'create'), change('C', 'create'));
  expect(plan?.blocks[0]).toEqual({ kind: 'text', line: expect.arrayContaining([{ code: 'd1ge57' }]) });
  expect(plan?.blocks[1]).toMatchObject({ rows: [[['Shop'], [{ own: 'update' }], [{ own: '2 create, 1 delete' }]]] });
});

test.each<[string, unknown, unknown, readonly string[]]>([
  ['two short texts', 'a', 'b', ['a', 'b']],
  ['a number that is new', undefined, 5, ['…', '5']],
  ['a flag that goes', true, undefined, ['true', '…']],
  ['a long text', 'x'.repeat(61), 'y', ['…', 'y']],
  ['what has parts', { a: 1 }, { a: 2 }, []],
])('a property shows its values when they are plain and short: %s', (_name, before, after, shown) => {
  const [plan] = sectionsOf(change('A', 'update', { properties: [{ path: 'P', before, after, replaces: 'no' }] }));
  const table = plan?.blocks.at(-1);
  const codes =
    table?.kind === 'table' ? (table.rows[0]?.[3] ?? []).flatMap((p) => (typeof p === 'object' && 'code' in p ? [p.code] : [])) : [];
  expect(codes).toEqual(['P', ...shown]);
});

test('a plan says which alarms roll a deployment back, and which do no longer', () => {
  const arn = (name: string) => `arn:aws:cloudwatch:us-west-2:111111111111:alarm:${name}`;
  const alarms = { watched: { alarms: [arn('errors'), arn('latency')], monitoringMinutes: 5 }, unwatched: [arn('old')] };
  const stacks = [
    planned('Net', {}),
    planned('Shop', alarms),
    planned('Web', { watched: { alarms: [arn('errors')], monitoringMinutes: 0 } }),
  ];
  const [section] = toPlanSections({ schema: 1, environment: 'prod', decisions: [], stacks }, undefined);
  expect(section?.blocks[1]).toEqual({
    kind: 'table',
    head: ['stack', 'is rolled back on', 'no longer on'],
    rows: [
      [
        ['Shop'],
        [{ code: 'errors' }, { own: ', ' }, { code: 'latency' }, { own: ', 5 minutes after it too' }],
        [{ sign: '⚠️', label: '' }, { own: ' ' }, { code: 'old' }],
      ],
      [['Web'], [{ code: 'errors' }], []],
    ],
  });
});

test('a plan of a destruction counts snapshots, and promises no deployment', () => {
  const resources = [change('Db', 'snapshot', { type: 'AWS::RDS::DBInstance' }), change('Queue', 'delete')];
  const plan = { schema: 1, environment: 'prod', decisions: [], stacks: [planned('Shop', { action: 'delete', resources })] } as const;
  const [section] = toPlanSections(plan, undefined);
  expect(section?.blocks.map(({ kind }) => kind)).toEqual(['table', 'table']);
  expect(JSON.stringify(section)).toContain('1 delete, 1 snapshot');
  expect(JSON.stringify(section)).not.toContain('plan-digest');
});

test('a plan says what changes beside the templates, first that a protection goes, and otherwise why a stack is updated', () => {
  const beside = [
    { path: 'termination protection', before: 'on', after: 'off', replaces: 'no' as const },
    { path: 'tag Owner', before: 'ada', replaces: 'no' as const },
    { path: 'parameter Key', replaces: 'no' as const },
  ];
  const stacks = [
    planned('Shop', { action: 'update', beside, because: 'tags changed' }),
    planned('Net', { action: 'update', because: 'it is in UPDATE_ROLLBACK_FAILED' }),
    planned('Site', { action: 'unchanged' }),
  ];
  const [plan] = toPlanSections({ schema: 1, environment: 'prod', decisions: [], stacks }, undefined);
  const [table] = plan?.blocks ?? [];
  expect(table?.kind === 'table' && table.rows.map((r) => r[2])).toEqual([
    [
      { sign: '⚠️', label: 'warning:' },
      { own: ' ' },
      'termination protection',
      { own: ' ' },
      { code: 'on' },
      { own: ' → ' },
      { code: 'off' },
      { break: true },
      'tag Owner',
      { own: ' ' },
      { code: 'ada' },
      { own: ' → ' },
      { own: 'none' },
      { break: true },
      'parameter Key',
    ],
    [{ own: 'it is in UPDATE_ROLLBACK_FAILED' }],
    [{ own: '' }],
  ]);
});
