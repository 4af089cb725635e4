import type { Cloud, Names } from './world.ts';

/**
 * Gives a connection that looks each name up once: the decisions on data resources and the checks ask about the same ones.
 *
 * For as long as nothing is written; what is read back after a deployment is asked of the connection itself.
 */
export function rememberNames(cloud: Cloud): Cloud {
  const seen = new Map<string, ReturnType<Names['look']>>();
  const look: Names['look'] = (type, name) => {
    const key = `${type} ${name}`;
    const found = seen.get(key) ?? cloud.names.look(type, name);
    seen.set(key, found);
    return found;
  };
  return { ...cloud, names: { types: cloud.names.types, look } };
}
