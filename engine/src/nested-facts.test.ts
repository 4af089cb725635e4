import { describe, expect, test } from '@jest/globals';
import { bucket, queue, table, type SampleNested, type SampleStack } from '../../test/fakes/assembly.ts';
import { both, live } from '../../test/fakes/check-cases.ts';
import { gatherSample, type FactsOptions } from '../../test/fakes/facts.ts';
import { isOpen } from './assembly/evaluate.ts';
import { toLiveParameters, type TemplateFacts } from './template-facts.ts';

const shop = (inner: SampleNested, more: SampleStack = {}): Readonly<Record<string, SampleStack>> => ({
  Shop: { ...more, nested: { Inner: inner, ...more.nested } },
});
const gather = async (stacks: Readonly<Record<string, SampleStack>>, options: FactsOptions = {}) => {
  const { templates, stacks: own, made } = await gatherSample(stacks, options);
  const of = (path: string): TemplateFacts => {
    const found = templates.find((t) => t.stack.displayName === path);
    if (!found) throw new Error(`nothing is known of ${path}`);
    return found;
  };
  return { of, templates, own, calls: made.aws.calls };
};
const toActions = (templates: readonly TemplateFacts[]) => templates.map((t) => `${t.stack.displayName} ${t.change.action}`);
const call = (name: string, of: string) => `us-west-2 cloudformation:${name} ${of}`;
const arn = (name: string) => `arn:aws:cloudformation:us-west-2:111111111111:stack/${name}/1`;
const own = [call('DescribeStacks', 'Shop'), call('GetTemplate', 'Shop')];

describe('nested stacks', () => {
  const deep = shop({ resources: { Queue: queue() }, nested: { Deep: { resources: { Queue: queue() } } } });

  test('are templates beside that of their stack, each before those in it, and no stacks', async () => {
    const { templates, own: stacks } = await gather(deep);
    expect(toActions(templates)).toEqual(['Shop create', 'Shop/Inner create', 'Shop/Inner/Deep create']);
    expect(stacks.map((s) => s.stack.name)).toEqual(['Shop']);
    expect(templates.map((t) => t.root.name)).toEqual(['Shop', 'Shop', 'Shop']);
  });

  test('of a new stack take no call', async () => expect((await gather(deep)).calls).toEqual(own));

  test('take none where AWS is not asked', async () => {
    const { templates, calls } = await gather(deep, { static: true });
    expect([calls, templates.map((t) => t.live)]).toEqual([[], [undefined, undefined, undefined]]);
  });

  test('take two calls each, and one for each stack that has any', async () => {
    const changed = shop({ resources: { Queue: queue() }, nested: { Deep: { resources: { Queue: queue(1) } } } });
    const { templates, calls } = await gather(changed, live(deep));
    expect(toActions(templates)).toEqual(['Shop update', 'Shop/Inner update', 'Shop/Inner/Deep update']);
    const [inner, innermost] = [arn('Shop-Inner-1X'), arn('Shop-Inner-1X-Deep-1X')];
    expect(calls).toEqual([
      ...own,
      call('ListStackResources', 'Shop'),
      call('DescribeStacks', inner),
      call('GetTemplate', inner),
      call('ListStackResources', 'Shop-Inner-1X'),
      call('DescribeStacks', innermost),
      call('GetTemplate', innermost),
    ]);
  });

  test('of an unchanged stack are unchanged, and known by their names', async () => {
    const { templates, calls } = await gather(deep, live(deep));
    expect(toActions(templates)).toEqual(['Shop unchanged', 'Shop/Inner unchanged', 'Shop/Inner/Deep unchanged']);
    expect(templates.map((t) => t.stack.name)).toEqual(['Shop', 'Shop-Inner-1X', 'Shop-Inner-1X-Deep-1X']);
    expect(calls.filter((c) => c.includes('GetTemplate'))).toEqual([call('GetTemplate', 'Shop')]);
  });

  test('are read ten at once', async () => {
    let underWay = 0;
    let most = 0;
    const counting: FactsOptions['before'] = ({ aws }) => {
      const { cloud } = aws;
      Object.assign(aws, {
        cloud: (region: string) => {
          const made = cloud(region);
          const look = async (name: string) => {
            most = Math.max(most, ++underWay);
            const answer = await made.stacks.describe(name);
            underWay--;
            return answer;
          };
          return { ...made, stacks: { ...made.stacks, describe: look } };
        },
      });
    };
    const many = (delay: number) => {
      const ids = Array.from({ length: 25 }, (_, i) => `Inner${i}`);
      return { Shop: { nested: Object.fromEntries(ids.map((id) => [id, { resources: { Queue: queue(delay) } }])) } };
    };
    const { templates } = await gather(many(1), both(live(many(0)), { before: counting }));
    expect([templates.length, most]).toEqual([26, 10]);
  });

  test('that a condition leaves out are none', async () => {
    const more = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
    const { templates } = await gather(shop({ resources: { Queue: queue() }, own: { Condition: 'Never' } }, { more }));
    expect(toActions(templates)).toEqual(['Shop create']);
  });

  test('that are new in a stack that is there are made', async () => {
    const { of } = await gather(deep, live({ Shop: { resources: { Queue: queue() } } }));
    expect(of('Shop/Inner').change).toEqual({ action: 'create', because: 'there is no such stack' });
    expect(of('Shop/Inner/Deep').changes.map((c) => `${c.path} ${c.action}`)).toEqual(['Shop/Inner/Deep/Queue create']);
  });

  test('that equal the live ones are unchanged in a stack that changes', async () => {
    const { of } = await gather(
      shop({ resources: { Queue: queue() } }, { tags: { a: 'b' } }),
      live(shop({ resources: { Queue: queue() } })),
    );
    expect([of('Shop').change.action, of('Shop/Inner').change.action]).toEqual(['update', 'unchanged']);
  });
});

