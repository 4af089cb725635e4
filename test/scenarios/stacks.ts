import { queue } from '../fakes/assembly.ts';
import type { Scenario } from './scenario.ts';

const exporting = (value: string) => ({ outputs: { Vpc: { Value: value, Export: { Name: 'net-vpc' } } }, resources: { Queue: queue() } });
const importing = { resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'net-vpc' } } } } };

/** Stacks beside one another: exports, imports, states. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'a stack imports what nobody exports',
    class: 'export-missing',
    why: 'neither the assembly nor the account has the export',
    app: { Shop: importing },
    ends: { stoppedBy: ['PF132'] },
  },
  {
    name: 'a stack imports what a live stack exports',
    class: 'export-missing',
    why: 'the exporting stack is not of the assembly',
    app: { Shop: importing },
    before: (live) => live.deploy({ Net: exporting('vpc-1') }),
    ends: 'deployed',
  },
  {
    name: 'a stack imports what a stack before it exports',
    class: 'export-missing',
    why: 'the export is not there yet, and will be in time',
    app: { Net: exporting('vpc-1'), Shop: { ...importing, dependencies: ['Net'] } },
    ends: 'deployed',
  },
];
