import { known, type Answer } from './answer.ts';
import { toFunctionArn, type Surroundings } from './assembly/surroundings.ts';
import type { Ask } from './checks/ask.ts';
import { noteTag, parseFunctionNote, type FunctionNote, type TaskDefinition } from './code.ts';
import { isSameImage, toTemplateImages } from './template-code.ts';
import type { TemplateFacts } from './template-facts.ts';

/** What is known of the code that a function runs. */
export interface RunningFunction {
  readonly note?: FunctionNote;
  /** Whether it has the code that its note is of; without that it runs what its stack gave it, or somebody by hand. */
  readonly holds: boolean;
}

/** Gives what a function runs by its note; asks what code it has only where there is one. */
export function toRunningFunction(name: string, at: Surroundings, ask: Ask): Answer<RunningFunction> | undefined {
  const tags = ask(at, 'functionTags', { arn: toFunctionArn(name, at) });
  if (tags?.kind !== 'known') return tags;
  const note = parseFunctionNote(tags.value?.[noteTag] ?? '');
  if (!note) return known({ holds: false });
  const code = ask(at, 'functionCode', { name });
  return code?.kind === 'known' ? known({ note, holds: code.value?.sha256 === note.sha256 }) : code;
}

/** What a revision runs beside what a template says. */
export interface RunningImages {
  /** The containers that run another image than the one of the template. */
  readonly others: readonly { readonly name: string; readonly image: string; readonly wanted: string }[];
  /** The containers whose image the template leaves open: what they run cannot be told from it. */
  readonly open: readonly string[];
}

/** Gives what the containers of a revision run otherwise than the task definition of a template says. */
export function toRunningImages({ containers }: TaskDefinition, taskId: string, facts: TemplateFacts, ask: Ask): RunningImages {
  const task = facts.resources.find((r) => r.logicalId === taskId);
  const wanted = toTemplateImages(task, facts, ask);
  return {
    others: containers.flatMap(({ name, image }) => {
      const own = wanted.get(name);
      return own === undefined || isSameImage(own, image) ? [] : [{ name, image, wanted: own }];
    }),
    open: containers.flatMap(({ name }) => (wanted.has(name) ? [] : [name])),
  };
}