describe('the parameters of a nested stack', () => {
  const named = { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Name' } } };
  const taking = (given?: unknown, Default?: string): SampleNested => ({
    resources: { Files: named },
    more: { Parameters: { Name: { Type: 'String', ...(Default ? { Default } : {}) } } },
    ...(given === undefined ? {} : { given: { Name: given } }),
  });
  const nameOf = async (inner: SampleNested, more: SampleStack = {}) =>
    (await gather(shop(inner, more))).of('Shop/Inner').resources.find((r) => r.logicalId === 'Files')?.properties['BucketName'];

  test.each<[string, SampleNested, string]>([
    ['a text', taking('files'), 'files'],
    ['their default', taking(undefined, 'by-default'), 'by-default'],
    ['an expression', taking({ 'Fn::Sub': 'files-${AWS::Region}' }), 'files-us-west-2'],
    ['a list', taking(['a', 'b']), 'a,b'],
  ])('are what the stack around it gives: %s', async (_name, inner, name) => expect(await nameOf(inner)).toBe(name));

  test('stay open where that is open, whatever their default is', async () => {
    const resources = { Queue: queue() };
    expect(isOpen(await nameOf(taking({ 'Fn::GetAtt': ['Queue', 'QueueName'] }, 'by-default'), { resources }))).toBe(true);
  });

  test('may be outputs of one beside it, as far as its template tells', async () => {
    const Other = { resources: { Log: bucket('log') }, outputs: { Known: { Value: { Ref: 'Log' } }, Open: { Value: { Ref: 'Nothing' } } } };
    const of = (output: string) => nameOf(taking({ 'Fn::GetAtt': ['Other', `Outputs.${output}`] }), { nested: { Other } });
    expect(await of('Known')).toBe('log');
    expect(isOpen(await of('Open'))).toBe(true);
  });

  test('stay open where outputs need one another', async () => {
    const ask = (id: string) => ({ Name: { 'Fn::GetAtt': [id, 'Outputs.Name'] } });
    const knot = (id: string): SampleNested => ({ ...taking(), given: ask(id), outputs: { Name: { Value: { Ref: 'Name' } } } });
    expect(isOpen(await nameOf(knot('Other'), { nested: { Other: knot('Inner') } }))).toBe(true);
  });

  test('change resources whose template is the same, where another value is given', async () => {
    const { of } = await gather(shop(taking('files-2')), live(shop(taking('files-1'))));
    expect(of('Shop/Inner').changes).toMatchObject([
      { logicalId: 'Files', action: 'replace', properties: [{ path: 'BucketName', before: 'files-1', after: 'files-2', replaces: 'yes' }] },
    ]);
  });

  test('count as the same where they are given in the same words', async () => {
    const before = shop(taking({ Ref: 'Queue' }), { resources: { Queue: queue() } });
    const { of } = await gather(shop(taking({ Ref: 'Queue' }), { resources: { Queue: queue(), More: queue() } }), live(before));
    expect(of('Shop/Inner').change.action).toBe('unchanged');
  });

  test('are texts by the time that they are given', async () => {
    const given = { Name: { 'Fn::GetAtt': ['Queue', 'QueueName'] }, Where: { 'Fn::GetAtt': ['Other', 'Outputs.Known'] }, All: ['a', 'b'] };
    const Parameters = Object.fromEntries(Object.keys(given).map((name) => [name, { Type: 'String' }]));
    const Other = { outputs: { Known: { Value: 'here' } } };
    const there = { Shop: { resources: { Queue: queue() }, nested: { Other, Inner: { more: { Parameters }, given } } } };
    const inner = (await gather(there, live(there))).of('Shop/Inner');
    expect(toLiveParameters(inner.live)).toEqual({ Name: 'QueueName of Shop-Queue', Where: 'here', All: 'a,b' });
  });

  test('count as others where they are given in other words', async () => {
    const resources = { Queue: queue(), More: queue() };
    const { of } = await gather(shop(taking({ Ref: 'More' }), { resources }), live(shop(taking({ Ref: 'Queue' }), { resources })));
    expect(of('Shop/Inner').change).toEqual({ action: 'update', because: 'parameters changed' });
  });
});

describe('a nested stack that goes', () => {
  const inner = { resources: { Files: bucket('files'), Items: table('items') }, nested: { Deep: { resources: { Log: bucket('log') } } } };

  test('is there with all that it loses, those in it, too', async () => {
    const { of, templates } = await gather({ Shop: { resources: { Queue: queue() } } }, live(shop(inner)));
    expect(toActions(templates)).toEqual(['Shop update', 'Shop/Inner update', 'Shop/Inner/Deep update']);
    expect(of('Shop/Inner').changes.map((c) => `${c.path} ${c.action}`)).toEqual([
      'Shop/Inner/Deep.NestedStack/Deep.NestedStackResource delete',
      'Shop/Inner/Files delete',
      'Shop/Inner/Items delete',
    ]);
    expect(of('Shop/Inner/Deep').changes.map((c) => `${c.path} ${c.action}`)).toEqual(['Shop/Inner/Deep/Log delete']);
  });

  test('is there where a condition leaves it out now', async () => {
    const more = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
    const { of } = await gather(shop({ ...inner, own: { Condition: 'Never' } }, { more }), live(shop(inner)));
    expect(of('Shop/Inner').changes.map((c) => c.action)).toEqual(['delete', 'delete', 'delete']);
  });

  test('is not where its stack keeps it', async () => {
    const kept = shop({ ...inner, own: { DeletionPolicy: 'Retain' } });
    const { templates } = await gather({ Shop: { resources: { Queue: queue() } } }, live(kept));
    expect(toActions(templates)).toEqual(['Shop update']);
  });

  test('is not where its stack keeps it by a condition', async () => {
    const more = { Conditions: { Always: { 'Fn::Equals': ['a', 'a'] } } };
    const kept = (...[yes, no]: string[]) => shop({ ...inner, own: { DeletionPolicy: { 'Fn::If': ['Always', yes, no] } } }, { more });
    const gone = { Shop: { resources: { Queue: queue() } } };
    expect(toActions((await gather(gone, live(kept('Retain', 'Delete')))).templates)).toEqual(['Shop update']);
    expect((await gather(gone, live(kept('Delete', 'Retain')))).templates).toHaveLength(3);
  });

  test('is not where nobody knows its template, although the stack around it has it', async () => {
    const elsewhere = { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/a.json' } } };
    const { templates } = await gather({ Shop: { resources: { ...elsewhere, Queue: queue() } } }, live(shop(inner)));
    expect(toActions(templates)).toEqual(['Shop update']);
  });
});

test('a nested stack has the name that it has in CloudFormation, and none before', async () => {
  const inner: SampleNested = {
    resources: { Log: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': '${AWS::StackName}-log' } } } },
  };
  const of = async (options?: FactsOptions) =>
    (await gather(shop(inner, { tags: { a: 'b' } }), options)).of('Shop/Inner').resources[0]?.properties['BucketName'];
  expect(isOpen(await of())).toBe(true);
  expect(await of(live(shop(inner)))).toBe('Shop-Inner-1X-log');
});
