/** The version of this release; `npm run check` compares it with package.json. */
export const version = '0.1.0';

/** Where this release's documents are, so that a finding links to the text that belongs to the code that ran. */
export const docsUrl = `https://github.com/org/spaceport-actions/blob/v${version}/docs`;
