import type { Stack, Template } from './assembly.ts';

/** What is known of the place a stack goes to: the values of the pseudo parameters. */
export interface Surroundings {
  readonly account: string;
  readonly region: string;
}

/** The partitions beside `aws`, by the beginning of their regions: name and suffix of their URLs. */
const partitions: readonly (readonly [start: string, name: string, urlSuffix: string])[] = [
  ['cn-', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['us-isof-', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['eu-isoe-', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['eusc-', 'aws-eusc', 'amazonaws.eu'],
];

const partitionOf = (region: string) => partitions.find(([start]) => region.startsWith(start)) ?? ['', 'aws', 'amazonaws.com'];

/** Gives the partition of a region; `aws` for all but the separate ones. */
export const toPartition = (region: string): string => partitionOf(region)[1];

/**
 * Gives the text that a value of a template stands for, or undefined when it is open until the deployment.
 *
 * Resolves text, Ref of pseudo parameters and of parameters with a value, Fn::Sub and Fn::Join of those. Never guesses.
 */
export function resolveText(value: unknown, stack: Stack, at: Surroundings): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null || typeof value !== 'object') return undefined;
  const [[fn, argument] = []] = Object.entries(value);
  if (fn === 'Ref' && typeof argument === 'string') return resolveRef(argument, stack, at);
  if (fn === 'Fn::Sub') return resolveSub(argument, stack, at);
  if (fn === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
    const parts = argument[1].map((part) => resolveText(part, stack, at));
    return parts.every((part) => part !== undefined) ? parts.join(String(argument[0])) : undefined;
  }
  return undefined;
}

function resolveRef(name: string, stack: Stack, at: Surroundings): string | undefined {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': at.account,
    'AWS::Region': at.region,
    'AWS::Partition': toPartition(at.region),
    'AWS::URLSuffix': partitionOf(at.region)[2],
    'AWS::StackName': stack.name,
  };
  if (name in pseudo) return pseudo[name];
  const parameter = stack.template.Parameters?.[name];
  if (!parameter || parameter.NoEcho || parameter.Type.startsWith('AWS::SSM')) return undefined;
  const value = stack.parameters[name] ?? parameter.Default;
  return value === undefined ? undefined : String(value);
}

function resolveSub(argument: unknown, stack: Stack, at: Surroundings): string | undefined {
  const [text, variables] = Array.isArray(argument) ? (argument as [unknown, Record<string, unknown>]) : [argument, {}];
  if (typeof text !== 'string') return undefined;
  let open = false;
  const result = text.replace(/\$\{(!?)([^}]+)\}/g, (all, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const value = name in variables ? resolveText(variables[name], stack, at) : resolveRef(name, stack, at);
    open ||= value === undefined;
    return value ?? all;
  });
  return open ? undefined : result;
}

/** Gives the names of the exports that a template imports, as far as they are known before the deployment. */
export function toImports(stack: Stack, at: Surroundings): readonly string[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      const name = key === 'Fn::ImportValue' ? resolveText(inner, stack, at) : undefined;
      if (name !== undefined) found.add(name);
      walk(inner);
    }
  };
  walk(stack.template.Resources);
  walk(stack.template.Outputs);
  return [...found].sort();
}

/** Gives the exports of a template, by name: the logical id of the output. */
export function toExports(stack: Stack, at: Surroundings): ReadonlyMap<string, string> {
  const exports = new Map<string, string>();
  for (const [id, output] of Object.entries(stack.template.Outputs ?? {})) {
    const name = output.Export ? resolveText(output.Export.Name, stack, at) : undefined;
    if (name !== undefined) exports.set(name, id);
  }
  return exports;
}

/** Gives what a condition-free reader may call the resources of a template: none when the section is missing. */
export const toResources = (template: Template) => Object.entries(template.Resources ?? {});
