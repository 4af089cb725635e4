import { queue, type SampleStack } from '../../../test/fakes/assembly.ts';
import { answers, both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const output = (Value: unknown, name: unknown = 'net-vpc') => ({ Vpc: { Value, Export: { Name: name } } });
const exporting = (value: unknown, resources: SampleStack['resources'] = { Queue: queue() }): SampleStack => ({
  resources,
  outputs: output(value),
});
const importing: SampleStack = {
  resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'net-vpc' } } } },
};
const without: SampleStack = { resources: { Queue: queue() } };
const named = (TableName: string) => ({ Type: 'AWS::DynamoDB::Table', Properties: { TableName } });
/** A nested stack that exports, and one beside it that imports that and needs it. */
const inner = { resources: { Queue: queue() }, outputs: output('v') };
const user = (own: object = { DependsOn: ['Inner'] }) => ({ ...importing, own });
const nest = (nested: NonNullable<SampleStack['nested']>, more: SampleStack = {}): Stacks => ({
  Shop: { resources: { Queue: queue() }, ...more, nested },
});
const allowed = { allowDestructive: ['**'] };
const before: Stacks = { Net: exporting('v'), Shop: importing };
const removed: Stacks = { Net: { resources: { Queue: queue() } } };

testCases(
  ['PF190', 'PF191'],
  [
    {
      code: 'PF190',
      name: 'an export that goes while a stack beside the run imports it',
      stacks: removed,
      options: live(before),
      told: ['Net: Net removes the export net-vpc, which Shop imports.'],
    },
    {
      code: 'PF190',
      name: 'one that goes together with its import, where nothing says which is first',
      stacks: { ...removed, Shop: without },
      options: { ...live(before), allowDestructive: ['**'] },
      told: [
        'Net: Net removes the export net-vpc, which Shop imports. Shop of this run no longer imports it, but not before Net is deployed.',
      ],
    },
    {
      code: 'PF190',
      name: 'one that goes after a deployment of this run has taken its only import away',
      stacks: { Net: { ...removed['Net'], dependencies: ['Shop'] }, Shop: without },
      options: { ...live(before), allowDestructive: ['**'] },
    },
    {
      code: 'PF190',
      name: 'one of a nested stack that goes together with the one that needs it',
      stacks: nest({}),
      options: { ...live(nest({ Inner: inner, Other: user() })), ...allowed },
    },
    {
      code: 'PF190',
      name: 'one of a nested stack that goes together with one that refers to its outputs',
      stacks: nest({}),
      options: {
        ...live(nest({ Inner: inner, Other: { ...user({}), given: { A: { 'Fn::GetAtt': ['Inner', 'Outputs.Vpc'] } } } })),
        ...allowed,
      },
    },
    {
      code: 'PF190',
      name: 'one of a nested stack that goes together with one that does not wait for it',
      stacks: nest({}),
      options: { ...live(nest({ Inner: inner, Other: user({}) })), ...allowed },
      told: [/^Shop\/Inner: Shop-Inner-1X removes the export net-vpc, which Shop-Other-1X imports\./],
    },
    {
      code: 'PF190',
      name: 'one of a nested stack that goes when the one beside it has let go of it',
      stacks: nest({ Other: without }),
      options: { ...live(nest({ Inner: inner, Other: user() })), ...allowed },
    },
    {
      code: 'PF190',
      name: 'one of a nested stack that loses it before the one that imports it goes',
      stacks: nest({ Inner: without }),
      options: { ...live(nest({ Inner: inner, Other: user() })), ...allowed },
      told: [/^Shop\/Inner: Shop-Inner-1X removes the export net-vpc, which Shop-Other-1X imports\./],
    },
    {
      code: 'PF190',
      name: 'one of a nested stack that is updated before the one that imports it lets go of it',
      stacks: nest({ Inner: without, Other: { ...without, own: { DependsOn: 'Inner' } } }),
      options: { ...live(nest({ Inner: inner, Other: user() })), ...allowed },
      told: [/^Shop\/Inner: Shop-Inner-1X removes the export net-vpc, which Shop-Other-1X imports\./],
    },
    {
      code: 'PF190',
      name: 'one of a nested stack that is updated after the one that imports it has let go of it',
      stacks: nest({ Inner: { ...without, own: { DependsOn: 'Other' } }, Other: without }),
      options: { ...live(nest({ Inner: inner, Other: user() })), ...allowed },
    },
    {
      code: 'PF191',
      name: 'a name that moves from a nested stack to the stack around it',
      stacks: nest({ Inner: without }, { outputs: output('v') }),
      options: { ...live(nest({ Inner: inner })), ...allowed },
    },
    {
      code: 'PF191',
      name: 'a name that moves from a stack to one nested in it',
      stacks: nest({ Inner: inner }),
      options: { ...live(nest({ Inner: without }, { outputs: output('v') })), ...allowed },
      told: ['Shop/Inner/Vpc: Shop-Inner-1X exports net-vpc; the stack Shop has that export.'],
    },
    {
      code: 'PF191',
      name: 'a name that moves from a nested stack that only goes afterwards',
      stacks: nest({}, { outputs: output('v') }),
      options: { ...live(nest({ Inner: inner })), ...allowed },
      told: ['Shop/Vpc: Shop exports net-vpc; the stack Shop-Inner-1X has that export.'],
    },
    {
      code: 'PF191',
      name: 'a name that moves between nested stacks of which one waits for the other',
      stacks: nest({ Inner: without, Other: { ...without, outputs: output('v'), own: { DependsOn: 'Inner' } } }),
      options: { ...live(nest({ Inner: inner, Other: without })), ...allowed },
    },
    { code: 'PF190', name: 'one that goes and that nobody imports', stacks: removed, options: live({ Net: exporting('v') }) },
    { code: 'PF190', name: 'one that stays', stacks: { Net: { ...exporting('v'), tags: { a: 'b' } } }, options: live(before) },
    {
      code: 'PF190',
      name: 'one whose condition does not hold any more',
      stacks: {
        Net: {
          outputs: { Vpc: { ...output('v').Vpc, Condition: 'Never' } },
          more: { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
        },
      },
      options: live(before),
      told: ['Net: Net removes the export net-vpc, which Shop imports.'],
    },
    {
      code: 'PF190',
      name: 'one whose name only the deployment knows',
      stacks: { Net: { outputs: output('v', { 'Fn::GetAtt': ['A', 'Name'] }) } },
      options: live(before),
    },
    {
      code: 'PF190',
      name: 'one that gets another value',
      stacks: { Net: exporting('w') },
      options: live(before),
      told: ['Net/Vpc: Net changes the export net-vpc, which Shop imports.'],
    },
    {
      code: 'PF190',
      name: 'one of a resource that is replaced',
      stacks: { Net: exporting({ 'Fn::Join': ['', ['x', { 'Fn::GetAtt': ['T', 'Arn'] }]] }, { T: named('table-b') }) },
      options: {
        ...live({ ...before, Net: exporting({ 'Fn::Join': ['', ['x', { 'Fn::GetAtt': ['T', 'Arn'] }]] }, { T: named('table-a') }) }),
        allowDestructive: ['Net/T'],
      },
      told: ['Net/Vpc: Net changes the export net-vpc, which Shop imports.'],
    },
    {
      code: 'PF190',
      name: 'one that refers to another resource, which is new',
      stacks: { Net: exporting({ Ref: 'B' }, { A: queue(), B: queue() }) },
      options: live({ ...before, Net: exporting({ Ref: 'A' }, { A: queue() }) }),
      told: ['Net/Vpc: Net changes the export net-vpc, which Shop imports.'],
    },
    {
      code: 'PF190',
      name: 'one that refers to another resource, which is there',
      stacks: { Net: exporting({ Ref: 'B' }, { A: queue(), B: queue() }) },
      options: live({ ...before, Net: exporting({ Ref: 'A' }, { A: queue(), B: queue() }) }, 'UPDATE_COMPLETE'),
      told: ['Net/Vpc: Net changes the export net-vpc, which Shop imports.'],
    },
    {
      code: 'PF190',
      name: 'one that says the same in other words',
      stacks: { Net: exporting({ 'Fn::Sub': '${A}' }, { A: queue() }) },
      options: both(
        live({ ...before, Net: exporting({ Ref: 'A' }, { A: queue() }) }),
        answers('stackResources', { stack: 'Net' }, new Map([['A', { type: 'AWS::SQS::Queue', physicalId: 'Vpc of Net', status: '' }]])),
      ),
    },
    {
      code: 'PF190',
      name: 'one of a resource that is updated in place',
      stacks: { Net: exporting({ Ref: 'A' }, { A: queue(9) }) },
      options: live({ ...before, Net: exporting({ Ref: 'A' }, { A: queue() }) }),
    },
    {
      code: 'PF001',
      name: 'importers that may not be listed',
      stacks: removed,
      options: both(live(before), denies('cloudformation:ListImports')),
      told: ['Net: importers of net-vpc: needs the permission cloudformation:ListImports on net-vpc.'],
    },

    {
      code: 'PF191',
      name: 'a name that two stacks of the run export',
      stacks: { A: exporting('v'), B: exporting('v') },
      options: { static: true },
      told: ['B/Vpc: B exports net-vpc as its output Vpc; A exports it too.'],
    },
    {
      code: 'PF191',
      name: 'a name that two stacks export in two regions',
      stacks: { A: exporting('v'), B: { ...exporting('v'), region: 'eu-west-1' } },
      options: { static: true },
    },
    {
      code: 'PF191',
      name: 'a name that another stack has',
      stacks: { A: exporting('v') },
      options: live({ Other: exporting('v') }),
      told: ['A/Vpc: A exports net-vpc; the stack Other has that export.'],
    },
    { code: 'PF191', name: 'the own name', stacks: { A: { ...exporting('v'), tags: { a: 'b' } } }, options: live({ A: exporting('v') }) },
    {
      code: 'PF191',
      name: 'a name that moves from a stack that is deployed before',
      stacks: { A: { ...exporting('v'), dependencies: ['B'] }, B: without },
      options: live({ B: exporting('v') }),
    },
    {
      code: 'PF191',
      name: 'a name that moves from a stack that is deployed at the same time',
      stacks: { A: exporting('v'), B: without },
      options: live({ B: exporting('v') }),
      told: ['A/Vpc: A exports net-vpc; the stack B has that export.'],
    },
    {
      code: 'PF001',
      name: 'exports that may not be listed',
      stacks: { A: exporting('v') },
      options: denies('cloudformation:ListExports'),
      told: ['A/Vpc: export net-vpc: needs the permission cloudformation:ListExports on *.'],
    },
  ],
);
