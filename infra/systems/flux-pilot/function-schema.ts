import { z } from 'zod';

/** The route that the system answers itself. */
export const healthRoute = 'GET /health';

const artifact = /^[A-Za-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*\.zip$/;
const route =
  /^(ANY|GET|POST|PUT|PATCH|DELETE) (\/|(\/([A-Za-z0-9._-]+|\{[A-Za-z0-9_-]+\}))+|(\/([A-Za-z0-9._-]+|\{[A-Za-z0-9_-]+\}))*\/\{[A-Za-z0-9_-]+\+\})$/;

/**
 * What one promoted function may be.
 *
 * `artifact` is its name in the promoted set. Sizes that are left out are the environment's.
 */
export const functionSchema = z.strictObject({
  id: z.string().regex(/^[A-Z][A-Za-z0-9]{0,29}$/, 'letters and digits, a capital first, at most 30'),
  artifact: z.string().max(200).regex(artifact, 'the name of a ZIP in the set, such as orders/list.zip'),
  handler: z
    .string()
    .regex(/^[^\s]{1,128}$/, 'a handler such as index.handler')
    .default('index.handler'),
  runtime: z.enum(['nodejs22.x', 'nodejs24.x', 'python3.12', 'python3.13']).default('nodejs24.x'),
  architecture: z.enum(['arm64', 'x86_64']).default('arm64'),
  routes: z.array(z.string().regex(route, 'a method and a path such as GET /orders/{id}')).min(1).max(10),
  memoryMb: z.int().min(128).max(10_240).optional(),
  timeoutSeconds: z.int().min(1).max(29).optional(),
});

/** A function that runs a promoted ZIP behind the API. */
export type FunctionSpec = z.infer<typeof functionSchema>;

/** Gives what is wrong with functions side by side: an id twice, or a route that two answer. */
export function judgeRoutes(functions: readonly FunctionSpec[]): readonly string[] {
  return [
    ...toTwice(functions.map(({ id }) => id)).map((id) => `the function ${id} comes twice`),
    ...toTwice([healthRoute, ...functions.flatMap(({ routes }) => routes)]).map((each) => `two functions answer ${each}`),
  ];
}

const toTwice = (texts: readonly string[]): readonly string[] => [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
