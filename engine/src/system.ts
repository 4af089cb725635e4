import type { DataResource, Decision } from './decision.ts';

/** How a branch finds its environment when the project has no config file. */
export interface EnvironmentDefaults {
  /** Branch name or glob, exactly as `branches` of the config. */
  readonly branches: readonly string[];
  /** The GitHub environment whose secrets and reviewers guard the job. */
  readonly githubEnvironment?: string;
  readonly protected?: boolean;
  /** The regions that the environment is in; without any it is where the credentials are. */
  readonly regions?: readonly string[];
}

/** The environment that a synth is for. Regions are AWS names such as `us-west-2`; `firstRegion` keeps the documented names. */
export interface SynthTarget {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly firstRegion: string;
  readonly protected: boolean;
  /** Qualifier of the bootstrap; absent, the CDK's own. */
  readonly qualifier?: string;
}

/** One synth of a system: where to, with what, into which folder. */
export interface SynthRequest extends SynthTarget {
  /** The system's own settings, as the config has them; the system checks them against its schema. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The tag of the images that run, for systems that take one; absent, the environment's own is taken. */
  readonly imageTag?: string;
  /** None means that all data resources are created. */
  readonly decisions: readonly Decision[];
  /** Folder of the bundled Lambda handlers, one folder per handler: `<system>/<handler>/index.js`. */
  readonly handlers: string;
  /** Folder that receives the cloud assembly. */
  readonly outdir: string;
}

/**
 * One of the systems that infra brings.
 *
 * All but `load` and `synthesize` is plain data that costs no CDK import. The same request gives a byte-equal assembly.
 */
export interface System {
  readonly name: string;
  /** Empty when the system asks for `environment`; the keys are the environments it knows otherwise. */
  readonly environments: Readonly<Record<string, EnvironmentDefaults>>;
  /** Whether the system runs containers whose images a deployment may choose by `SynthRequest.imageTag`. */
  readonly takesImageTag: boolean;
  /** Names of the stacks of one environment, in the order of their phases. */
  stackNames(environment: string): readonly string[];
  /** The same names by phase, in the order of a deployment from nothing; no phases where the system has none. */
  phases(environment: string): Readonly<Record<string, readonly string[]>>;
  /** What holds data in one environment, so that it can be looked up before synth. */
  dataResources(target: SynthTarget): readonly DataResource[];
  /** Loads what `synthesize` needs, a good part of its time: for who has something else to wait for. */
  load(): Promise<void>;
  /**
   * Writes the cloud assembly into `request.outdir`.
   *
   * @throws Error that lists every name or setting that is not allowed, before anything is written.
   */
  synthesize(request: SynthRequest): Promise<void>;
}
