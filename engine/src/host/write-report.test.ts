import { expect, test } from '@jest/globals';
import { blocked } from '../../../test/fakes/reports.ts';
import { createFakeWorld } from '../../../test/fakes/world.ts';
import { toFailedReport } from '../report/report.ts';
import { writeReport } from './write-report.ts';

test('a report is written as JSON, and as a page where the name says so', () => {
  const { world, files } = createFakeWorld();
  writeReport(blocked, { paths: ['out/report.json', 'report.HTML'] }, '/repo', world);
  expect(JSON.parse(files.get('/repo/out/report.json') ?? '')).toMatchObject({ verdict: 'blocked', action: 'preflight' });
  expect(files.get('/repo/report.HTML')).toMatch(/^<!doctype html>/);
});

test('findings are written as SARIF, and the report says where', () => {
  const { world, files } = createFakeWorld();
  const report = writeReport(blocked, { paths: ['report.json'], sarif: 'out.sarif' }, '/repo', world);
  expect(report.sarifPath).toBe('/repo/out.sarif');
  expect(JSON.parse(files.get('/repo/out.sarif') ?? '')).toMatchObject({ version: '2.1.0' });
  expect(JSON.parse(files.get('/repo/report.json') ?? '')).toMatchObject({ sarifPath: '/repo/out.sarif' });
});

test('a run that judged nothing writes no SARIF: code scanning would take all it knows for solved', () => {
  const { world, files } = createFakeWorld();
  const report = writeReport(toFailedReport('preflight', new Error('x')), { paths: [], sarif: 'out.sarif' }, '/repo', world);
  expect([report.sarifPath, files.has('/repo/out.sarif')]).toEqual([undefined, false]);
});

test('a file that cannot be written is a finding, and takes no other away', () => {
  const { world, files } = createFakeWorld({ unwritable: ['/repo/a.json', '/repo/out.sarif'] });
  const report = writeReport(blocked, { paths: ['a.json', 'b.json'], sarif: 'out.sarif' }, '/repo', world);
  expect(report.findings.filter((f) => f.code === 'RT060').map((f) => f.message)).toEqual([
    '/repo/a.json: read-only file system',
    '/repo/out.sarif: read-only file system',
  ]);
  expect(report.sarifPath).toBeUndefined();
  expect(files.has('/repo/b.json')).toBe(true);
});
