import type { Answer } from './answer.ts';

/** What a function gave. */
export interface Invocation {
  /** Lambda's own word for a failure, `Handled` or `Unhandled`, or that it gave nothing in time; undefined when the function returned. */
  readonly error?: string;
  /** What it returned or threw, as text; JSON most often. */
  readonly payload: string;
}

/** Functions of Lambda, as somebody who calls them. */
export interface Functions {
  /** Invokes a function, by name or ARN, and waits for what it gives, at most so long; undefined when it is not there. */
  invoke(of: { readonly name: string; readonly payload: string; readonly timeoutMs: number }): Promise<Answer<Invocation | undefined>>;
}

/** What a site answers. */
export interface SiteAnswer {
  readonly status: number;
  /** By name in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** The first 256 KiB. */
  readonly body: string;
}

/** Sites of the web and of the network of the job. */
export interface Sites {
  /** Gets an address; redirects are followed where `follows`. Unknown when there is no answer in time. */
  get(of: {
    readonly url: string;
    readonly follows: boolean;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  }): Promise<Answer<SiteAnswer>>;
}

/** How a command ended. */
export interface CommandEnd {
  /** Undefined when it was ended from outside: its time was over, or the run was cancelled. */
  readonly code?: number;
  /** Why it could not even begin. */
  readonly unstarted?: string;
  /** The last lines of what it wrote. */
  readonly lines: readonly string[];
}

/** Commands of the shell of the job. */
export interface Commands {
  /** Runs a command in a folder, with variables beside those of the job; inputs and tokens of the job are kept from it. */
  run(of: {
    readonly command: string;
    readonly directory: string;
    readonly variables: Readonly<Record<string, string>>;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  }): Promise<CommandEnd>;
}
