/**
 * A piece of a line. A plain text is foreign: renderers make it inert.
 *
 * `own` is the project's own words, in which backticks mean code; `code` is a foreign text as code; `sign` stands for the word in `label`.
 */
export type Piece =
  | string
  | { readonly own: string }
  | { readonly code: string }
  | { readonly link: string; readonly href: string }
  | { readonly sign: string; readonly label: string }
  | { readonly break: true };

/** The end of a line within a cell. */
export const lineBreak: Piece = { break: true };

/** One line of text, or one cell of a table. */
export type Line = readonly Piece[];

/** One stack in a drawing of the order of stacks. */
export interface GraphNode {
  readonly name: string;
  readonly label: string;
  /** Names of the stacks before it; those that are not in the drawing count for nothing. */
  readonly after: readonly string[];
}

/** One stack in a drawing of time; seconds from the start of the run. */
export interface TimeBar {
  readonly name: string;
  readonly state: 'done' | 'unchanged' | 'failed';
  readonly startSeconds: number;
  readonly seconds: number;
}

/** One part of a section. The first column of a table says what its row is about. */
export type Block =
  | { readonly kind: 'text'; readonly line: Line }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly Line[])[] }
  /** What a program said: shown as it is. */
  | { readonly kind: 'output'; readonly lines: readonly string[] }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, Line])[] }
  | { readonly kind: 'graph'; readonly nodes: readonly GraphNode[] }
  | { readonly kind: 'timeline'; readonly bars: readonly TimeBar[] };

/** A part under a heading of its own. A folded one is opened by those who want it. */
export interface Section {
  readonly title: string;
  readonly folded?: true;
  readonly blocks: readonly Block[];
}

/** A report in the order in which it is read, without the form that a reader sees: Markdown and HTML are made of this. */
export interface Document {
  readonly sign: string;
  readonly action: string;
  readonly verdict: string;
  readonly environment?: string;
  readonly tone: 'good' | 'bad';
  /** The facts of the run, in one line: each a few words. */
  readonly facts: readonly Line[];
  readonly sections: readonly Section[];
}
