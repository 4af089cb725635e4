import type { Template } from './assembly.ts';
import { pseudoParameters, type Surroundings } from './surroundings.ts';

/** A value that is open until the deployment, as far as its expression could be worked out. */
export class Open {
  /** The intrinsic function, its arguments evaluated as far as they are known. */
  readonly expression: unknown;

  constructor(expression: unknown) {
    this.expression = expression;
  }
}

/** What an expression may refer to. Without one of the methods, what only AWS knows stays open. */
export interface Scope {
  /** Without a name the stack gets one at its deployment. */
  readonly stack: { readonly name?: string; readonly template: Template };
  readonly at: Surroundings;
  /** Value of each parameter, as far as it is known; those that are not given have their default. */
  readonly parameters: Readonly<Record<string, string | Open>>;
  /** Closes the value that a parameter is given, where that is open. */
  given?(parameter: string): string | undefined;
  ref?(logicalId: string): string | undefined;
  attribute?(logicalId: string, name: string): unknown;
  imported?(name: string): string | undefined;
  /** The value of an SSM parameter. */
  ssm?(name: string): string | undefined;
}

/** What `AWS::NoValue` stands for: the property is as if it were not there. */
const noValue = Symbol('AWS::NoValue');

/**
 * Gives what a value of a template stands for: texts, numbers, lists and objects without intrinsic functions.
 *
 * What cannot be known becomes an `Open` in its place; nothing is guessed. An `Open` that is given is tried again, so
 * that a wider scope closes what a narrower one left.
 */
export function evaluate(value: unknown, scope: Scope): unknown {
  const result = reduce(value, scope);
  return result === noValue ? undefined : result;
}

/** Says whether a value, or anything in it, is open. */
export function isOpen(value: unknown): boolean {
  if (value instanceof Open) return true;
  if (value === null || typeof value !== 'object') return false;
  return Object.values(value).some(isOpen);
}

/** Gives whether a condition of the template holds; undefined when that is open. */
export const holds = (condition: string, scope: Scope): boolean | undefined => toTruth({ Condition: condition }, scope, []);

/** What holds a dynamic reference is a text whose end nobody knows: CloudFormation puts the value in its place. */
function reduce(value: unknown, scope: Scope): unknown {
  const reduced = reduceOnce(value, scope);
  return typeof reduced === 'string' && reduced.includes('{{resolve:') ? new Open(reduced) : reduced;
}

function reduceOnce(value: unknown, scope: Scope): unknown {
  if (value instanceof Open) return reduce(value.expression, scope);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((v) => reduce(v, scope)).filter((v) => v !== noValue);
  const entries = Object.entries(value);
  const [[name, argument] = []] = entries;
  if (entries.length === 1 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) return call(name, argument, scope);
  return Object.fromEntries(entries.map(([k, v]) => [k, reduce(v, scope)]).filter(([, v]) => v !== noValue));
}

/** Gives the value of one intrinsic function; one that is not known here is open. */
function call(name: string, argument: unknown, scope: Scope): unknown {
  const open = () => new Open({ [name]: argument });
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? (toRef(argument, scope) ?? open()) : open();
    case 'Fn::GetAtt':
      return toAttribute(argument, scope) ?? open();
    case 'Fn::Sub':
      return toSub(argument, scope) ?? open();
    case 'Fn::If':
      return toIf(argument, scope) ?? open();
    default: {
      const known = reduce(argument, scope);
      return toResult(name, known, scope) ?? new Open({ [name]: known });
    }
  }
}

function toRef(name: string, scope: Scope): unknown {
  if (name === 'AWS::NoValue') return noValue;
  const pseudo = pseudoParameters(scope.stack, scope.at)[name];
  if (pseudo !== undefined) return pseudo;
  const parameter = scope.stack.template.Parameters?.[name];
  if (!parameter) return scope.ref?.(name) ?? toOwnName(name, scope);
  const known = scope.parameters[name] ?? parameter.Default;
  const value = known instanceof Open ? scope.given?.(name) : known;
  if (parameter.NoEcho || value === undefined) return undefined;
  if (parameter.Type.startsWith('AWS::SSM::')) return toListed(scope.ssm?.(String(value)), parameter.Type);
  return toListed(String(value), parameter.Type);
}

/** What a reference to a resource of these types stands for: the name that one of its properties gives it. */
const namedBy: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::ECR::Repository': 'RepositoryName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SSM::Parameter': 'Name',
};

/** Gives the name of a resource whose template fixes it. @source the section "Return values" of each type in the template reference */
function toOwnName(logicalId: string, { stack }: Scope): string | undefined {
  const { Type: type = '', Properties: properties = {} } = stack.template.Resources?.[logicalId] ?? {};
  const name = Object.hasOwn(namedBy, type) ? properties[namedBy[type] ?? ''] : undefined;
  return typeof name === 'string' && !name.includes('{{resolve:') ? name : undefined;
}

