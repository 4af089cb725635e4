import { createHash } from 'node:crypto';
import type { Block, Document, Line, Piece, Section } from './document.ts';
import { clip, toInertHtml } from './inert.ts';
import { style } from './page-style.ts';

/**
 * Gives a document as one HTML page that needs nothing beside itself: no script, no font, no request.
 *
 * All foreign text is inert; a policy in the page forbids whatever could be fetched or run all the same.
 */
export function toHtml(document: Document, version: string): string {
  const { action, verdict, environment, facts, sections } = document;
  const head = toInertHtml(`${action}: ${verdict}${environment ? ` · ${environment}` : ''}`);
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${head}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#report">Skip to the report</a>',
    `<header>${toHeading(document)}<ul class="facts" aria-label="Facts of the run">${facts.map((f) => `<li>${toText(f)}</li>`).join('')}</ul></header>`,
    '<main id="report" tabindex="-1">',
    ...sections.map(toSection),
    '</main>',
    `<footer><p>Spaceport actions ${toInertHtml(version)}</p></footer>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function toHeading({ action, verdict, environment, tone, sign }: Document): string {
  const where = environment ? ` ${toInertHtml(environment)}` : '';
  return `<h1>${toInertHtml(action)}${where}: <span class="verdict ${tone}"><span aria-hidden="true">${sign}</span> ${toInertHtml(verdict)}</span></h1>`;
}

function toSection({ title, folded, blocks }: Section, index: number): string {
  const id = `s${index}`;
  const heading = `<h2 id="${id}">${toInertHtml(title)}</h2>`;
  const body = blocks.map((b) => toBlock(b, id)).join('\n');
  return folded
    ? `<details>\n<summary>${heading}</summary>\n${body}\n</details>`
    : `<section aria-labelledby="${id}">\n${heading}\n${body}\n</section>`;
}

function toBlock(block: Block, id: string): string {
  switch (block.kind) {
    case 'text':
      return `<p>${toText(block.line)}</p>`;
    case 'table':
      return toTable(
        id,
        block.head,
        block.rows.map((r) => r.map(toText)),
      );
    case 'output':
      return `<div class="scroll" role="group" tabindex="0" aria-labelledby="${id}"><pre>${block.lines.map(toInertHtml).join('\n')}</pre></div>`;
    case 'facts':
      return toTable(
        id,
        ['', ''],
        block.rows.map(([name, line]) => [toInertHtml(name), toText(line)]),
      );
    case 'graph':
      return `<ol>${block.nodes.map((n) => `<li>${toNode(n)}</li>`).join('')}</ol>`;
    case 'timeline':
      return toTimeline(id, block.bars);
  }
}

/**
 * Gives a table of cells that are HTML already; its name is the heading with that id.
 *
 * A wide table is scrolled, by the keyboard too. On a narrow page each row is a card, whose cells bring the name of their column along; the
 * roles are written out, because a browser forgets those of a table that is shown otherwise.
 */
function toTable(id: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const names = head.map((h) => `<th scope="col" role="columnheader">${h}</th>`).join('');
  const toCell = (cell: string, i: number): string =>
    i === 0 ? `<th scope="row" role="rowheader">${cell}</th>` : `<td role="cell" data-column="${head[i] ?? ''}">${cell}</td>`;
  const body = rows.map((cells) => `<tr role="row">${cells.map(toCell).join('')}</tr>`).join('\n');
  const caption = head.some(Boolean) ? `<thead role="rowgroup"><tr role="row">${names}</tr></thead>` : '';
  const table = `<table role="table" aria-labelledby="${id}">${caption}<tbody role="rowgroup">${body}</tbody></table>`;
  return `<div class="scroll" role="group" tabindex="0" aria-labelledby="${id}">${table}</div>`;
}

function toNode({ name, label, after }: (Block & { kind: 'graph' })['nodes'][number]): string {
  const before = after.length ? ` after ${after.map(toInertHtml).join(', ')}` : '';
  return `<strong>${toInertHtml(name)}</strong> ${label}${before}`;
}

/** Bars for the eye, from the first one on, and the same in numbers for those who hear it; these are from the start of the run. */
function toTimeline(id: string, bars: (Block & { kind: 'timeline' })['bars']): string {
  const start = Math.min(...bars.map((b) => b.startSeconds));
  const end = Math.max(...bars.map((b) => b.startSeconds + b.seconds));
  const toX = (seconds: number): string => ((seconds / (end - start)) * 600).toFixed(1);
  const rows = bars.map(({ name, state, startSeconds, seconds }) => [
    toInertHtml(name),
    `${startSeconds.toFixed(1)} s`,
    `${(startSeconds + seconds).toFixed(1)} s`,
    `<svg viewBox="0 0 600 16" preserveAspectRatio="none" aria-hidden="true"><rect class="${state}" x="${toX(startSeconds - start)}" width="${toX(seconds)}" y="2" height="12"/></svg>`,
  ]);
  return toTable(id, ['stack', 'start', 'end', 'drawn'], rows);
}

/** A longer text is nothing to read on a page; the JSON report has it all. */
const longest = 10_000;

const toText = (line: Line): string => line.map(toPiece).join('');

function toPiece(piece: Piece): string {
  if (typeof piece === 'string') return toInertHtml(clip(piece, longest));
  if ('break' in piece) return '<br>';
  if ('own' in piece) return toInertHtml(piece.own).replace(/&#96;(.*?)&#96;/g, '<code>$1</code>');
  if ('code' in piece) return `<code>${toInertHtml(clip(piece.code, longest))}</code>`;
  if ('link' in piece) return `<a href="${toInertHtml(piece.href)}">${toInertHtml(piece.link)}</a>`;
  return piece.label
    ? `<span role="img" aria-label="${piece.label}">${piece.sign}</span>`
    : `<span aria-hidden="true">${piece.sign}</span>`;
}
