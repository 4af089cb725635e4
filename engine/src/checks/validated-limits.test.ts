import { beforeAll, expect, test } from '@jest/globals';
import type { Template } from '../assembly/assembly.ts';
import { loadEngine, type ValidationEngine } from '../host/cloudformation-validate.ts';
import { validate } from '../host/validator-worker.ts';

let engine: ValidationEngine;
beforeAll(async () => {
  engine = await loadEngine();
}, 60_000);

/** Gives the rules that stop a template. */
function toRules(template: Template): readonly string[] {
  const stack = { id: 'Shop', name: 'Shop', account: '111111111111', region: 'us-west-2', template: JSON.stringify(template) };
  const answer = validate(engine, { stacks: [stack] });
  return [...new Set(answer.violations.filter((v) => v.level !== 'warning').map((v) => v.rule))];
}

const Queue = { Type: 'AWS::SQS::Queue' };
const many = <T>(count: number, value: T): Readonly<Record<string, T>> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`X${i}`, value]));
const queueOf = (Properties: object): Template => ({ Resources: { Queue: { ...Queue, Properties: { ...Properties } } } });

// What the offline validator catches needs no check of ours; each with a near miss, so that a rule that is lost shows.
test.each<[string, Template, readonly string[]]>([
  ['resources-500: 501 resources', { Resources: many(501, Queue) }, ['F0007']],
  ['resources-500: 500 resources', { Resources: many(500, Queue) }, []],
  ['resources-500: 201 parameters', { Parameters: many(201, { Type: 'String', Default: 'a' }), Resources: { Queue } }, ['F0003']],
  ['resources-500: 200 parameters', { Parameters: many(200, { Type: 'String', Default: 'a' }), Resources: { Queue } }, []],
  ['resources-500: 201 outputs', { Outputs: many(201, { Value: 'a' }), Resources: { Queue } }, ['F0004']],
  ['resources-500: 200 outputs', { Outputs: many(200, { Value: 'a' }), Resources: { Queue } }, []],
  ['resources-500: 201 mappings', { Mappings: many(201, { a: { b: 'c' } }), Resources: { Queue } }, ['F0008']],
  ['resources-500: 200 mappings', { Mappings: many(200, { a: { b: 'c' } }), Resources: { Queue } }, []],
  ['property-invalid: an unknown property', queueOf({ Delay: 1 }), ['F3002']],
  ['property-invalid: a property of the wrong type', queueOf({ DelaySeconds: 'soon' }), ['F3012']],
  ['property-invalid: an unknown type', { Resources: { Queue: { Type: 'AWS::SQS::Row' } } }, ['F3006']],
  [
    'property-invalid: a missing property',
    { Resources: { Rule: { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'sqs' } } } },
    ['F3003'],
  ],
  ['property-invalid: a property as it should be', queueOf({ DelaySeconds: 1 }), []],
])('%s', (_name, template, rules) => expect(toRules(template)).toEqual(rules));
