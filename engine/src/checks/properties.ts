import { Open } from '../assembly/evaluate.ts';

/** Gives the part of an evaluated value below a path such as `Code.S3Key`; undefined when it is not there or open on the way. */
export const toPart = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (at, key) => (at !== null && typeof at === 'object' && !(at instanceof Open) ? (at as Record<string, unknown>)[key] : undefined),
      value,
    );

/** Gives the parts of a list; what stands alone is a list of one, what is not there is none. */
export const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** Gives all parts below a path that leads through lists, such as `Certificates.CertificateArn`. */
export const toParts = (value: unknown, path: string): readonly unknown[] =>
  path.split('.').reduce<readonly unknown[]>((found, key) => found.flatMap((v) => toList(toPart(v, key))), toList(value));

/** Gives the texts of a list, or of a text alone; what is open is left out. */
export const toTexts = (value: unknown): readonly string[] => toList(value).filter((v): v is string => typeof v === 'string');

/** Gives the logical id of what an open value refers to by Ref or Fn::GetAtt, and by nothing else. */
export function toReferred(value: unknown): string | undefined {
  if (!(value instanceof Open)) return undefined;
  const { Ref: ref, 'Fn::GetAtt': attribute } = value.expression as { Ref?: unknown; 'Fn::GetAtt'?: unknown };
  const id = ref ?? (typeof attribute === 'string' ? attribute.split('.')[0] : toList(attribute)[0]);
  return typeof id === 'string' ? id : undefined;
}

/** The parts of an ARN. */
export interface Arn {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All that follows the account: `role/path/name`, `function:name`. */
  readonly resource: string;
}

/** Gives the parts of an ARN; undefined for every other value. */
export function parseArn(value: unknown): Arn | undefined {
  const parts = typeof value === 'string' ? /^arn:[^:]+:([^:]+):([^:]*):([^:]*):(.+)$/.exec(value) : null;
  return parts ? { service: parts[1] ?? '', region: parts[2] ?? '', account: parts[3] ?? '', resource: parts[4] ?? '' } : undefined;
}
