import { nameProperty } from '../../engine/src/names.ts';

/** The parts of a template that an inventory shows. */
export interface InventoryTemplate {
  readonly Resources?: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>>; readonly DeletionPolicy?: string }>
  >;
}

/**
 * Renders a template as a list that a person can review: logical id, type, name and deletion policy of each resource.
 *
 * Shape: one line per resource, sorted; a hyphen where the name is not literal or CloudFormation's own policy holds.
 */
export function toInventory({ Resources = {} }: InventoryTemplate): string {
  const lines = Object.entries(Resources).map(([id, { Type, Properties = {}, DeletionPolicy = '-' }]) => {
    const name = Properties[nameProperty(Type) ?? ''];
    return `${id}  ${Type}  ${typeof name === 'string' ? name : '-'}  ${DeletionPolicy}\n`;
  });
  return lines.sort().join('');
}