const toListed = (text: string | undefined, type: string): unknown =>
  text !== undefined && /List<|^CommaDelimitedList$/.test(type) ? text.split(',').map((part) => part.trim()) : text;

function toAttribute(argument: unknown, scope: Scope): unknown {
  const [id, ...path] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? (argument as unknown[]) : [];
  return typeof id === 'string' && path.every((p) => typeof p === 'string') ? scope.attribute?.(id, path.join('.')) : undefined;
}

function toSub(argument: unknown, scope: Scope): string | undefined {
  const [text, variables] = Array.isArray(argument) ? (argument as [unknown, Record<string, unknown>]) : [argument, {}];
  if (typeof text !== 'string') return undefined;
  let isClosed = true;
  const result = text.replace(/\$\{(!?)([^}]+)\}/g, (all, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const value = name in variables ? reduce(variables[name], scope) : name.includes('.') ? toAttribute(name, scope) : toRef(name, scope);
    const known = toText(value);
    isClosed &&= known !== undefined;
    return known ?? all;
  });
  return isClosed ? result : undefined;
}

function toIf(argument: unknown, scope: Scope): unknown {
  if (!Array.isArray(argument) || typeof argument[0] !== 'string') return undefined;
  const truth = holds(argument[0], scope);
  return truth === undefined ? undefined : reduce(argument[truth ? 1 : 2], scope);
}

/** Gives the value of a function whose argument is evaluated already. */
function toResult(name: string, argument: unknown, scope: Scope): unknown {
  const list = Array.isArray(argument) ? (argument as unknown[]) : [];
  switch (name) {
    case 'Fn::Join': {
      const parts = Array.isArray(list[1]) ? list[1].map(toText) : [undefined];
      return parts.every((part) => part !== undefined) ? parts.join(String(list[0])) : undefined;
    }
    case 'Fn::Select': {
      const found = Array.isArray(list[1]) ? (list[1] as unknown[])[Number(list[0])] : undefined;
      return found instanceof Open ? undefined : found;
    }
    case 'Fn::Split':
      return typeof list[1] === 'string' ? list[1].split(String(list[0])) : undefined;
    case 'Fn::FindInMap':
      return toMapped(list, scope);
    case 'Fn::ImportValue':
      return typeof argument === 'string' ? scope.imported?.(argument) : undefined;
    case 'Fn::Base64':
      return typeof argument === 'string' ? btoa(String.fromCodePoint(...new TextEncoder().encode(argument))) : undefined;
    case 'Fn::ToJsonString':
      return isOpen(argument) ? undefined : JSON.stringify(argument);
    case 'Fn::Length':
      return Array.isArray(argument) ? argument.length : undefined;
    default:
      return undefined;
  }
}

function toMapped([map, first, second, more]: readonly unknown[], { stack }: Scope): unknown {
  if (![map, first, second].every((key) => typeof key === 'string')) return undefined;
  const mappings = stack.template['Mappings'] as Record<string, Record<string, Record<string, unknown>>> | undefined;
  const found = mappings?.[map as string]?.[first as string]?.[second as string];
  return found ?? (more as { DefaultValue?: unknown } | undefined)?.DefaultValue;
}

/** CloudFormation compares texts: `true` and `"true"` are one. */
const toComparable = (value: unknown): string => JSON.stringify(toText(value) ?? value);

/** `within` are the conditions that are being worked out: one that needs itself is open. */
function toTruth(condition: unknown, scope: Scope, within: readonly string[]): boolean | undefined {
  if (condition === null || typeof condition !== 'object') return undefined;
  const [[name, argument] = []] = Object.entries(condition);
  if (name === 'Condition') {
    const next = String(argument);
    return within.includes(next) ? undefined : toTruth(scope.stack.template.Conditions?.[next], scope, [...within, next]);
  }
  const all = (Array.isArray(argument) ? argument : []).map((c) => toTruth(c, scope, within));
  switch (name) {
    case 'Fn::Equals': {
      const [left, right] = (Array.isArray(argument) ? argument : []).map((v) => reduce(v, scope));
      return isOpen(left) || isOpen(right) ? undefined : toComparable(left) === toComparable(right);
    }
    case 'Fn::Not':
      return all[0] === undefined ? undefined : !all[0];
    case 'Fn::And':
      return all.includes(false) ? false : all.includes(undefined) ? undefined : true;
    case 'Fn::Or':
      return all.includes(true) ? true : all.includes(undefined) ? undefined : false;
    default:
      return undefined;
  }
}

/** Gives the text of a scalar; undefined for everything else. */
export const toText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
