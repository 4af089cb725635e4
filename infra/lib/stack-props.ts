import type { StackProps } from 'aws-cdk-lib/core';
import type { SynthTarget } from '../../engine/src/system.ts';

/** Gives the props that all stacks of a target share; a protected environment's stacks cannot be deleted by accident. */
export function toStackProps({ account, region, protected: guarded }: SynthTarget, description: string): StackProps {
  return { env: { account, region }, terminationProtection: guarded, description };
}
