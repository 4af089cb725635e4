import { parseImage } from '../../../../engine/src/code.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';

/** Code that somebody wants to run. */
export type WantedCode =
  | { readonly kind: 'image'; readonly uri: string }
  /** Another tag or digest of the repository that runs now. */
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'digest'; readonly digest: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'object'; readonly bucket: string; readonly key: string };

/** One line of the input `code`: what gets which code. Without `where` it is for all services that are chosen. */
export interface WantedLine {
  readonly where?: string;
  readonly code: WantedCode;
  /** The code as it was written. */
  readonly text: string;
}

/** Gives the lines of `code`, and of `image-tag` for all that they do not name; all problems at once. */
export function parseWanted(
  code: Readonly<Record<string, string>>,
  imageTag: string | undefined,
): { readonly lines: readonly WantedLine[]; readonly problems: readonly Finding[] } {
  const parsed = Object.entries(code).map(([where, text]) => ({ where, text, code: parseCode(text) }));
  const lines = parsed.flatMap(({ where, text, code: found }) => (found ? [{ where, text, code: found }] : []));
  const problems = parsed
    .filter((line) => !line.code)
    .map(({ where, text }) =>
      finding(
        'RT010',
        `\`code\` gives ${where} "${text}"; allowed are \`:tag\`, \`@sha256:...\`, the name of an image, a path that ends in .zip, and s3://bucket/key.`,
      ),
    );
  const general: readonly WantedLine[] = imageTag ? [{ code: { kind: 'tag', tag: imageTag }, text: `:${imageTag}` }] : [];
  if (lines.length + general.length + problems.length === 0)
    return { lines, problems: [finding('RT012', '`mode: code` needs `image-tag` or `code`: they say which code is to run.')] };
  return { lines: [...lines, ...general], problems };
}

function parseCode(text: string): WantedCode | undefined {
  const [, tag] = /^:([\w][\w.-]{0,127})$/.exec(text) ?? [];
  if (tag) return { kind: 'tag', tag };
  const [, digest] = /^@(sha256:[0-9a-f]{64})$/.exec(text) ?? [];
  if (digest) return { kind: 'digest', digest };
  const [, bucket = '', key = ''] = /^s3:\/\/([a-z0-9.-]{3,63})\/(.+)$/.exec(text) ?? [];
  if (bucket) return { kind: 'object', bucket, key };
  if (text.includes('://')) return undefined;
  if (text.endsWith('.zip')) return { kind: 'file', path: text };
  return parseImage(text) ? { kind: 'image', uri: text } : undefined;
}

/** Says whether code is an image, in contrast to a ZIP. */
export const isImage = ({ kind }: WantedCode): boolean => kind === 'image' || kind === 'tag' || kind === 'digest';
