import { settingsSchema } from './settings.ts';

test('all settings have a default', () => {
  expect(settingsSchema.parse({})).toMatchObject({ allowedOrigins: [], uploadUrlSeconds: 900, maxUploadBytes: 5 * 1024 ** 3 });
});

test.each(['https://example.com', 'https://app.example.com:8443', 'http://localhost:3000'])('the origin %s is allowed', (origin) => {
  expect(settingsSchema.safeParse({ allowedOrigins: [origin] }).success).toBe(true);
});

test.each([
  '*',
  'https://*.example.com',
  'http://example.com',
  'https://example.com/',
  'https://example.com/app',
  'example.com',
  'HTTPS://example.com',
  'ftp://localhost',
  '',
])('the origin %j is not allowed', (origin) => {
  expect(settingsSchema.safeParse({ allowedOrigins: [origin] }).success).toBe(false);
});

test.each<[why: string, settings: Record<string, unknown>, path: string]>([
  ['an upload time that is too short', { uploadUrlSeconds: 59 }, 'uploadUrlSeconds'],
  ['an upload time that is too long', { uploadUrlSeconds: 3601 }, 'uploadUrlSeconds'],
  ['more bytes than one PUT takes', { maxUploadBytes: 5 * 1024 ** 3 + 1 }, 'maxUploadBytes'],
  ['no content type', { uploadContentTypes: [] }, 'uploadContentTypes'],
  ['a content type with a parameter', { uploadContentTypes: ['text/csv; charset=utf-8'] }, 'uploadContentTypes.0'],
  ['a mail address that is none', { alarmEmails: ['team'] }, 'alarmEmails.0'],
  ['an image by its digest', { sfmImageTag: 'sha256:ab' }, 'sfmImageTag'],
  ['a setting that is not there', { allowedOrigin: [] }, ''],
])('refuses %s', (_, settings, path) => {
  expect(settingsSchema.safeParse(settings).error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});
