import { toGraph, toSystemsDocument } from './systems-document.ts';

const sample = {
  templates: {
    Web: {
      Resources: { A: { Type: 'T', Properties: { b: { 'Fn::ImportValue': 'Data-Bucket' }, c: { 'Fn::ImportValue': 'Data-Bucket' } } } },
    },
    Data: { Resources: { B: { Type: 'T' } }, Outputs: { O: { Export: { Name: 'Data-Bucket' } } } },
    Late: {},
  },
  files: {
    'manifest.json': JSON.stringify({ artifacts: { Web: { dependencies: ['Data', 'Web.assets'] }, Late: { dependencies: ['Web'] } } }),
  },
};
const system = {
  name: 'shop',
  environments: { prod: { branches: ['main'], protected: true } },
  takesImageTag: false,
  phases: () => ({}),
  stackNames: () => ['Data', 'Web', 'Late'],
  dataResources: () => [],
  load: async () => {},
  synthesize: async () => {},
};

test('the graph has each stack, and an arrow to each that needs it with the number of values', () => {
  expect(toGraph(sample)).toEqual([
    'graph LR',
    '  Data["Data<br/>1 resources"]',
    '  Late["Late<br/>0 resources"]',
    '  Web["Web<br/>1 resources"]',
    '  Web --> Late',
    '  Data -->|1| Web',
  ]);
});

test('the document has the environments, the exports and the statements, and a bar breaks no table', () => {
  const statements = [{ line: 3, says: 'one | two', shown: [{ kind: 'stack', environment: 'prod', name: 'Data' }] }] as const;
  const text = toSystemsDocument([{ system, environment: 'prod', sample, statements }]);
  expect(text).toContain('| prod | `main` |  | yes | Data, Web, Late |');
  expect(text).toContain('| `Data-Bucket` | Data | Web |');
  expect(text).toContain('| 3 | one \\| two | stack Data |');
});
