import { toObjectKey, toSafeName } from './object-key.ts';

test.each([
  ['a plain name', 'flight_1.zip', 'flight_1.zip'],
  ['spaces and brackets', 'Flight 1 (final).zip', 'Flight-1-final-.zip'],
  ['accents', 'Würfel élan.jpg', 'Wurfel-elan.jpg'],
  ['a path', '../../etc/passwd', 'etc-passwd'],
  ['a path of Windows', 'C:\\flights\\1.zip', 'C-flights-1.zip'],
  ['a hidden file', '.env', 'env'],
  ['another script', '写真', 'file'],
  ['another script with an extension', '写真.jpg', 'jpg'],
  ['a sign', '🚀', 'file'],
  ['a long name', `${'a'.repeat(200)}.jpeg`, `${'a'.repeat(95)}.jpeg`],
  ['a long name without an extension', 'a'.repeat(200), 'a'.repeat(100)],
  ['a dot and much behind it', `a.${'b'.repeat(200)}`, `a.${'b'.repeat(98)}`],
])('makes %s safe', (_, name, safe) => {
  expect(toSafeName(name)).toBe(safe);
});

test("a key lies in its user's own folder", () => {
  expect(toObjectKey('user-1', 'file-1', '../a b')).toBe('uploads/user-1/file-1/a-b');
});
