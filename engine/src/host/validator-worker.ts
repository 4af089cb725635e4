import { parentPort } from 'node:worker_threads';
import type { RuleFile, Violation } from '../world.ts';
import { loadEngine, type ValidationEngine } from './cloudformation-validate.ts';

/** What the worker is asked: templates as JSON text, with what is known of where they go. */
export interface ValidationRequest {
  /** Own rules, in place of the engine's. */
  readonly rules?: readonly RuleFile[];
  readonly stacks: readonly {
    readonly id: string;
    readonly name: string;
    readonly account?: string | undefined;
    readonly region?: string | undefined;
    readonly template: string;
  }[];
}

/** What it replies. An engine without rules would find every template good: the count tells. */
export interface ValidationResult {
  readonly violations: readonly Violation[];
  readonly ruleCount: number;
}

/** Serves validation requests to the thread that started this one; the engine loads at once, about a second. */
export function serveValidation(): void {
  const engine = loadEngine();
  engine.catch(() => undefined);
  parentPort?.on('message', (request: ValidationRequest) => {
    void (request.rules ? loadEngine(request.rules) : engine)
      .then((e) => validate(e, request))
      .catch((e: unknown) => ({ error: e instanceof Error ? e.message : String(e) }))
      .then((answer) => parentPort?.postMessage(answer));
  });
}

/** Gives what an engine sees in templates: its FATAL, ERROR and WARN levels. */
export function validate(engine: ValidationEngine, request: ValidationRequest): ValidationResult {
  const violations = request.stacks.flatMap((stack) =>
    engine
      .validate(stack.template, {
        ...(stack.account ? { accountId: stack.account } : {}),
        ...(stack.region ? { region: stack.region } : {}),
        stackName: stack.name,
      })
      .flatMap((d): Violation[] => {
        const level = levels[d.severity];
        if (!level) return [];
        return [
          {
            stackId: stack.id,
            rule: d.ruleId,
            level,
            message: d.message,
            ...(d.entity?.entityType === 'Resource' ? { logicalId: d.entity.logicalId } : {}),
            ...(d.propertyPath ? { property: d.propertyPath } : {}),
          },
        ];
      }),
  );
  return { violations, ruleCount: engine.ruleCount };
}

const levels: Readonly<Record<string, Violation['level'] | undefined>> = { FATAL: 'fatal', ERROR: 'error', WARN: 'warning' };
