/** Where in the synthesized stacks a statement is shown. `where` is matched against the resource's properties, deeply and in part. */
export type Selector =
  | { readonly kind: 'stack'; readonly environment: string; readonly name: string }
  | {
      readonly kind: 'resource';
      readonly environment: string;
      readonly stack: string;
      readonly type: string;
      readonly where?: Readonly<Record<string, unknown>>;
      /** At least how many resources match; 1 unless said otherwise. */
      readonly atLeast?: number;
    }
  | { readonly kind: 'export'; readonly environment: string; readonly name: string }
  | { readonly kind: 'output'; readonly environment: string; readonly stack: string; readonly key: string };

/** How a statement is kept: by a resource of the templates, by a test, by a workflow, or not by infrastructure at all, with the reason. */
export type Evidence =
  | Selector
  | { readonly kind: 'test'; readonly file: string; readonly name: string }
  | { readonly kind: 'workflow'; readonly file: string; readonly job: string }
  | { readonly kind: 'application'; readonly reason: string };

/** One statement of a system's document about a stack, resource, name, export, size, limit, rule or behaviour, and what shows it. */
export interface Statement {
  /** Line of the document, from 1. */
  readonly line: number;
  /** What the document says there, in few and own words. */
  readonly says: string;
  /** One or more; all must hold. */
  readonly shown: readonly Evidence[];
}
