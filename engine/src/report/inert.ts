/**
 * Gives a foreign text that is safe in the log of a job: no control characters, no line that the runner obeys.
 *
 * The runner looks for `::name::` at the beginning of a line and for `##[name]` anywhere; a zero-width space breaks both.
 */
export function toInertLog(text: string): string {
  return stripControls(text)
    .replace(/^(\s*)::/gm, '$1:\u200b:')
    .replace(/##\[/g, '##\u200b[');
}

/**
 * Gives a foreign text that is safe in a table of GitHub Markdown: no markup, no formula, no link, no mention, no HTML, one line.
 *
 * GitHub makes links of issues and commits, and emoji of `:key:`, after it has taken escapes away. A zero-width space breaks the first; what
 * could be one of the others becomes code, so that an account id or an ARN can still be copied.
 */
export function toInertMarkdown(text: string): string {
  return stripControls(text)
    .replace(/\s*\n\s*/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]()#|~!]/g, (c) => `\\${c}`)
    .replace(/(\\#|\bGH)(?=-?\d)/gi, '$1\u200b')
    .replace(colonsOrCommit, '<code>$&</code>')
    .replace(/\$/g, '&#36;')
    .replace(/@/g, '@\u200b')
    .replace(/(https?|ftp):\/\//gi, '$1\u200b://')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\u200b.`);
}

/** Words with two colons and more, such as ARNs and types; hexadecimal digits as long as those of a commit, and what hangs on them. */
const colonsOrCommit =
  /(?<![\w\\/.+-])(?:(?:[\w/.+-]|\\_)*(?::(?:[\w/.+-]|\\_)*){2,}(?<=[\w:])|[0-9a-f]{7,40}(?![0-9a-z])(?:-[0-9a-f]+\b)*)/gi;

/** Gives a foreign text that is safe as the content or a quoted attribute of an HTML page. */
export function toInertHtml(text: string): string {
  return stripControls(text).replace(/[&<>"'`]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Gives a foreign text that is plain to readers of SARIF, who make links of brackets, and to GitHub, which makes mentions of names. */
export function toInertPlain(text: string): string {
  return stripControls(text)
    .replace(/[\\[\]]/g, (c) => `\\${c}`)
    .replace(/@/g, '@\u200b');
}

/**
 * Gives a foreign text as inline code of GitHub Markdown, one line, safe in a table.
 *
 * GitHub takes what stands between HTML tags for Markdown too, so that markup becomes entities; what is copied from the page is the text itself.
 */
export function toInertCode(text: string): string {
  const flat = stripControls(text)
    .replace(/\s*\n\s*/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*[\]~|$@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, (c) => `&#${c.charCodeAt(0)};`)
    .replace(/:\/\//g, '&#58;//')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}&#46;`);
  return `<code>${flat}</code>`;
}

/** Gives a foreign line that is safe within a fence of GitHub Markdown: it neither ends the fence nor is one of a table that may be cut. */
export const toInertFenced = (line: string): string =>
  clip(stripControls(line).replace(/\n/g, ' '), longestLine).replace(/^(\s*)(?=`|~|\||<)/, '$1\u200b');

/** A longer line of what a program said is cut. */
const longestLine = 2_000;

/** Gives a text of at most so many characters; one that was longer ends with an ellipsis. */
export const clip = (text: string, longest: number): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

// eslint-disable-next-line no-control-regex -- control characters are what this removes
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const stripControls = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\u001b\[[0-9;]*[A-Za-z]/g, '')
    .replace(controls, '');
