import type { ActionTable, InputSpec } from '../engine/src/inputs.ts';
import { docsUrl } from '../engine/src/version.ts';

/** The first line of every file that is made from something else. */
export const made = (from: string): string => `Made from ${from} by npm run generate; edit that.`;

/** Double quotes hold any text in YAML, and JSON's escapes are among those of YAML. */
const quoted = (text: string): string => JSON.stringify(text);

/** Gives the action.yml of an action. */
export function toActionYml(table: ActionTable): string {
  const inputs = Object.entries(table.inputs).flatMap(([name, spec]) => [
    `  ${name}:`,
    `    description: ${quoted(toDescription(spec))}`,
    `    required: ${spec.required === true}`,
    ...(spec.default === undefined ? [] : [`    default: ${quoted(spec.default)}`]),
  ]);
  const outputs = Object.entries(table.outputs).flatMap(([name, description]) => [`  ${name}:`, `    description: ${quoted(description)}`]);
  return [
    `# ${made('src/inputs.ts')}`,
    `name: ${quoted(table.title)}`,
    `description: ${quoted(table.description)}`,
    'author: "spaceport-actions"',
    'branding:',
    `  icon: ${table.icon}`,
    '  color: orange',
    'inputs:',
    ...inputs,
    'outputs:',
    ...outputs,
    'runs:',
    '  using: node24',
    '  main: dist/index.js',
    '',
  ].join('\n');
}

const toDescription = (spec: InputSpec): string => {
  if (spec.kind === 'choice') return `${spec.description} One of: ${spec.values?.join(', ')}.`;
  return spec.kind === 'flag' ? `${spec.description} One of: true, false.` : spec.description;
};

const kinds: Readonly<Record<InputSpec['kind'], string>> = {
  text: 'text',
  choice: 'choice',
  lines: 'list, one a line',
  pairs: 'key=value, one a line',
  integer: 'whole number',
  flag: 'true or false',
  secret: 'secret',
};

/** A cell of a Markdown table: one line, and a bar is no border. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function toInputRow(name: string, spec: InputSpec): string {
  const kind = spec.kind === 'choice' ? (spec.values ?? []).map((v) => `\`${v}\``).join(', ') : kinds[spec.kind];
  const preset = spec.required ? '**required**' : spec.default === undefined ? '' : `\`${spec.default}\``;
  return `| \`${name}\` | ${cell(spec.description)} | ${cell(kind)} | ${cell(preset)} |`;
}

/** Gives the README of an action; `example` is the text of a workflow. */
export function toReadme(table: ActionTable, example: string): string {
  const exclusive = table.exclusive.map((group) => `Of ${group.map((n) => `\`${n}\``).join(', ')} at most one may be given.`);
  return [
    `<!-- ${made('src/inputs.ts')} -->`,
    '',
    `# ${table.title}`,
    '',
    `${table.description.replace(/\.$/, '')}.`,
    '',
    '```yaml',
    example.trim(),
    '```',
    '',
    '## Inputs',
    '',
    '| input | | takes | default |',
    '| --- | --- | --- | --- |',
    ...Object.entries(table.inputs).map(([name, spec]) => toInputRow(name, spec)),
    '',
    ...exclusive.flatMap((line) => [line, '']),
    '## Outputs',
    '',
    '| output | |',
    '| --- | --- |',
    ...Object.entries(table.outputs).map(([name, description]) => `| \`${name}\` | ${cell(description)} |`),
    '',
    `Every finding of a run has a code; [findings](${docsUrl}/findings.md) says what each one means and what to do.`,
    '',
  ].join('\n');
}
