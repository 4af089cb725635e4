import { isOpen, toText } from './assembly/evaluate.ts';
import type { Ask } from './checks/ask.ts';
import { close } from './checks/live.ts';
import { toList, toPart } from './checks/properties.ts';
import { parseImage } from './code.ts';
import type { TemplateFacts, TemplateResource } from './template-facts.ts';

/** The code that a template gives a function, where that lies in S3 or ECR. */
export type TemplateCode =
  | { readonly kind: 'object'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'image'; readonly uri: string };

/** Gives the code of a function; undefined where it stands in the template itself, or is not known before the deployment. */
export function toTemplateCode({ properties }: TemplateResource, facts: TemplateFacts, ask: Ask): TemplateCode | undefined {
  const code = close(properties['Code'], facts, ask);
  const [bucket, key, uri] = ['S3Bucket', 'S3Key', 'ImageUri'].map((name) => toText(toPart(code, name)));
  if (toPart(code, 'S3ObjectVersion') !== undefined) return undefined;
  if (bucket && key) return { kind: 'object', bucket, key };
  return uri ? { kind: 'image', uri } : undefined;
}

/** Gives code in the words of notes and reports. */
export const toCodeWords = (code: TemplateCode): string => (code.kind === 'object' ? `s3://${code.bucket}/${code.key}` : code.uri);

/** Gives the images of a task definition by container, as far as they are known. */
export function toTemplateImages(task: TemplateResource | undefined, facts: TemplateFacts, ask: Ask): ReadonlyMap<string, string> {
  const containers = toList(task?.properties['ContainerDefinitions']);
  return new Map(
    containers.flatMap((c): [string, string][] => {
      const image = close(toPart(c, 'Image'), facts, ask);
      const name = toText(toPart(c, 'Name'));
      return name === undefined || isOpen(image) ? [] : [[name, toText(image) ?? '']];
    }),
  );
}

/** Says whether two names are of one image. */
export const isSameImage = (one: string, two: string): boolean => toNormal(one) === toNormal(two);

const toNormal = (image: string): string => {
  const parsed = parseImage(image);
  return parsed ? `${parsed.base} ${parsed.digest ?? parsed.tag ?? ''}` : image;
};
