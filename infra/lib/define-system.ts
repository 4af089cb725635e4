import type { DataResource } from '../../engine/src/decision.ts';
import type { EnvironmentDefaults, SynthRequest, SynthTarget, System } from '../../engine/src/system.ts';
import { inTask } from './in-task.ts';

/** What a system is made of. `B` is what its stacks are built from: the request, checked, with the data of its environment. */
export interface SystemParts<B> {
  readonly name: string;
  /** The typed data of each environment, as far as a run has to know it before synth; one without branches has to be named. */
  readonly environments: Readonly<Record<string, Partial<EnvironmentDefaults>>>;
  /** Only of a system that runs containers: it reads `imageTag` of its request. */
  readonly takesImageTag?: true;
  /** Names of the stacks of one environment, in the order of their phases. */
  readonly stackNames: (environment: string) => readonly string[];
  /** Names of the stacks of one environment by phase, for a system whose document has phases. */
  readonly phases?: (environment: string) => Readonly<Record<string, readonly string[]>>;
  readonly dataResources: (target: SynthTarget) => readonly DataResource[];
  /** Loads what checks a request, without the CDK. */
  readonly loadBlueprint: () => Promise<{ toBlueprint(request: SynthRequest): B }>;
  /** Loads the stacks, and with them the CDK. */
  readonly loadStacks: () => Promise<{ synthesizeStacks(blueprint: B): void }>;
}

/** Makes a system of its parts. A request that is not allowed is refused before the CDK is loaded. */
export function defineSystem<B>(parts: SystemParts<B>): System {
  const { name, takesImageTag = false, stackNames, phases = () => ({}), dataResources, loadBlueprint, loadStacks } = parts;
  return {
    name,
    environments: Object.fromEntries(Object.entries(parts.environments).map(([key, data]) => [key, toDefaults(data)])),
    takesImageTag,
    stackNames,
    phases,
    dataResources,
    load: async () => void (await Promise.all([loadBlueprint(), loadStacks()])),
    synthesize: async (request) => {
      const { toBlueprint } = await loadBlueprint();
      const blueprint = toBlueprint(request);
      const { synthesizeStacks } = await loadStacks();
      await inTask(() => synthesizeStacks(blueprint));
    },
  };
}

function toDefaults({ branches = [], githubEnvironment, protected: guarded, regions }: Partial<EnvironmentDefaults>): EnvironmentDefaults {
  return {
    branches,
    ...(githubEnvironment ? { githubEnvironment } : {}),
    ...(guarded === undefined ? {} : { protected: guarded }),
    ...(regions ? { regions } : {}),
  };
}
