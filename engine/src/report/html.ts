import { createHash } from 'node:crypto';
import type { Block, Document, Line, Piece, Section } from './document.ts';
import { toInertHtml } from './inert.ts';
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
  const body = blocks.map((b) => toBlock(b, title, id)).join('\n');
  return folded
    ? `<details>\n<summary>${heading}</summary>\n${body}\n</details>`
    : `<section aria-labelledby="${id}">\n${heading}\n${body}\n</section>`;
}

function toBlock(block: Block, title: string, id: string): string {
  switch (block.kind) {
    case 'text':
      return `<p>${toText(block.line)}</p>`;
    case 'table': {
      const head = block.head.map((h) => `<th scope="col">${h}</th>`).join('');
      return toScrolling(
        `<table aria-labelledby="${id}"><thead><tr>${head}</tr></thead><tbody>${block.rows.map(toRow).join('\n')}</tbody></table>`,
        title,
      );
    }
    case 'facts':
      return `<table aria-labelledby="${id}"><tbody>${block.rows.map(([name, line]) => toRow([[{ own: name }], line])).join('\n')}</tbody></table>`;
    case 'graph':
      return `<ol>${block.nodes.map((n) => `<li>${toNode(n)}</li>`).join('')}</ol>`;
    case 'timeline':
      return toTimeline(block.bars);
  }
}

/** A table that is wider than the page is scrolled, by the keyboard too. */
const toScrolling = (table: string, title: string): string =>
  `<div class="scroll" role="group" tabindex="0" aria-label="${toInertHtml(title)}">${table}</div>`;

function toRow([first = [], ...rest]: readonly Line[]): string {
  return `<tr><th scope="row">${toText(first)}</th>${rest.map((line) => `<td>${toText(line)}</td>`).join('')}</tr>`;
}

function toNode({ name, label, after }: (Block & { kind: 'graph' })['nodes'][number]): string {
  const before = after.length ? ` after ${after.map(toInertHtml).join(', ')}` : '';
  return `<strong>${toInertHtml(name)}</strong> ${label}${before}`;
}

/** Bars for the eye, and the same as a table for those who hear it. */
function toTimeline(bars: (Block & { kind: 'timeline' })['bars']): string {
  const end = Math.max(...bars.map((b) => b.startSeconds + b.seconds));
  const rows = bars.map(({ name, state, startSeconds, seconds }) => {
    const [x, width] = [(startSeconds / end) * 600, Math.max((seconds / end) * 600, 2)];
    const drawing = `<svg viewBox="0 0 600 16" preserveAspectRatio="none" height="16" aria-hidden="true"><rect class="${state}" x="${x.toFixed(1)}" width="${width.toFixed(1)}" y="2" height="12" rx="3"/></svg>`;
    return `<tr><th scope="row">${toInertHtml(name)}</th><td>${startSeconds.toFixed(1)} s</td><td>${(startSeconds + seconds).toFixed(1)} s</td><td class="bar">${drawing}</td></tr>`;
  });
  const head = ['stack', 'start', 'end', 'drawn'].map((h) => `<th scope="col">${h}</th>`).join('');
  return toScrolling(`<table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`, 'Timeline');
}

const toText = (line: Line): string => line.map(toPiece).join('');

function toPiece(piece: Piece): string {
  if (piece === 'break') return '<br>';
  if (typeof piece === 'string') return toInertHtml(piece);
  if ('own' in piece) return toInertHtml(piece.own).replace(/&#96;(.*?)&#96;/g, '<code>$1</code>');
  if ('code' in piece) return `<code>${toInertHtml(piece.code)}</code>`;
  if ('link' in piece) return `<a href="${toInertHtml(piece.href)}">${toInertHtml(piece.link)}</a>`;
  return piece.label
    ? `<span role="img" aria-label="${piece.label}">${piece.sign}</span>`
    : `<span aria-hidden="true">${piece.sign}</span>`;
}
