/** The port that the API answers on in its container; the image learns it from PORT. */
export const apiPort = 8080;

/** The port that PostgreSQL answers on. */
export const databasePort = 5432;
