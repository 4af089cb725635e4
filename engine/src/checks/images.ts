import { isOpen, toText } from '../assembly/evaluate.ts';
import type { Surroundings } from '../assembly/surroundings.ts';
import type { Facts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { close } from './live.ts';
import { toList, toPart, toReferred } from './properties.ts';
import { isMade, isOfRun, isPropertyTouched, toAsked, toTouched, type Touched } from './touched.ts';

/**
 * Whether the container images of functions and services, as far as they lie in this account and this run does not publish
 * them, are there, and are such that Lambda can run them. What a service pulls through a cache need not be there before.
 *
 * @source https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export const images: Check = {
  name: 'container images',
  tier: 'read',
  judge: (facts, ask) => [
    ...toTouched(toAsked(facts.templates), (type) => type === 'AWS::Lambda::Function')
      .filter((f) => isPropertyTouched(f, 'Code'))
      .flatMap((f) => judgeImage(toPart(f.properties, 'Code.ImageUri'), f, facts, ask)),
    ...toTouched(toAsked(facts.templates), (type) => type === 'AWS::ECS::TaskDefinition')
      .filter((task) => isPropertyTouched(task, 'ContainerDefinitions') && isRun(task))
      .flatMap((task) => toEssential(task).flatMap((container) => judgeImage(toPart(container, 'Image'), task, facts, ask))),
  ],
};

/** A task definition alone deploys whatever its images are; a service that wants tasks of it never becomes steady without them. */
const isRun = ({ facts, logicalId }: Touched): boolean =>
  toTouched([facts], (type) => type === 'AWS::ECS::Service').some((service) => {
    const count = toText(service.properties['DesiredCount']);
    const controller = toText(toPart(service.properties, 'DeploymentController.Type')) ?? 'ECS';
    const wants = count === undefined ? isMade(service) && service.properties['DesiredCount'] === undefined : Number(count) > 0;
    return toReferred(service.properties['TaskDefinition']) === logicalId && wants && controller === 'ECS';
  });

const toEssential = ({ properties }: Touched): readonly unknown[] =>
  toList(properties['ContainerDefinitions']).filter((c) => toText(toPart(c, 'Essential')) !== 'false');

const uri = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)(?::([^:@]+)|@(sha256:[0-9a-f]+))?$/;

function judgeImage(value: unknown, { type, facts, place }: Touched, { assembly, templates }: Facts, ask: Ask): readonly Finding[] {
  const [image = '', account = '', region = '', repository = '', tag = 'latest', digest] =
    uri.exec(toText(close(value, facts, ask)) ?? '') ?? [];
  const isAsset = assembly.stacks.some((s) => s.assets.some((a) => tag.includes(a.id)));
  if (!image || isAsset || isOfRun(templates, 'AWS::ECR::Repository', repository)) return [];
  const isFunction = type === 'AWS::Lambda::Function';
  if (isFunction && region !== facts.at.region)
    return [finding('PF283', `${image} is in ${region}; a function of ${facts.at.region} takes images of its region alone.`, place)];
  if (account !== facts.at.account) return [];
  const of = { repository, ...(digest === undefined ? { tag } : { digest }) };
  return judgeAnswer(ask({ account, region }, 'image', of), `image ${image}`, place, (found) => {
    const gone = finding('PF282', `The image ${image} is not there.`, place);
    if (!found && isFunction) return [gone];
    if (!found) return judgeCached(repository, { account, region }, templates, ask, gone);
    const isIndex = /manifest\.list|image\.index/.test(found.mediaType);
    const message = `${image} is an index of images (${found.mediaType}); Lambda takes one image.`;
    return isFunction && isIndex ? [finding('PF283', message, place)] : [];
  });
}

const cacheRule = 'AWS::ECR::PullThroughCacheRule';

/** Nothing of a repository that a rule, there already or of this run, fills when an image is first pulled. */
function judgeCached(repository: string, at: Surroundings, templates: Facts['templates'], ask: Ask, gone: Finding): readonly Finding[] {
  const isUnder = (prefix: unknown) => isOpen(prefix) || prefix === 'ROOT' || repository.startsWith(`${String(prefix)}/`);
  if (templates.some((s) => s.resources.some((r) => r.type === cacheRule && isUnder(r.properties['EcrRepositoryPrefix'])))) return [];
  return judgeAnswer(ask(at, 'resources', { type: cacheRule }), `pull through caches for ${repository}`, gone.place, (rules) =>
    rules.some(({ identifier }) => isUnder(identifier)) ? [] : [gone],
  );
}
