import { join } from 'node:path';
import { measure, print } from './measure.ts';
import { createBenchStage, type Timed } from './stage.ts';

/*
 * An unchanged deployment of spaceport (three stacks) and of balancer (twelve): this project's deploy action, in system mode and in
 * cdk-out mode, beside `npx cdk deploy --all` of the same stacks, run by tsx and from a folder. Whole processes, one emulator, in turn.
 */
const account = '111111111111';
const rounds = Number(process.argv[2] ?? 5);
const timed: readonly (Timed & { readonly last: string })[] = [
  { system: 'spaceport', environment: 'staging', last: 'SpaceportStagingStack' },
  { system: 'balancer', environment: 'development', last: 'v3-backend-development-compute' },
];

const stage = await createBenchStage();
try {
  await stage.open(account);
  for (const of of timed.filter((t) => t.system.includes(process.argv[3] ?? ''))) {
    const out = join(stage.temp, of.system);
    const cdk = ['deploy', '--all', '--require-approval', 'never'];
    const ours = /deploy: unchanged/;
    const theirs = new RegExp(`${of.last} \\(no changes\\)`);
    const deploy = { name: 'first', says: /deploy: deployed/, ...stage.ours(of, account, { INPUT_SYSTEM: of.system }) };
    const synth = { name: 'synth', says: /Successfully synthesized/, ...stage.theirs(of, account, ['synth', '--quiet', '-o', out]) };
    const contenders = [
      { name: `deploy action, system: ${of.system}`, says: ours, ...stage.ours(of, account, { INPUT_SYSTEM: of.system }) },
      { name: 'deploy action, cdk-out', says: ours, ...stage.ours(of, account, { 'INPUT_CDK-OUT': out }) },
      {
        name: 'npx cdk deploy --all, app run by tsx',
        says: theirs,
        ...stage.theirs(of, account, [...cdk, '-o', join(stage.temp, 'again')]),
      },
      { name: 'npx cdk deploy --all --app cdk.out', says: theirs, ...stage.theirs(of, account, [...cdk, '--app', out]) },
    ];
    await measure([deploy], 0);
    await measure([synth], 0);
    print(await measure(contenders, rounds));
  }
} finally {
  await stage.end();
}
