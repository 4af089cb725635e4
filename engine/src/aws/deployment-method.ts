import type { DeployOptions, DeployConfirmationRequest } from '@aws-cdk/toolkit-lib';
import type { DeployOrder } from '../stack-changes.ts';
import type { ToolkitMessage } from './toolkit.ts';

type Methodical = Pick<DeployOrder, 'method' | 'adopts' | 'changeSetName'>;

/** What of a deployment is done: all of it, its change set alone, or the execution of one that is there. */
export type Phase = 'all' | 'prepare' | 'execute';

/**
 * Gives how the toolkit does a phase of an order. To prepare one always makes a change set.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html, ImportExistingResources, DeploymentMode
 */
export function toMethod(order: Methodical, phase: Phase): Pick<DeployOptions, 'deploymentMethod' | 'express'> {
  const { method, changeSetName, adopts } = order;
  const express = phase !== 'prepare' && method === 'express';
  if (phase === 'execute') return { deploymentMethod: { method: 'execute-change-set', changeSetName }, express };
  if (phase === 'all' && method === 'direct') return { deploymentMethod: { method }, express };
  return {
    deploymentMethod: {
      method: 'change-set',
      changeSetName,
      execute: phase === 'all',
      ...(adopts.length ? { importExistingResources: true } : {}),
      ...(method === 'revert-drift' ? { revertDrift: true } : {}),
    },
    express,
  };
}

/** The question that the toolkit asks between making a change set and executing it. */
const beforeExecution = 'CDK_TOOLKIT_I5060';

/**
 * Gives the logical ids that a change set imports though the order does not adopt them; none for other questions.
 *
 * CloudFormation imports whatever it finds under a name of the template that is to be retained: more than anybody decided.
 */
export function findStrays(
  { code, data }: Pick<ToolkitMessage, 'code' | 'data'>,
  { adopts }: Pick<DeployOrder, 'adopts'>,
): readonly string[] {
  if (code !== beforeExecution || adopts.length === 0) return [];
  const found: string[] = [];
  for (const diff of Object.values((data as DeployConfirmationRequest).templateDiffs ?? {}))
    diff.resources.forEachDifference((logicalId, change) => {
      if (change.isImport && !adopts.includes(logicalId)) found.push(logicalId);
    });
  return found.sort();
}
