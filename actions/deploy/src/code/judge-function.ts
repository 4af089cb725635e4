import { toSentence, type Answer } from '../../../../engine/src/answer.ts';
import { isIndex, parseImage, type FunctionAlias, type FunctionCode, type FunctionPackage } from '../../../../engine/src/code.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { ObjectPresence } from '../../../../engine/src/readings.ts';
import { parseZip } from '../../../../engine/src/zip.ts';
import type { Target } from './targets.ts';
import { isImage, type WantedCode } from './wanted.ts';

/** What Lambda takes in a call, and unpacked. @source https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxUploadBytes = 52_428_800;
const maxUnzippedBytes = 262_144_000;

/** Other code for one function. */
export interface FunctionOrder {
  readonly kind: 'function';
  readonly target: Target;
  readonly name: string;
  readonly arn: string;
  readonly code: FunctionPackage;
  readonly revision: string;
  /** What comes back, and its digest. */
  readonly former: FunctionPackage;
  readonly formerSha256: string;
  /** The note that it carries now. */
  readonly formerNote?: string;
  /** The aliases of its stack. */
  readonly aliases: readonly FunctionAlias[];
  readonly from: string;
  readonly to: string;
  readonly isUnchanged: boolean;
  /**
   * How a swap gives it, in contrast to `mode: code`: the versions that aliases get, whether that is all, and whether the code is that of
   * its stack.
   */
  readonly swap?: { readonly leads: Readonly<Record<string, string>>; readonly leadsOnly: boolean; readonly isOfStack: boolean };
}

/** What was read of a function, and of the code that it shall have. */
export interface FunctionSeen {
  readonly name: string;
  readonly code: FunctionCode;
  readonly aliases: readonly FunctionAlias[];
  readonly former: FunctionPackage;
  readonly note?: string;
  readonly wanted: WantedCode;
  readonly region: string;
  /** Of code that is a file: its content, when it is there, and its digest in base64. */
  readonly file?: { readonly bytes: Uint8Array; readonly sha256: string };
  readonly object?: Answer<ObjectPresence>;
  /** The image that is wanted, as its registry has it; not there for one that lies elsewhere. */
  readonly image?: Answer<{ readonly mediaType: string; readonly digest?: string } | undefined>;
}

/** Gives the name of the image that is wanted, by what the function runs now; undefined when no image is. */
export function toWantedImage(wanted: WantedCode, former: FunctionPackage): string | undefined {
  const base = former.kind === 'image' ? parseImage(former.uri)?.base : undefined;
  if (wanted.kind === 'image') return wanted.uri;
  if (!base) return undefined;
  if (wanted.kind === 'tag') return `${base}:${wanted.tag}`;
  return wanted.kind === 'digest' ? `${base}@${wanted.digest}` : undefined;
}

/** Judges other code for a function: the order, or all that stands against it. */
export function judgeFunction(
  target: Target,
  seen: FunctionSeen,
): { readonly order?: FunctionOrder; readonly findings: readonly Finding[] } {
  const { code, wanted, aliases, former, name } = seen;
  const uri = toWantedImage(wanted, former);
  const made = toPackage(seen, uri);
  const isUnchanged = isSame(seen);
  const findings = [
    ...judgeKind(target, seen),
    ...(isImage(wanted) ? judgeImage(target, seen, uri ?? '') : judgeZip(target, seen)),
    ...(isUnchanged ? [] : judgeRest(target, seen)),
  ];
  if (findings.length || !made) return { findings };
  return {
    findings: isUnchanged ? [] : judgeWayBack(target, seen),
    order: {
      kind: 'function',
      target,
      name,
      arn: code.arn,
      code: made,
      revision: code.revision,
      former,
      formerSha256: code.sha256,
      ...(seen.note === undefined ? {} : { formerNote: seen.note }),
      aliases,
      from: former.kind === 'image' ? former.uri : `sha256 ${code.sha256}`,
      to: toWords(wanted, uri),
      isUnchanged,
    },
  };
}

const toWords = (wanted: WantedCode, uri: string | undefined): string => {
  if (wanted.kind === 'file') return wanted.path;
  return wanted.kind === 'object' ? `s3://${wanted.bucket}/${wanted.key}` : (uri ?? '');
};

function toPackage({ wanted, file }: FunctionSeen, uri: string | undefined): FunctionPackage | undefined {
  if (uri !== undefined) return { kind: 'image', uri };
  if (wanted.kind === 'object') return { kind: 'object', bucket: wanted.bucket, key: wanted.key };
  return file && { kind: 'zip', bytes: file.bytes };
}

/** What lies in S3 has no digest before Lambda has it: it is written again. */
function isSame({ code, file, image, aliases }: FunctionSeen): boolean {
  if (new Set(aliases.map((a) => a.version)).size > 1) return false;
  const digest = image?.kind === 'known' ? image.value?.digest : undefined;
  return code.update !== 'Failed' && (code.sha256 === file?.sha256 || (digest !== undefined && digest === `sha256:${code.sha256}`));
}

