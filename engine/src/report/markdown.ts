import type { Block, Document, Line, Piece, Section } from './document.ts';
import { clip, toInertCode, toInertFenced, toInertMarkdown } from './inert.ts';

/**
 * Gives a document as GitHub Markdown of at most about `limitBytes`.
 *
 * All foreign text is inert, and a very long one is clipped. What would be too large is cut at a row, and says so.
 */
export function toMarkdown(document: Document, limitBytes: number): string {
  const render = createRender(Math.floor(limitBytes / 20));
  const { sign, action, verdict, environment, facts, sections } = document;
  const heading = `## ${sign} ${action}: ${verdict}${environment ? ` · ${render([environment])}` : ''}`;
  return cut([heading, '', facts.map(render).join(' · '), '', ...sections.flatMap((s) => toSection(s, render))], limitBytes);
}

type Render = (line: Line) => string;

function createRender(longest: number): Render {
  const toPiece = (piece: Piece): string => {
    if (typeof piece === 'string') return toInertMarkdown(clip(piece, longest));
    if ('break' in piece) return '<br>';
    if ('own' in piece) return piece.own;
    if ('code' in piece) return toInertCode(clip(piece.code, longest));
    return 'link' in piece ? `[${piece.link}](${piece.href})` : piece.sign;
  };
  return (line) => line.map(toPiece).join('');
}

function toSection({ title, folded, blocks }: Section, render: Render): readonly string[] {
  const lines = blocks.flatMap((b) => toBlock(b, render));
  return folded ? [`<details><summary>${title}</summary>`, '', ...lines, '</details>', ''] : [`### ${title}`, '', ...lines];
}

const toRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function toBlock(block: Block, render: Render): readonly string[] {
  switch (block.kind) {
    case 'text':
      return [render(block.line), ''];
    case 'table':
      return [toRow(block.head), toRow(block.head.map(() => '---')), ...block.rows.map((r) => toRow(r.map(render))), ''];
    case 'output':
      return ['```text', ...block.lines.map(toInertFenced), '```', ''];
    case 'facts':
      return ['| | |', '| --- | --- |', ...block.rows.map(([name, line]) => toRow([name, render(line)])), ''];
    case 'graph':
      return ['```mermaid', 'graph LR', ...toGraph(block.nodes), '```', ''];
    case 'timeline':
      return ['```mermaid', 'gantt', '  dateFormat x', '  axisFormat %M:%S', ...block.bars.map(toBar), '```', ''];
  }
}

function toGraph(nodes: (Block & { kind: 'graph' })['nodes']): readonly string[] {
  const ids = new Map(nodes.map((n, i) => [n.name, `s${i}`]));
  return [
    ...nodes.map((n) => `  ${ids.get(n.name)}["${toMermaid(n.name)}<br>${n.label}"]`),
    ...nodes.flatMap((n) => n.after.flatMap((a) => (ids.has(a) ? [`  ${ids.get(a)} --> ${ids.get(n.name)}`] : []))),
  ];
}

const barStates = { done: 'done', unchanged: 'active', failed: 'crit' } as const;

function toBar({ name, state, startSeconds, seconds }: (Block & { kind: 'timeline' })['bars'][number]): string {
  return `  ${toMermaid(name)} :${barStates[state]}, ${Math.round(startSeconds * 1000)}, ${Math.round((startSeconds + seconds) * 1000)}`;
}

/** Mermaid gives no way to escape: what is not a plain character of a stack name goes. */
const toMermaid = (text: string): string => text.replace(/[^A-Za-z0-9_./ -]/g, '_');

function cut(lines: readonly string[], limitBytes: number): string {
  let bytes = 0;
  const kept: string[] = [];
  for (const line of lines) {
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > limitBytes) break;
    kept.push(line);
  }
  if (kept.length === lines.length) return `${kept.join('\n')}\n`;
  const missing = lines.filter((_, i) => i >= kept.length && isRow(lines, i)).length;
  return [...kept, ...toClosing(kept), '', `${missing} more rows are left out; the JSON report has them all.`, ''].join('\n');
}

/** Says whether a line is a row of a table: not its head, nor the line below that. */
const isRow = (lines: readonly string[], i: number): boolean =>
  [lines[i], lines[i + 1]].every((l) => !l?.startsWith('| ---')) && lines[i]?.startsWith('| ') === true;

/** Gives the lines that close what a cut left open, so that what follows is not swallowed. */
function toClosing(kept: readonly string[]): readonly string[] {
  const count = (isSo: (line: string) => boolean) => kept.filter(isSo).length;
  const fence = count((l) => l.startsWith('```')) % 2 ? ['```'] : [];
  const details = count((l) => l.startsWith('<details>')) > count((l) => l === '</details>') ? ['', '</details>'] : [];
  return [...fence, ...details];
}
