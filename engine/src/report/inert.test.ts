import { describe, expect, test } from '@jest/globals';
import { toInertCode, toInertHtml, toInertLog, toInertMarkdown, toInertPlain } from './inert.ts';

const zero = '\u200b';

describe('a text in the log', () => {
  test.each<[string, string, string]>([
    ['a command at the beginning', '::error::x', `:${zero}:error::x`],
    ['a command after space', ' \t::set-output name=a::b', ` \t:${zero}:set-output name=a::b`],
    ['a command in a later line', 'a\n::add-mask::b', `a\n:${zero}:add-mask::b`],
    ['a command after a return', 'a\r::stop-commands::b', `a\n:${zero}:stop-commands::b`],
    ['a command behind an escape sequence', '\u001b[31m::error::x', `:${zero}:error::x`],
    ['a command behind a control character', '\u0000\u0085::error::x', `:${zero}:error::x`],
    ['an old command anywhere', 'a ##[error]b ##[group]c', `a ##${zero}[error]b ##${zero}[group]c`],
    ['an old command that control characters hide', '##\u0007[error]b', `##${zero}[error]b`],
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['a bell and a backspace', 'a\u0007b\u0008c', 'abc'],
    ['text that turns its direction', 'a\u202eb\u2066c\u200f', 'abc'],
  ])('is made harmless: %s', (_name, text, inert) => expect(toInertLog(text)).toBe(inert));

  test.each<[string, string]>([
    ['colons in the middle of a line', 'a::b::c AWS::S3::Bucket'],
    ['escaped line breaks, which mean nothing in a log', 'a%0A::error::b'],
    ['lines and tabs', 'a\n\tb'],
    ['signs', '✅ 🆕 → ä 日本'],
    ['nothing', ''],
  ])('stays as it is: %s', (_name, text) => expect(toInertLog(text)).toBe(text));
});

describe('a text in Markdown', () => {
  test.each<[string, string, string]>([
    ['markup', '*a* _b_ `c` ~d~ # e', '\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\# e'],
    ['a link', '[a](b)', '\\[a\\]\\(b\\)'],
    ['an image', '![a](b)', '\\!\\[a\\]\\(b\\)'],
    ['the border of a cell', 'a|b', 'a\\|b'],
    ['a border that is escaped already', 'a\\|b', 'a\\\\\\|b'],
    ['HTML', '<script>&amp;</script>', '&lt;script&gt;&amp;amp;&lt;/script&gt;'],
    ['a mention', '@octocat and @org/team', `@${zero}octocat and @${zero}org/team`],
    ['a number of an issue', 'see #12, acme/shop#7 and GH-3', `see \\#${zero}12, acme/shop\\#${zero}7 and GH${zero}-3`],
    ['an identifier of several parts', 'id 0fe1dab7-e89b-12d3 x-0fe1dab', 'id <code>0fe1dab7-e89b-12d3</code> x-0fe1dab'],
    [
      'what could be emoji',
      'arn:aws:kms:us-west-2:1:key:a_b :tada: a: b: (AWS::S3::Bucket).',
      '<code>arn:aws:kms:us-west-2:1:key:a\\_b</code> <code>:tada:</code> a: b: \\(<code>AWS::S3::Bucket</code>\\).',
    ],
    ['what could be a commit', 'at 0fe1dab of 111111111111', 'at <code>0fe1dab</code> of <code>111111111111</code>'],
    ['an address', 'see https://a.example and HTTP://b', `see https${zero}://a.example and HTTP${zero}://b`],
    ['an address without its beginning', 'www.a.example', `www${zero}.a.example`],
    ['a formula', '$a$ and $$b$$', '&#36;a&#36; and &#36;&#36;b&#36;&#36;'],
    ['several lines', 'a\n\n  b\r\nc', 'a b c'],
    ['control characters', 'a\u0000\u001b[31mb', 'ab'],
  ])('is made harmless: %s', (_name, text, inert) => expect(toInertMarkdown(text)).toBe(inert));

  test.each(['./', ':a ', '_', 'a:', '\\', '0fe1dab-'])('is made so in no time, however long it is: %s', (text) =>
    expect(toInertMarkdown(text.repeat(20_000)).length).toBeGreaterThan(20_000),
  );

  test('stays readable where nothing is special', () =>
    expect(toInertMarkdown('Stack shop-prod, 3 of 4: ok.')).toBe('Stack shop-prod, 3 of 4: ok.'));
});

describe('a text in HTML', () => {
  test.each<[string, string, string]>([
    ['tags and entities', '<b title="x">&amp;</b>', '&#60;b title=&#34;x&#34;&#62;&#38;amp;&#60;/b&#62;'],
    ['the end of an attribute', `' onclick='x\``, '&#39; onclick=&#39;x&#96;'],
    ['control characters', 'a\u0000\u001b[31m\u202eb', 'ab'],
  ])('is made harmless: %s', (_name, text, inert) => expect(toInertHtml(text)).toBe(inert));
});

describe('a plain text in SARIF', () => {
  test.each<[string, string, string]>([
    ['a link', '[a](b) \\ c', '\\[a\\](b) \\\\ c'],
    ['a mention', '@octocat', `@${zero}octocat`],
    ['control characters', 'a\u0000b\r\nc', 'ab\nc'],
  ])('is made harmless: %s', (_name, text, inert) => expect(toInertPlain(text)).toBe(inert));
});

describe('a text as inline code', () => {
  test.each<[string, string, string]>([
    [
      'markup between HTML tags, which counts',
      '*a* _b_ `c` ~d~ [e](f)',
      '&#42;a&#42; &#95;b&#95; &#96;c&#96; &#126;d&#126; &#91;e&#93;(f)',
    ],
    ['the border of a cell', 'a|b\\|c', 'a&#124;b&#92;&#124;c'],
    ['HTML and entities', '</code><b>&#60;', '&lt;/code&gt;&lt;b&gt;&amp;#60;'],
    ['a mention', '@octocat', '&#64;octocat'],
    ['an address', 'https://a.example www.b.example', 'https&#58;//a.example www&#46;b.example'],
    ['a formula', '${AWS::Region}', '&#36;{AWS::Region}'],
    ['several lines', 'a\n b', 'a b'],
  ])('is made harmless: %s', (_name, text, inert) => expect(toInertCode(text)).toBe(`<code>${inert}</code>`));

  test('keeps the lines inside of words, which mean nothing', () =>
    expect(toInertCode('UPDATE_IN_PROGRESS')).toBe('<code>UPDATE_IN_PROGRESS</code>'));

  test('stays readable where nothing is special', () =>
    expect(toInertCode('AWS::S3::Bucket/uploads-prod')).toBe('<code>AWS::S3::Bucket/uploads-prod</code>'));
});
