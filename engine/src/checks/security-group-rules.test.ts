import { answers, both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const rule = (properties: object = {}) => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  Properties: { GroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/8', ...properties },
});
const stack = (resources: object): Stacks => ({ Shop: { resources: { ...resources } } });
const there = (more: object = {}) =>
  answers('groupRules', { group: 'sg-1' }, [{ direction: 'in', protocol: 'tcp', from: '80', to: '80', peer: '10.0.0.0/8', ...more }]);
const group = (properties: object = {}) => ({ Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'web', ...properties } });
const ofGroup = { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] } };
const inline = { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/8' }] };
const liveGroup = both(answers('resource', { type: 'AWS::EC2::SecurityGroup', identifier: 'Shop-Group' }, { GroupId: 'sg-1' }), there());

const ofId = both(answers('resource', { type: 'AWS::EC2::SecurityGroup', identifier: 'sg-1' }, { GroupId: 'sg-1' }), there());

testCases(
  ['PF294'],
  [
    {
      code: 'PF294',
      name: 'a rule twice in the template',
      stacks: stack({ A: rule(ofGroup), B: rule({ ...ofGroup, Description: 'the same', FromPort: '80' }) }),
      options: { static: true },
      told: ['Shop/B: The same rule is in the template already, as A.'],
    },
    {
      code: 'PF294',
      name: 'a rule that is there',
      stacks: stack({ A: rule() }),
      options: there(),
      told: ['Shop/A: sg-1 has a rule of the same protocol, ports and peer (10.0.0.0/8).'],
    },
    {
      code: 'PF294',
      name: 'a rule that changes its logical id',
      stacks: stack({ Group: group(), New: rule(ofGroup) }),
      options: both(live(stack({ Group: group(), Old: rule(ofGroup) })), liveGroup),
      told: ['Shop/New: sg-1 has a rule of the same protocol, ports and peer (10.0.0.0/8).'],
    },
    {
      code: 'PF294',
      name: 'a rule for everything that is there',
      stacks: stack({ A: rule({ IpProtocol: '-1' }) }),
      options: there({ protocol: '-1', from: '-1', to: '-1' }),
      told: [/^Shop\/A: sg-1 has a rule of the same protocol/],
    },
    {
      code: 'PF294',
      name: 'a rule that moves out of the list of its group',
      stacks: stack({ Group: group(), New: rule(ofGroup) }),
      options: both(live(stack({ Group: group(inline) })), liveGroup),
    },
    {
      code: 'PF294',
      name: 'a rule for another port than one that is there',
      stacks: stack({ A: rule({ FromPort: 81, ToPort: 81 }) }),
      options: there(),
    },
    { code: 'PF294', name: 'a rule of the other direction', stacks: stack({ A: rule() }), options: there({ direction: 'out' }) },
    {
      code: 'PF294',
      name: 'a rule that stays',
      stacks: stack({ A: rule({ Description: 'new' }) }),
      options: both(live(stack({ A: rule() })), there()),
    },
    {
      code: 'PF294',
      name: 'a rule that names its group in other words',
      stacks: stack({ Group: group(), A: rule(ofGroup) }),
      options: both(
        live(stack({ Group: group(), A: rule({ GroupId: { Ref: 'Group' } }) }), 'CREATE_COMPLETE', { names: { Group: 'sg-1' } }),
        ofId,
      ),
    },
    { code: 'PF294', name: 'two rules for two groups', stacks: stack({ A: rule(), B: rule({ GroupId: 'sg-2' }) }) },
    {
      code: 'PF294',
      name: 'a list of a group that is double',
      stacks: stack({ Group: group({ SecurityGroupIngress: [...inline.SecurityGroupIngress, ...inline.SecurityGroupIngress] }) }),
    },
    {
      code: 'PF001',
      name: 'rules that may not be read',
      stacks: stack({ A: rule() }),
      options: denies('ec2:DescribeSecurityGroupRules'),
      told: ['Shop/A: rules of sg-1: needs the permission ec2:DescribeSecurityGroupRules on sg-1.'],
    },
  ],
);
