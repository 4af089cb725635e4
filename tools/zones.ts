/**
 * One part of the code base, and what it may use.
 *
 * A file belongs to the first zone whose `files` fits its path. A group in `files` names its unit: one action, one system.
 * Files of one zone may import one another within a unit; what else they may import is in `imports`, and in `own` as far as
 * it is of the same unit.
 */
export interface Zone {
  readonly name: string;
  readonly files: RegExp;
  readonly imports: readonly string[];
  readonly own?: readonly string[];
  /** Packages that may be imported, Node's own modules among them. */
  readonly packages: RegExp;
  /** Whether the zone is pure: no process, no clock, no chance. */
  readonly pure?: true;
}

const anything = /./;
const nothing = /^$/;
const pureNode = 'node:(path|crypto|zlib)';

/** Who may import whom. The order matters: the first zone that fits a file is its zone. */
export const zones: readonly Zone[] = [
  {
    name: 'test',
    files: /^test\/|\.test\.ts$/,
    imports: [
      'action',
      'action main',
      'entry',
      'contract',
      'engine',
      'aws',
      'github',
      'host',
      'systems',
      'system',
      'handler',
      'handler lib',
      'infra lib',
      'environments',
      'infra app',
      'sample',
      'statements',
      'emulator',
      'tool',
      'demo',
      'bench',
    ],
    packages: anything,
  },
  {
    name: 'sample',
    files: /^infra\/systems\/[^/]+\.ts$/,
    imports: ['systems', 'system', 'contract', 'engine', 'host', 'infra lib'],
    packages: anything,
  },
  { name: 'statements', files: /^infra\/statements(?:\/[^/]+)?\.ts$/, imports: [], packages: nothing, pure: true },
  { name: 'entry', files: /^actions\/entry\.ts$/, imports: ['action main', 'host', 'engine', 'systems'], packages: /^node:/ },
  {
    name: 'action main',
    files: /^actions\/([^/]+)\/src\/main\.ts$/,
    imports: ['host', 'engine', 'contract', 'systems'],
    own: ['action'],
    packages: nothing,
  },
  {
    name: 'action',
    files: /^actions\/([^/]+)\/src\//,
    imports: ['engine', 'contract'],
    packages: new RegExp(`^(${pureNode}|zod)$`),
    pure: true,
  },
  { name: 'contract', files: /^engine\/src\/(?:names|system|decision)\.ts$/, imports: [], packages: nothing, pure: true },
  {
    name: 'aws',
    files: /^engine\/src\/aws\//,
    imports: ['engine', 'contract'],
    packages: /^(node:|@aws-sdk\/|@smithy\/|@aws-cdk\/|(yaml|https-proxy-agent|proxy-from-env)$)/,
  },
  { name: 'github', files: /^engine\/src\/github\//, imports: ['engine', 'contract'], packages: /^(node:|@actions\/)/ },
  {
    name: 'host',
    files: /^engine\/src\/host\//,
    imports: ['engine', 'contract', 'aws', 'github'],
    packages: /^(node:|aws-cdk-lib\/node_modules\/@aws\/cloudformation-validate\/)/,
  },
  {
    name: 'engine',
    files: /^engine\/src\//,
    imports: ['contract'],
    packages: new RegExp(`^(${pureNode}|zod|yaml|picomatch|leven|@aws-cdk/cloudformation-diff)$`),
    pure: true,
  },
  { name: 'systems', files: /^infra\/systems\.ts$/, imports: ['contract', 'environments', 'system'], packages: nothing },
  { name: 'environments', files: /^infra\/environments\//, imports: ['contract'], packages: /^zod$/, pure: true },
  { name: 'handler lib', files: /^infra\/handlers\//, imports: [], packages: /^node:/ },
  { name: 'handler', files: /^infra\/systems\/([^/]+)\/handlers\//, imports: ['handler lib'], packages: /^(node:|@aws-sdk\/|@smithy\/)/ },
  {
    name: 'system',
    files: /^infra\/systems\/([^/]+)\//,
    imports: ['infra lib', 'environments', 'contract'],
    packages: /^(node:(path|crypto|fs)|aws-cdk-lib\/(?!node_modules)|constructs|zod)/,
  },
  {
    name: 'infra lib',
    files: /^infra\/lib\//,
    imports: ['environments', 'contract'],
    packages: /^(node:(path|crypto|fs)|aws-cdk-lib\/(?!node_modules)|constructs|zod)/,
  },
  { name: 'statements', files: /^infra\/statements\//, imports: [], packages: nothing, pure: true },
  {
    name: 'infra app',
    files: /^infra\/[^/]+\.ts$/,
    imports: ['systems', 'environments', 'infra lib', 'contract'],
    packages: /^(node:|aws-cdk-lib\/(?!node_modules)|constructs|zod)/,
  },
  { name: 'emulator', files: /^emulator\//, imports: ['tool'], packages: anything },
  { name: 'demo', files: /^demo\//, imports: ['emulator', 'tool'], packages: anything },
  { name: 'bench', files: /^bench\//, imports: ['emulator', 'tool', 'systems', 'sample', 'test'], packages: anything },
  {
    name: 'tool',
    files: /^tools\/|^jest\.config\.js$/,
    imports: ['engine', 'contract', 'action', 'systems', 'sample', 'statements', 'test'],
    packages: anything,
  },
];
