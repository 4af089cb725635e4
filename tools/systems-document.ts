import type { System } from '../engine/src/system.ts';
import type { Evidence, Statement } from '../infra/statements/statement.ts';
import type { Sample, SampleTemplate } from '../infra/systems/sample.ts';
import { made } from './action-documents.ts';

/** A system with what is shown of it: one sample of an environment, and what its document says. */
export interface DocumentedSystem {
  readonly system: System;
  readonly environment: string;
  readonly sample: Sample;
  readonly statements: readonly Statement[];
}

/** Gives docs/systems.md: for each system its environments, its stacks with what they need of each other, and its statements. */
export function toSystemsDocument(systems: readonly DocumentedSystem[]): string {
  return [
    `<!-- ${made('infra/systems.ts and infra/statements.ts')} -->`,
    '',
    '# Systems',
    '',
    'The systems that infra brings. A statement is one thing that the document of a system says of its infrastructure, with the line where',
    'it says so; what shows it is checked by a test.',
    '',
    ...systems.map(({ system: { name } }) => `- [${name}](#${name})`),
    '',
    ...systems.flatMap(toSection),
  ].join('\n');
}

function toSection({ system, environment, sample, statements }: DocumentedSystem): readonly string[] {
  return [
    `## ${system.name}`,
    '',
    ...toTable(
      ['environment', 'branches', 'GitHub environment', 'protected', 'stacks'],
      Object.entries(system.environments).map(([name, { branches, githubEnvironment = '', protected: guarded }]) => [
        name,
        branches.map((branch) => `\`${branch}\``).join(', '),
        githubEnvironment,
        guarded ? 'yes' : 'no',
        system.stackNames(name).join(', '),
      ]),
    ),
    '',
    `The stacks of ${environment}; an arrow leads from a stack to the one that needs it, with how many values it takes over:`,
    '',
    '```mermaid',
    ...toGraph(sample),
    '```',
    '',
    ...toExportTable(sample),
    `What the document says, ${statements.length} statements:`,
    '',
    ...toTable(
      ['line', 'says', 'shown by'],
      statements.map(({ line, says, shown }) => [String(line), says, [...new Set(shown.map(toEvidence))].join('<br>')]),
    ),
    '',
  ];
}

/** Gives the graph of an assembly's stacks as Mermaid draws it; stacks and arrows in order of name. */
export function toGraph(sample: Sample): readonly string[] {
  const stacks = Object.entries(sample.templates).sort(([a], [b]) => (a < b ? -1 : 1));
  const nodes = stacks.map(([name, { Resources = {} }]) => `  ${name}["${name}<br/>${Object.keys(Resources).length} resources"]`);
  const arrows = dependenciesOf(sample).map(([from, to]) => {
    const count = importsOf(sample.templates[to]).filter((name) => exportsOf(sample.templates[from]).includes(name)).length;
    return count > 0 ? `  ${from} -->|${count}| ${to}` : `  ${from} --> ${to}`;
  });
  return ['graph LR', ...nodes, ...arrows];
}

function dependenciesOf({ files, templates }: Sample): readonly (readonly [from: string, to: string])[] {
  const { artifacts } = JSON.parse(files['manifest.json'] ?? '{"artifacts":{}}') as {
    readonly artifacts: Readonly<Record<string, { readonly dependencies?: readonly string[] }>>;
  };
  return Object.keys(templates)
    .sort()
    .flatMap((to) =>
      (artifacts[to]?.dependencies ?? [])
        .filter((from) => from in templates)
        .sort()
        .map((from) => [from, to] as const),
    );
}

function exportsOf({ Outputs = {} }: SampleTemplate = {}): readonly string[] {
  return Object.values(Outputs).flatMap((output) => {
    const name = (output as { Export?: { Name?: unknown } }).Export?.Name;
    return typeof name === 'string' ? [name] : [];
  });
}

/** Each name once, in order of its first use. */
function importsOf(template: SampleTemplate = {}): readonly string[] {
  return [...new Set([...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => name ?? ''))];
}

function toExportTable({ templates }: Sample): readonly string[] {
  const users = (name: string): string =>
    Object.keys(templates)
      .filter((stack) => importsOf(templates[stack]).includes(name))
      .sort()
      .join(', ');
  const rows = Object.keys(templates)
    .sort()
    .flatMap((stack) => exportsOf(templates[stack]).map((name) => [`\`${name}\``, stack, users(name) || '(no stack of this system)']));
  return rows.length > 0 ? [...toTable(['export', 'of', 'needed by'], rows), ''] : [];
}

function toEvidence(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'stack':
      return `stack ${evidence.name}`;
    case 'resource':
      return `${evidence.type}${evidence.where ? ` \`${JSON.stringify(evidence.where)}\`` : ''} in ${evidence.stack}`;
    case 'export':
      return `export \`${evidence.name}\``;
    case 'output':
      return `output ${evidence.key} of ${evidence.stack}`;
    case 'test':
      return `test [${evidence.name}](../${evidence.file})`;
    case 'workflow':
      return `job ${evidence.job} of [${evidence.file.split('/').at(-1)}](../${evidence.file})`;
    case 'application':
      return `not infrastructure: ${evidence.reason}`;
  }
}

function toTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const toRow = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [toRow(head), toRow(head.map(() => '---')), ...rows.map(toRow)];
}
