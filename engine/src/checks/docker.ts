import { toFilled } from '../assembly/surroundings.ts';
import { finding } from '../finding.ts';
import { judgeAnswer, type Check } from './check.ts';
import { toAsked } from './touched.ts';

/** Whether images can be built where the run is, if there are any to build: those that are published already need no build. */
export const docker: Check = {
  name: 'building of images',
  tier: 'read',
  judge: ({ stacks, canBuildImages }, ask) => {
    if (canBuildImages !== false) return [];
    return toAsked(stacks).flatMap(({ stack, at }) =>
      stack.assets
        .filter((a) => a.kind === 'image' && a.path !== undefined)
        .flatMap(({ displayName, destinations }) =>
          destinations.slice(0, 1).flatMap((d) => {
            const where = { ...at, region: toFilled(d.region ?? at.region, at) };
            const of = { repository: toFilled(d.store, at), tag: d.name };
            return judgeAnswer(ask(where, 'image', of), `image ${displayName}`, { stack: stack.name }, (image) =>
              image
                ? []
                : [finding('PF244', `${stack.name} needs the image ${displayName}, and Docker does not answer.`, { stack: stack.name })],
            );
          }),
        ),
    );
  },
};
