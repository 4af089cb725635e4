import type { App } from 'aws-cdk-lib/core';
import type { Code } from '../../engine/src/codes.ts';
import type { Emulator } from '../../emulator/emulator.ts';
import type { EmulatedStacks } from '../../emulator/stacks.ts';
import type { SampleStack } from '../fakes/assembly.ts';

/**
 * How a deployment has to end: without a finding that stops it, deployed or with nothing to deploy, or stopped before the first
 * write by exactly these codes.
 */
export type Ending = 'deployed' | 'unchanged' | { readonly stoppedBy: readonly Code[] };

/** What is in AWS before a scenario begins, in an account of its own that is bootstrapped and otherwise empty. */
export interface Live {
  readonly emulator: Emulator;
  readonly account: string;
  readonly region: string;
  readonly stacks: EmulatedStacks;
  /** Deploys stacks of samples, one after the other, without any check; a failure is an error of the scenario. */
  deploy(stacks: Readonly<Record<string, SampleStack>>): Promise<void>;
  /** What every SDK client of this account is made with. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

/**
 * One deployment: a small app, what is live before, and how it has to end.
 *
 * It is run twice: by our deploy action, and in the bench by `cdk deploy --all`.
 */
export interface Scenario {
  /** A sentence without a full stop. */
  readonly name: string;
  /** Id of the failure class, or `right` for an app that has nothing wrong in it. */
  readonly class: string;
  /** What it shows that no other scenario does. */
  readonly why: string;
  /** A cloud assembly in short, or an app of the CDK that is synthesized. */
  readonly app: Readonly<Record<string, SampleStack>> | ((app: App) => void);
  /** Changes files of the assembly when it is there, such as what only its account can say. */
  readonly edit?: (folder: string, live: Live) => void;
  readonly before?: (live: Live) => Promise<void>;
  /**
   * What the emulator cannot show, after AWS's documented shapes: answers to readings by kind and canonical JSON of the question,
   * such as `resource {"identifier":"a","type":"AWS::KMS::Key"}`. Scenarios with any count apart.
   */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** Inputs of the deploy action beside `cdk-out`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Variables of the job beside those of AWS. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly ends: Ending;
  /** Where they are the point: exactly the codes of the warnings and notices that the deployment tells, none for a near miss. */
  readonly tells?: readonly Code[];
  /** Whether what stops it is a policy of ours and no failure of CloudFormation, such as an unapproved replacement. */
  readonly policy?: true;
  /** Why plain `cdk deploy --all` succeeds on the emulator although it would fail on AWS; only where it does. */
  readonly plainSucceeds?: string;
}
