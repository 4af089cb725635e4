import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Violation } from '../lib/suppression.ts';
import type { SampleTemplate } from './sample.ts';

/** Gives what cdk-nag's errors of AwsSolutions say about one template, whatever made it; warnings are left out. */
export async function nag(template: SampleTemplate): Promise<readonly Violation[]> {
  const folder = await mkdtemp(join(tmpdir(), 'nag-'));
  try {
    const templateFile = join(folder, 'template.json');
    await writeFile(templateFile, JSON.stringify(template));
    const app = new App({ outdir: join(folder, 'out'), autoSynth: false, treeMetadata: false });
    new CfnInclude(new Stack(app, 'S'), 'T', { templateFile });
    const { violations } = new AwsSolutionsChecks().validateScope(app);
    return violations
      .filter(({ severity }) => severity === 'error')
      .flatMap(({ ruleName, violatingResources }) => {
        const [, rule = ruleName, finding = ''] = /^([^[]+)(?:\[(.*)\])?$/.exec(ruleName) ?? [];
        return violatingResources.map((r) => ({ rule, finding, where: pathOf(template, r.constructPath?.split('/').at(-1) ?? '') }));
      });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Gives the path of a resource's construct below its stack; its logical id when the template does not say. */
export function pathOf({ Resources = {} }: SampleTemplate, logicalId: string): string {
  const path = (Resources[logicalId] as { Metadata?: Record<string, string> } | undefined)?.Metadata?.['aws:cdk:path'];
  return path?.split('/').slice(1).join('/') ?? logicalId;
}
