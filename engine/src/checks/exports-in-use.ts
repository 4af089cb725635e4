import { evaluate, Open, toText } from '../assembly/evaluate.ts';
import { toMentions } from '../assembly/mentions.ts';
import { toImports } from '../assembly/resolve.ts';
import { toCanonicalJson } from '../canonical.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, notRun, toPlace, type Check } from './check.ts';
import { findEarlier, toExported, toLiveExports, type Exported } from './exported.ts';
import { close } from './live.ts';
import { toPerhapsNested, type TemplateFacts } from '../template-facts.ts';

/**
 * Whether the exports that a stack removes or changes are free of importers.
 *
 * CloudFormation refuses both as long as any stack imports the export. An importer of this very run counts as one unless it is
 * deployed without its import before the stack that exports begins.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
 */
export const exportsInUse: Check = {
  name: 'exports in use',
  tier: 'read',
  judge: ({ templates }, ask) =>
    templates
      .filter((s) => s.change.action === 'update')
      .flatMap((s) => toTouched(s, ask).flatMap((touched) => judgeTouched(s, touched, templates, ask))),
};

/** An export that the deployment removes, or gives another value. */
interface Touched {
  readonly name: string;
  readonly verb: 'removes' | 'changes';
  readonly outputId: string;
}

function toTouched(facts: TemplateFacts, ask: Ask): readonly Touched[] {
  const wanted = toExported(facts);
  const isAnyOpen = wanted.some((e) => e.name === undefined);
  return [...toLiveExports(facts)].flatMap(([name, { outputId, value }]): Touched[] => {
    const kept = wanted.find((e) => e.name === name);
    if (!kept) return isAnyOpen ? [] : [{ name, verb: 'removes', outputId }];
    const isChanged = !kept.isConditional && hasOtherValue(facts, kept, outputId, value, ask);
    return isChanged ? [{ name, verb: 'changes', outputId: kept.outputId }] : [];
  });
}

/** Says whether an export surely gets another value than `value`, which the output `before` of the live stack gave it. */
function hasOtherValue(facts: TemplateFacts, { output }: Exported, before: string, value: string, ask: Ask): boolean {
  const known = evaluate(output.Value, facts.scope);
  if (!(known instanceof Open)) return toText(known) !== value;
  if (refersToNew(known.expression, facts)) return true;
  if (toCanonicalJson(output.Value) === toCanonicalJson(facts.liveTemplate?.Outputs?.[before]?.Value ?? null)) return false;
  const closed = toText(close(known, facts, ask));
  return closed !== undefined && closed !== value;
}

/**
 * Says whether an expression has an identifier in it of a resource that the deployment makes anew.
 *
 * Of a replaced one, other attributes than identifiers may well stay the same.
 */
function refersToNew(expression: unknown, { changes }: TemplateFacts): boolean {
  const made = new Map(changes.map((c) => [c.logicalId, c.action]));
  return toMentions(expression).some(({ logicalId, attribute }) => {
    const action = made.get(logicalId);
    return action === 'create' || (action === 'replace' && /(^|Arn|Id)$/.test(attribute));
  });
}

function judgeTouched(facts: TemplateFacts, touched: Touched, templates: readonly TemplateFacts[], ask: Ask): readonly Finding[] {
  const { name, verb, outputId } = touched;
  const { stack, at } = facts;
  const place = verb === 'removes' ? toPlace(stack) : toPlace(stack, outputId);
  return judgeAnswer(ask(at, 'importers', { name }), `importers of ${name}`, place, (importers) => {
    const holding = importers.filter((importer) => !isReleased(name, findEarlier(facts, importer, templates)));
    if (holding.length === 0) return [];
    const because = holding.map((importer) => toPerhapsNested(importer, templates)).find((b) => b !== undefined);
    if (because) return [notRun(`importers of ${name}`, because, place)];
    const late = holding.filter((importer) => templates.some((s) => s.stack.name === importer && isReleased(name, s)));
    const why = late.length
      ? ` ${late.join(', ')} of this run no longer import${late.length > 1 ? '' : 's'} it, but not before ${stack.name} is deployed.`
      : '';
    return [
      finding(
        'PF190',
        `${stack.name} ${verb} the export ${name}, which ${holding.join(', ')} import${holding.length > 1 ? '' : 's'}.${why}`,
        place,
      ),
    ];
  });
}

/** Says whether a stack of the run is one that does not import the export any more. */
const isReleased = (name: string, importer: TemplateFacts | undefined): boolean =>
  importer !== undefined && !toImports({ ...importer.scope.stack, parameters: importer.scope.parameters }, importer.at).includes(name);
