/** Lambda calls this. */
export const handler = async (): Promise<void> => {};
