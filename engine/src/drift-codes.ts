/** The codes of drift: only depth `drift` looks for it. */
export const driftCodes: readonly string[] = ['PF206', 'PF207'];
