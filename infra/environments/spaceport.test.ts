import { spaceportEnvironmentSchema } from './spaceport-schema.ts';
import { spaceportEnvironments } from './spaceport.ts';

test.each(Object.entries(spaceportEnvironments))('what is set for %s is within the limits of the services', (_, data) => {
  expect(spaceportEnvironmentSchema.parse(data)).toEqual(data);
});

test('everything that is wrong is said at once', () => {
  const wrong = { ...spaceportEnvironments['prod'], owner: 'a & b', logs: { retentionDays: 10, keepAfterStack: true }, more: 1 };
  expect(spaceportEnvironmentSchema.safeParse(wrong).error?.issues.map(({ path }) => path.join('.'))).toEqual([
    'owner',
    'logs.retentionDays',
    '',
  ]);
});
