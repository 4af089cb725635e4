import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systems } from './systems.ts';
import { synthesizeSample } from './systems/sample.ts';

const runbook = readFileSync(join(dirname(import.meta.dirname), 'docs/runbook.md'), 'utf8');
const anchors = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-'),
);
const cases = systems.flatMap((system) =>
  Object.keys(system.environments).map((environment) => [system.name, environment, system] as const),
);

test.each(cases)('every link of %s in %s to the runbook leads to a section', async (_, environment, system) => {
  const { templates } = await synthesizeSample(system, environment);
  const links = [...JSON.stringify(templates).matchAll(/docs\/runbook\.md#([\w-]+)/g)].map(([, anchor = '']) => anchor);
  expect([...new Set(links)].filter((anchor) => !anchors.includes(anchor))).toEqual([]);
});

test('a section says what its alarm means, where to look and what to do', () => {
  const sections = runbook.split(/^## /m).slice(1);
  expect(sections.length).toBeGreaterThan(0);
  for (const section of sections) expect(section).toMatch(/\*\*Means\*\*[^]*\*\*Where to look\*\*[^]*\*\*What to do\*\*/);
});
