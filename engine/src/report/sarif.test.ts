import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { blocked } from '../../../test/fakes/reports.ts';
import { finding, type Finding, type Place } from '../finding.ts';
import type { Report } from './report.ts';
import { toSarif } from './sarif.ts';

const text = z.string().min(1).max(1_100);
const message = z.strictObject({ text });
const level = z.enum(['error', 'warning', 'note']);

/**
 * What GitHub's documents ask of a log that code scanning takes, and no member beside: strict, so that a new one is looked up first.
 *
 * @source GitHub's documents, "SARIF support for code scanning"; SARIF 2.1.0, sections 3.13 to 3.58
 */
const acceptedLog = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: text,
            semanticVersion: z.string().regex(/^\d+\.\d+\.\d+/),
            informationUri: z.url(),
            rules: z.array(
              z.strictObject({
                id: z.string().max(255),
                name: z.string().max(255).regex(/^\w+$/),
                shortDescription: z.strictObject({ text: text.max(1_024) }),
                fullDescription: z.strictObject({ text: text.max(1_024) }),
                help: z.strictObject({ text, markdown: text }),
                helpUri: z.url(),
                defaultConfiguration: z.strictObject({ level }),
                properties: z.strictObject({
                  tags: z.array(z.string()).max(20),
                  precision: z.enum(['very-high', 'high', 'medium', 'low']),
                  'problem.severity': z.enum(['error', 'warning', 'recommendation']),
                }),
              }),
            ),
          }),
        }),
        automationDetails: z.strictObject({ id: z.string().regex(/^[\w./%-]+\/$/) }),
        columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
        invocations: z.array(
          z.strictObject({
            executionSuccessful: z.boolean(),
            toolExecutionNotifications: z.array(
              z.strictObject({ level, message, descriptor: z.strictObject({ id: z.string() }).optional() }),
            ),
          }),
        ),
        results: z
          .array(
            z.strictObject({
              ruleId: z.string(),
              ruleIndex: z.number().int().min(0),
              level,
              message,
              locations: z
                .array(
                  z.strictObject({
                    physicalLocation: z.strictObject({
                      artifactLocation: z.strictObject({
                        uri: z.string().regex(/^[^\s\\?#:/][^\s\\?#]*$/),
                        uriBaseId: z.literal('%SRCROOT%'),
                      }),
                      region: z.strictObject({ startLine: z.number().int().min(1), startColumn: z.number().int().min(1).optional() }),
                    }),
                    logicalLocations: z
                      .array(z.strictObject({ fullyQualifiedName: text, kind: z.enum(['resource', 'module']) }))
                      .optional(),
                  }),
                )
                .length(1),
              partialFingerprints: z.strictObject({ primaryLocationLineHash: z.string().regex(/^[0-9a-f]{16}:\d+$/) }),
              suppressions: z
                .array(z.strictObject({ kind: z.literal('external'), status: z.literal('accepted'), justification: text }))
                .length(1)
                .optional(),
            }),
          )
          .max(5_000),
      }),
    )
    .length(1),
});

/** Gives the one run of the log of a report, after it was found to be what GitHub takes. */
function runOf(report: Report) {
  const log = acceptedLog.parse(JSON.parse(toSarif(report, '/repo')));
  const [run] = log.runs;
  if (!run) throw new Error('a log has one run');
  for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
  return run;
}

const of = (...findings: readonly Finding[]) => runOf({ ...blocked, findings });
const resource: Place = { stack: 'Shop', constructPath: 'Shop/Uploads' };

test('a log has what has a place as results, and tells of the rest', () => {
  const run = runOf(blocked);
  expect(run.results.map((r) => [r.ruleId, r.level])).toEqual([
    ['PF130', 'error'],
    ['RT023', 'warning'],
    ['PF171', 'note'],
  ]);
  expect(run.invocations[0]?.toolExecutionNotifications.map((n) => [n.descriptor?.id, n.level])).toEqual([['PF001', 'warning']]);
  expect(run.tool.driver.rules.map((r) => r.id)).toEqual(['PF130', 'PF171', 'RT023']);
  expect(run.automationDetails.id).toBe('spaceport/preflight/prod/');
});

