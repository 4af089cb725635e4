import { imageTag } from './image-tag.ts';

test.each(['latest', '1.41.8-abc123def', '_x', 'a'.repeat(128)])('%s is the tag of an image', (tag) => {
  expect(imageTag.parse(tag)).toBe(tag);
});

test.each(['', '.hidden', '-x', 'a b', 'name:tag', 'name@sha256', 'a'.repeat(129)])('%j is none', (tag) => {
  expect(imageTag.safeParse(tag).success).toBe(false);
});
