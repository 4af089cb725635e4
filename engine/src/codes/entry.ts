/** What a code always says, whatever the case: how bad it is, what it is, and what to do next. */
export interface CodeEntry {
  readonly severity: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly remedy: string;
}

export const error = (title: string, remedy: string) => ({ severity: 'error', title, remedy }) as const;
export const warning = (title: string, remedy: string) => ({ severity: 'warning', title, remedy }) as const;
export const notice = (title: string, remedy: string) => ({ severity: 'notice', title, remedy }) as const;
