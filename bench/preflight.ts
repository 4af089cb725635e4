import { join } from 'node:path';
import { root } from '../tools/repository.ts';
import { measure, print } from './measure.ts';
import { createBenchStage } from './stage.ts';

/*
 * A preflight of the three stacks of spaceport, all of them new, with template validation: in system mode and in cdk-out mode, as whole
 * processes. Most of it is the start of the offline validator's engine, in a thread of its own.
 */
const of = { system: 'spaceport', environment: 'staging' };
const account = '111111111111';
const rounds = Number(process.argv[2] ?? 5);

const stage = await createBenchStage();
try {
  await stage.open(account);
  const out = join(stage.temp, 'cdk.out');
  const synth = { name: 'synth', says: /Successfully synthesized/, ...stage.theirs(of, account, ['synth', '--quiet', '-o', out]) };
  await measure([synth], 0);
  const entry = join(root, 'release/preflight/dist/index.js');
  const says = /preflight: ready/;
  const ours = (inputs: Readonly<Record<string, string>>) => ({
    ...stage.ours(of, account, inputs),
    command: [process.execPath, entry] as const,
    says,
  });
  print(
    await measure(
      [
        { name: 'preflight action, cdk-out', ...ours({ 'INPUT_CDK-OUT': out }) },
        { name: 'preflight action, system: spaceport', ...ours({ INPUT_SYSTEM: of.system }) },
      ],
      rounds,
    ),
  );
} finally {
  await stage.end();
}