test.each<[string, Place, object]>([
  [
    'at its line of the checkout',
    { ...resource, file: '/repo/lib/shop.ts', line: 12, column: 5 },
    { artifactLocation: { uri: 'lib/shop.ts' }, region: { startLine: 12, startColumn: 5 } },
  ],
  [
    'at the first line of a file without one',
    { file: '/repo/a b.ts' },
    { artifactLocation: { uri: 'a%20b.ts' }, region: { startLine: 1 } },
  ],
  ['in a file with a name of special characters', { file: 'a#b?c.ts', line: 2 }, { artifactLocation: { uri: 'a%23b%3Fc.ts' } }],
  [
    'in the config when its source is elsewhere',
    { ...resource, file: '/elsewhere/a.ts', line: 9 },
    { artifactLocation: { uri: '.github/spaceport.yml' }, region: { startLine: 1 } },
  ],
  ['in the config when it has none', resource, { artifactLocation: { uri: '.github/spaceport.yml' }, region: { startLine: 1 } }],
])('a result stands %s', (_name, place, wanted) =>
  expect(of(finding('PF130', 'm', place)).results[0]?.locations[0]?.physicalLocation).toMatchObject(wanted),
);

test('a result names its construct, or else its stack', () => {
  const names = of(finding('PF130', 'm', resource), finding('PF131', 'm', { stack: 'Shop' })).results.map(
    (r) => r.locations[0]?.logicalLocations,
  );
  expect(names).toEqual([[{ fullyQualifiedName: 'Shop/Uploads', kind: 'resource' }], [{ fullyQualifiedName: 'Shop', kind: 'module' }]]);
});

describe('the fingerprint of a result', () => {
  const print = (place: Place, environment = 'prod', words = 'm') =>
    runOf({ ...blocked, environment, findings: [finding('PF130', words, place)] }).results[0]?.partialFingerprints.primaryLocationLineHash;
  const first = print({ ...resource, file: '/repo/a.ts', line: 3 });

  test('is the same over commits, wherever the line moves to and whatever the message counts', () => {
    expect(print({ ...resource, file: '/repo/a.ts', line: 90 })).toBe(first);
    expect(print({ ...resource, file: '/repo/lib/b.ts', line: 3 }, 'prod', 'other words')).toBe(first);
  });

  test('is another for another construct and another environment', () => {
    expect(print({ ...resource, constructPath: 'Shop/Other' })).not.toBe(first);
    expect(print(resource, 'staging')).not.toBe(first);
  });

  test('tells apart two of one code at one place', () => {
    const prints = of(finding('PF130', 'a', resource), finding('PF130', 'b', resource)).results.map((r) => r.partialFingerprints);
    expect(new Set(prints.map((p) => p.primaryLocationLineHash)).size).toBe(2);
  });
});

test('what the config suppresses is a result of its own code, with the reason', () => {
  const f: Finding = { ...finding('PF002', 'It says: m', resource), suppressed: { code: 'PF130', message: 'm', reason: 'known' } };
  const [result] = of(f).results;
  expect(result).toMatchObject({ ruleId: 'PF130', level: 'error', suppressions: [{ justification: 'known' }] });
  expect(result?.message.text).toMatch(/^m\n/);
});

test('what nothing suppresses has no suppression', () =>
  expect(of(finding('PF130', 'm', resource)).results[0]).not.toHaveProperty('suppressions'));

test('more results than GitHub shows are left out, the worst kept, and it is told how many', () => {
  const many = Array.from({ length: 5_003 }, (_, i) => finding('PF130', `Name ${i} ${'x'.repeat(3_000)}`, { ...resource, line: i + 1 }));
  const { results, invocations } = of(...many);
  expect(results).toHaveLength(5_000);
  expect(invocations[0]?.toolExecutionNotifications[0]?.message.text).toMatch(/^3 more results are left out/);
  expect(Buffer.byteLength(toSarif({ ...blocked, findings: many }, '/repo'))).toBeLessThan(10_000_000);
});

test('foreign text is plain: no link, no mention, no control character', () => {
  const nasty = '[a](https://evil.example) @octocat \u001b[31m\u0000::error::x';
  const [result] = of(finding('PF130', nasty, { constructPath: nasty, file: `/repo/${nasty}`, line: 1 })).results;
  expect(result?.message.text).toMatch(/^\\\[a\\\]\(https:\/\/evil\.example\) @\u200boctocat ::error::x/);
  expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).not.toMatch(/[\u0000-\u0020[\]]/);
});
