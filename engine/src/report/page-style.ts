/** Colours of the page, by scheme: text on its own background has at least 4.5 times its luminance (WCAG 2.2, AA). */
export const palette = {
  light: {
    page: '#f6f7f9',
    card: '#ffffff',
    text: '#1b2430',
    soft: '#566274',
    line: '#dfe4ea',
    link: '#0b5cad',
    code: '#eef1f5',
    good: '#17693a',
    'good-ground': '#e3f4e9',
    bad: '#a3202c',
    'bad-ground': '#fdeaea',
    bar: '#2f7fd1',
  },
  dark: {
    page: '#11161d',
    card: '#1a212b',
    text: '#e4e9f0',
    soft: '#9fabbb',
    line: '#313b48',
    link: '#7db8ff',
    code: '#242d39',
    good: '#7fdba3',
    'good-ground': '#173424',
    bad: '#ff9c9c',
    'bad-ground': '#45191e',
    bar: '#5aa2ec',
  },
} as const;

const toVariables = (colours: Readonly<Record<string, string>>): string =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');

/** The style of the page: one column that any width takes, in the reader's colour scheme, calm. */
export const style = `
:root { color-scheme: light dark; ${toVariables(palette.light)} }
@media (prefers-color-scheme: dark) { :root { ${toVariables(palette.dark)} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--card); z-index: 1; }
.skip:focus { top: 1rem; }
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.5rem; padding-bottom: .5rem; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere; }
.verdict { display: inline-block; padding: .1em .6em; border-radius: .5em; margin-left: .15em; }
.verdict.good { color: var(--good); background: var(--good-ground); }
.verdict.bad { color: var(--bad); background: var(--bad-ground); }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; margin: .9rem 0 0; padding: 0; color: var(--soft); }
section, details { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; margin: 1.25rem 0; padding: 1.1rem 1.4rem; }
h2 { margin: 0 0 .6rem; font-size: 1.15rem; line-height: 1.3; }
summary { cursor: pointer; }
summary h2 { display: inline; margin: 0; font-size: 1rem; font-weight: 600; }
details[open] > summary { margin-bottom: .8rem; }
p { margin: .4rem 0 .9rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: 0 -.4rem; padding: 0 .4rem; }
table { width: 100%; border-collapse: collapse; font-size: .94rem; margin-bottom: .4rem; }
.scroll + .scroll { margin-top: 1rem; }
th, td { text-align: left; vertical-align: top; padding: .55rem .9rem .55rem 0; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--soft); font-weight: 600; font-size: .85rem; white-space: nowrap; }
tbody th { font-weight: 600; }
td:last-child, th:last-child { padding-right: 0; }
td, tbody th { overflow-wrap: anywhere; min-width: 6rem; }
code { background: var(--code); border-radius: .3em; padding: .08em .35em; font: .88em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; display: inline-block; max-width: min(22rem, 100%); overflow-wrap: break-word; }
p code { display: inline; overflow-wrap: anywhere; }
pre { margin: 0; font: .85em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
svg { display: block; width: 100%; min-width: 12rem; height: 1rem; }
svg rect { fill: var(--bar); }
svg rect.unchanged { fill: var(--soft); }
svg rect.failed { fill: var(--bad); }
ol { margin: 0; padding-left: 1.4rem; }
li { overflow-wrap: anywhere; }
footer { padding-top: .5rem; padding-bottom: 3rem; color: var(--soft); font-size: .9rem; }
@media (max-width: 40rem) {
  header, main, footer { padding-left: .8rem; padding-right: .8rem; }
  header { padding-top: 1.5rem; }
  section, details { padding: .9rem .9rem; border-radius: .6rem; }
  h1 { font-size: 1.4rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td, tbody th { display: block; }
  tr { padding: .5rem 0; border-top: 1px solid var(--line); }
  tbody tr:first-child { border-top: 0; padding-top: 0; }
  td, tbody th { border: 0; padding: .12rem 0; }
  td:empty { display: none; }
  td[data-column]:not([data-column=""])::before { content: attr(data-column); display: block; color: var(--soft); font-size: .8rem; }
}
@media print { body { background: none; } section, details { border: 0; padding: 0; } }
`;
