import { App, Tags } from 'aws-cdk-lib/core';
import type { SynthRequest } from '../../engine/src/system.ts';

/**
 * Makes the CDK app that writes into `outdir`; its tags go to every stack and resource that can have tags.
 *
 * The same whether the CDK's command line or another program runs it: what the command line sets by environment variables
 * is fixed here, and nothing is synthesized before `synth` is called. CDK's own template validation is off, because
 * preflight runs the same engine on the templates of every app.
 */
export function createApp({ outdir, qualifier }: Pick<SynthRequest, 'outdir' | 'qualifier'>, tags: Readonly<Record<string, string>>): App {
  const app = new App({
    outdir,
    autoSynth: false,
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
    postCliContext: {
      'aws:cdk:enable-path-metadata': true,
      'aws:cdk:enable-asset-metadata': true,
      '@aws-cdk/aws-iam:minimizePolicies': true,
      // Exports and imports, so that no stack goes while another one needs it.
      '@aws-cdk/core:defaultCrossStackReferences': 'strong',
      ...(qualifier ? { '@aws-cdk/core:bootstrapQualifier': qualifier } : {}),
    },
  });
  for (const [key, value] of Object.entries(tags)) Tags.of(app).add(key, value);
  return app;
}
