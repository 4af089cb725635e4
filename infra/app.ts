// The app of cdk.json: what `cdk synth -c environment=<name>` runs.
import { dirname, join } from 'node:path';
import { App, Aws } from 'aws-cdk-lib/core';
import { toRequest } from './app-context.ts';
import { findSystem } from './systems.ts';

const { CDK_DEFAULT_ACCOUNT, CDK_DEFAULT_REGION, CDK_OUTDIR } = process.env;

try {
  const { system, request } = toRequest(new App({ autoSynth: false }).node.getAllContext(), {
    account: CDK_DEFAULT_ACCOUNT || Aws.ACCOUNT_ID,
    region: CDK_DEFAULT_REGION || Aws.REGION,
    handlers: join(dirname(import.meta.dirname), 'dist/handlers'),
    outdir: CDK_OUTDIR || 'cdk.out',
  });
  await findSystem(system).synthesize(request);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