function judgeKind({ id, place }: Target, { code, wanted }: FunctionSeen): readonly Finding[] {
  const takes = code.packageType === 'Image' ? 'an image' : 'a ZIP';
  return isImage(wanted) === (code.packageType === 'Image')
    ? []
    : [finding('DP181', `${id} is made of ${takes}, and takes nothing else.`, place)];
}

function judgeRest({ id, place }: Target, { code, aliases }: FunctionSeen): readonly Finding[] {
  const shifting = aliases.filter((a) => a.isShifting).map((a) => a.name);
  const isBusy = code.update === 'InProgress' || !['Active', 'Inactive'].includes(code.state);
  const state = `${code.state}, its last update ${code.update}${code.reason ? ` (${code.reason})` : ''}`;
  return [
    ...(isBusy ? [finding('DP183', `${id} is ${state}.`, place)] : []),
    ...shifting.map((alias) => finding('DP183', `The alias ${alias} of ${id} is being shifted from one version to another.`, place)),
  ];
}

function judgeImage({ id, place }: Target, { image, region }: FunctionSeen, uri: string): readonly Finding[] {
  const store = parseImage(uri)?.store;
  if (uri && !store) return [finding('DP181', `${id} takes images of ECR, and ${uri} is none.`, place)];
  if (store && store.region !== region)
    return [finding('PF283', `${uri} is in ${store.region}; a function of ${region} takes images of its region alone.`, place)];
  if (!image) return [];
  if (image.kind === 'unknown') return [finding('DP182', `The image ${uri}: ${toSentence(image.because)}.`, place)];
  if (!image.value) return [finding('PF282', `The image ${uri} is not there.`, place)];
  return isIndex(image.value.mediaType)
    ? [finding('PF283', `${uri} is an index of images (${image.value.mediaType}); Lambda takes one image.`, place)]
    : [];
}

const absences: Readonly<Record<Exclude<ObjectPresence, 'present'>, string>> = {
  absent: 'the bucket has no such object',
  bucketless: 'there is no such bucket',
  elsewhere: 'the bucket is in another region than the function',
};

function judgeZip({ id, place }: Target, { wanted, file, object, code }: FunctionSeen): readonly Finding[] {
  if (wanted.kind === 'object') {
    const what = `s3://${wanted.bucket}/${wanted.key}`;
    if (object?.kind === 'unknown') return [finding('DP182', `${what}: ${toSentence(object.because)}.`, place)];
    return object?.value === 'present' ? [] : [finding('PF281', `${what}: ${absences[object?.value ?? 'absent']}.`, place)];
  }
  if (wanted.kind !== 'file') return [];
  if (!file) return [finding('RT010', `\`code\` gives ${id} ${wanted.path}: there is no such file.`, place)];
  const zip = parseZip(file.bytes);
  if (!zip) return [finding('DP181', `${wanted.path} is no ZIP.`, place)];
  return [
    ...(file.bytes.length > maxUploadBytes
      ? [finding('PF234', `${wanted.path} has ${file.bytes.length} bytes; a call takes ${maxUploadBytes}: larger ones go by S3.`, place)]
      : []),
    ...(zip.unzippedBytes > maxUnzippedBytes
      ? [finding('PF234', `${wanted.path} has ${zip.unzippedBytes} bytes unpacked; Lambda takes ${maxUnzippedBytes}.`, place)]
      : []),
    ...judgeHandler(code, zip.names).map((why) => finding('DP181', `${wanted.path} does not fit ${id}: ${why}.`, place)),
  ];
}

/** What comes back comes back in a call. */
function judgeWayBack({ id, place }: Target, { former }: FunctionSeen): readonly Finding[] {
  if (former.kind !== 'zip' || former.bytes.length <= maxUploadBytes) return [];
  return [finding('DP188', `The code that ${id} has now is ${former.bytes.length} bytes; a call takes ${maxUploadBytes}.`, place)];
}

/** The endings of the file of a handler, by the beginning of the runtime. Others find their handler in other ways. */
const endings: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^nodejs/, ['.js', '.mjs', '.cjs']],
  [/^python/, ['.py', '/__init__.py', '.pyc', '.so']],
  [/^ruby/, ['.rb']],
];

function judgeHandler({ runtime, handler }: FunctionCode, names: readonly string[]): readonly string[] {
  if (runtime.startsWith('provided')) return names.includes('bootstrap') ? [] : [`${runtime} starts a file \`bootstrap\`, and it has none`];
  const found = endings.find(([start]) => start.test(runtime));
  const file = handler.slice(0, handler.lastIndexOf('.'));
  // A layer may bring the file of a handler that is an absolute path or that nobody names.
  if (!found || !file || handler.startsWith('/')) return [];
  const wanted = [file, file.replaceAll('.', '/')].flatMap((name) => found[1].map((ending) => name + ending));
  return wanted.some((name) => names.includes(name)) ? [] : [`its handler is ${handler}, and there is no ${wanted[0] ?? ''}`];
}
