import { toAlarmName } from '../alarms.ts';
import { isUnprotecting } from '../plan/beside.ts';
import { isHashOnly, type Plan, type PlannedStack, type PropertyChange, type ResourceChange } from '../plan/plan.ts';
import { lineBreak, type Block, type Line, type Piece, type Section } from './document.ts';
import { clip } from './inert.ts';
import { toCount } from './report.ts';

/**
 * Gives the sections of a plan: what a reviewer has to look at, and folded away what follows from it.
 *
 * First what widens who may do what, then what else changes that, then what is replaced or removed, then the rest. New resources that change no access, and changes of
 * nothing but the hash of an asset, are folded. `digest` is absent where no deployment could be held to it.
 */
export function toPlanSections(plan: Plan, digest: string | undefined): readonly Section[] {
  const all = plan.stacks.flatMap((s) => s.resources);
  const quiet = all.filter(isHashOnly);
  const created = all.filter((r) => !isHashOnly(r) && r.action === 'create' && !r.access);
  const loud = all.filter((r) => !quiet.includes(r) && !created.includes(r)).sort((a, b) => toRank(a) - toRank(b));
  const fold = (title: string, resources: readonly ResourceChange[]): readonly Section[] =>
    resources.length ? [{ title, folded: true, blocks: [toTable(resources)] }] : [];
  return [
    {
      title: 'Plan',
      blocks: [
        ...(digest === undefined ? [] : [toPromise(digest)]),
        {
          kind: 'table',
          head: ['stack', 'action', 'changes'],
          rows: plan.stacks.map((s) => [[s.name], [{ own: s.action }], toWhat(s)]),
        },
        ...toWatchTable(plan.stacks),
        ...(loud.length ? [toTable(loud)] : []),
      ],
    },
    ...fold(toCount(created.length, 'new resource'), created),
    ...fold(`${toCount(quiet.length, 'change')} of nothing but code or metadata of the CDK`, quiet),
  ];
}

/** What CloudFormation watches, where it watches anything or no longer does. */
function toWatchTable(stacks: Plan['stacks']): readonly Block[] {
  const toNames = (arns: readonly string[]): Line =>
    arns.flatMap((arn, i): Line => [...(i ? [{ own: ', ' }] : []), { code: toAlarmName(arn) }]);
  const rows = stacks
    .filter((s) => s.watched || s.unwatched)
    .map(({ name, watched, unwatched = [] }): readonly Line[] => [
      [name],
      [
        ...toNames(watched?.alarms ?? []),
        ...(watched?.monitoringMinutes ? [{ own: `, ${watched.monitoringMinutes} minutes after it too` }] : []),
      ],
      unwatched.length ? [{ sign: '⚠️', label: '' }, { own: ' ' }, ...toNames(unwatched)] : [],
    ]);
  return rows.length ? [{ kind: 'table', head: ['stack', 'is rolled back on', 'no longer on'], rows }] : [];
}

const toPromise = (digest: string): Block => ({
  kind: 'text',
  line: [
    { own: 'Digest ' },
    { code: digest },
    {
      own: ': with it as `plan-digest`, deploy does this and nothing else. With `plan-digest: reviewed` it finds it by itself after the merge.',
    },
  ],
});

const toRank = ({ access, widens, action }: ResourceChange): number => {
  if (access) return widens ? 0 : 1;
  return action === 'replace' || action === 'maybe-replace' || action === 'delete' || action === 'orphan' ? 2 : 3;
};

/** Gives what changes of a stack, its resources and what is beside them; the reason where that is nothing that can be shown. */
function toWhat({ action, resources, beside = [], because }: PlannedStack): Line {
  const lines = [...(resources.length ? [toMix(resources)] : []), ...beside.map(toBesideLine)];
  if (lines.length === 0) return [{ own: action === 'unchanged' ? '' : (because ?? '') }];
  return lines.flatMap((line, i) => [...(i ? [lineBreak] : []), ...line]);
}

/** A side that is not there is `none`, unless neither is: then nobody may see them. */
function toBesideLine(change: PropertyChange): Line {
  const { path, before, after } = change;
  const side = (value: unknown): Piece => (value === undefined ? { own: 'none' } : { code: clip(String(value), shortLength) });
  return [
    ...(isUnprotecting(change) ? [{ sign: '⚠️', label: 'warning:' }, { own: ' ' }] : []),
    path,
    ...(before === undefined && after === undefined ? [] : [{ own: ' ' }, side(before), { own: ' → ' }, side(after)]),
  ];
}

/** Gives how many resources there are of each action: `2 create, 1 replace`. */
function toMix(resources: readonly ResourceChange[]): Line {
  const actions = ['create', 'update', 'replace', 'maybe-replace', 'delete', 'orphan', 'snapshot', 'import'] as const;
  const counts = actions.map((action) => [resources.filter((r) => r.action === action).length, action] as const);
  return [
    {
      own: counts
        .filter(([count]) => count > 0)
        .map((c) => c.join(' '))
        .join(', '),
    },
  ];
}

const actionSigns: Readonly<Partial<Record<ResourceChange['action'], string>>> = {
  replace: '♻️',
  'maybe-replace': '♻️',
  delete: '🗑️',
  orphan: '🗑️',
};

function toTable(resources: readonly ResourceChange[]): Block {
  const rows = resources.map((r): readonly Line[] => {
    const sign = actionSigns[r.action];
    return [
      [{ code: r.path }],
      [
        ...(r.access ? [r.widens ? { sign: '🔓', label: 'widens access:' } : { sign: '🔐', label: 'changes access:' }, { own: ' ' }] : []),
        ...(sign ? [{ sign, label: '' }, { own: ' ' }] : []),
        { own: r.action },
      ],
      [{ code: r.type }],
      r.properties.flatMap((p, i): Line => [...(i ? [lineBreak] : []), ...toProperty(p)]),
    ];
  });
  return { kind: 'table', head: ['resource', 'change', 'type', 'properties'], rows };
}

/** Gives a property that changes, with its values where they are plain and short. */
export function toProperty({ path, before, after, replaces }: PropertyChange): Line {
  const [was, is] = [toShort(before), toShort(after)];
  return [
    { code: path },
    ...(was === undefined && is === undefined ? [] : [{ own: ' ' }, { code: was ?? '…' }, { own: ' → ' }, { code: is ?? '…' }]),
    ...(replaces === 'no'
      ? []
      : [{ own: ' ' }, { sign: '♻️', label: replaces === 'yes' ? 'replaces the resource' : 'may replace the resource' }]),
  ];
}

const shortLength = 60;

/** Gives a plain value as it can be shown within a line; undefined for what is long or has parts, which the plan file has. */
export function toShort(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' && value.length <= shortLength ? value : undefined;
}
