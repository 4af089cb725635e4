import { redactMarked, type Marks } from '../report/redact.ts';
import type { Plan, PropertyChange, ResourceChange } from './plan.ts';

/** What of a change of a property is free text: its values. */
export const propertyText: Marks<PropertyChange> = { path: 'name', before: 'free', after: 'free' };

const resourceText: Marks<ResourceChange> = { logicalId: 'name', path: 'name', type: 'name', properties: propertyText };

/** What of a plan is free text: the values of properties, parameters and tags. */
export const planText: Marks<Plan> = {
  environment: 'name',
  decisions: { id: 'name', stack: 'name', name: 'name' },
  stacks: {
    name: 'name',
    account: 'name',
    region: 'name',
    after: 'name',
    template: 'name',
    because: 'name',
    beside: propertyText,
    delta: 'name',
    watched: { alarms: 'name' },
    unwatched: 'name',
    notificationArns: 'name',
    role: 'name',
    resources: resourceText,
    assets: 'name',
    parameters: 'free',
    tags: 'free',
  },
};

/** Gives a plan whose values hold no secret. */
export const redactPlan = (plan: Plan, secrets: Iterable<string>): Plan => redactMarked(plan, planText, secrets);
