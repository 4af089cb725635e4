/** The ports that the parts of cloudweave are reached by. */
export const ports = { frontend: 80, backend: 3001, database: 5432, cache: 6379 } as const;
