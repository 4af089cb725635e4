import { spawn } from 'node:child_process';
import { families } from '../test/scenarios/all.ts';
import { act, openTheatre, type Scene } from '../test/scenarios/perform.ts';
import type { Scenario } from '../test/scenarios/scenario.ts';
import { root } from '../tools/repository.ts';

/*
 * Every scenario of test/scenarios, twice and each time in an account of its own: by our deploy action, and by
 * `cdk deploy --all` of the newest CLI. A name as argument performs the scenarios alone whose class or name has it.
 */

/** How a deployment ended, whoever made it. */
type End = 'succeeded' | 'stopped before the first write' | 'failed midway';
const ends: readonly End[] = ['succeeded', 'stopped before the first write', 'failed midway'];

interface Row {
  readonly scenario: Scenario;
  readonly ours: End;
  readonly plain: End;
  /** Whether ours ended as the scenario says it has to. */
  readonly right: boolean;
}

const wanted = process.argv[2] ?? '';
const theatre = await openTheatre();
try {
  const rows: Row[] = [];
  for (const scenario of Object.values(families)
    .flat()
    .filter((s) => `${s.class} ${s.name}`.includes(wanted))) {
    const row = await performTwice(scenario);
    rows.push(row);
    console.log(`${row.right ? '✅' : '❌'} ${scenario.class}: ${scenario.name}\n      ours ${row.ours}; plain ${row.plain}`);
  }
  printTables(rows);
  process.exitCode = rows.every((r) => r.right) ? 0 : 1;
} finally {
  await theatre.end();
}

async function performTwice(scenario: Scenario): Promise<Row> {
  await theatre.emulator.reset();
  const first = await theatre.set(scenario);
  const { verdict, findings, calls } = await act(scenario, first);
  first.end();
  const ours = ['deployed', 'unchanged'].includes(verdict)
    ? 'succeeded'
    : calls.some((c) => c.write)
      ? 'failed midway'
      : 'stopped before the first write';
  const errors = new Set(findings.filter((f) => f.severity === 'error').map((f) => f.code));
  const right =
    typeof scenario.ends === 'string'
      ? verdict === scenario.ends
      : ours === 'stopped before the first write' && scenario.ends.stoppedBy.every((code) => errors.has(code));
  await theatre.emulator.reset();
  const second = await theatre.set(scenario);
  const plain = await deployPlainly(second);
  second.end();
  return { scenario, ours, plain, right };
}

/** Runs `cdk deploy --all` on a scene. Whether anything was written is told by the emulator's record of calls. */
async function deployPlainly({ assembly, env, live }: Scene): Promise<End> {
  await live.emulator.clearCalls();
  const args = ['cdk', 'deploy', '--all', '--require-approval', 'never', '--app', assembly];
  const child = spawn('npx', args, { cwd: root, env: { ...process.env, ...env }, stdio: 'ignore' });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code === 0) return 'succeeded';
  return (await live.emulator.calls()).some((c) => c.write && c.service !== 'sts') ? 'failed midway' : 'stopped before the first write';
}

/** Prints the tables: what must be caught, what must pass; what the emulator cannot show and what policy refuses apart. */
function printTables(rows: readonly Row[]): void {
  const canSucceed = ({ scenario }: Row) => typeof scenario.ends === 'string';
  const isShown = ({ scenario }: Row) => !scenario.answers && !scenario.policy && !scenario.plainSucceeds;
  const groups: readonly (readonly [title: string, rows: readonly Row[]])[] = [
    ['cannot succeed', rows.filter((r) => !canSucceed(r) && isShown(r))],
    ['can succeed', rows.filter(canSucceed)],
    ['cannot succeed, by answers after AWS’s documented shapes', rows.filter((r) => !canSucceed(r) && !r.scenario.policy && !isShown(r))],
    ['refused by policy', rows.filter((r) => r.scenario.policy)],
  ];
  for (const [title, group] of groups) {
    console.log(`\n${group.length} deployments: ${title}`);
    console.log(`${''.padEnd(32)}${'ours'.padStart(8)}${'cdk deploy --all'.padStart(20)}`);
    for (const end of ends) {
      const count = (who: 'ours' | 'plain') => String(group.filter((r) => r[who] === end).length);
      console.log(`${end.padEnd(32)}${count('ours').padStart(8)}${count('plain').padStart(20)}`);
    }
    console.log(`${'as it should be'.padEnd(32)}${String(group.filter((r) => r.right).length).padStart(8)}`);
  }
}
