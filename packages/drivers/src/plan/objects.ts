/** The objects of a driver: what its blocks ask, each once. */
import type { AskedObject, DriverDefinition } from '../definition.ts';

/** What a driver may ask, each object and part once. */
export function objectsOf(driver: DriverDefinition): readonly AskedObject[] {
  const objects = new Map<string, AskedObject>();
  for (const block of driver.blocks) {
    for (const object of block.asks) {
      const key = `${object.oid} ${object.part} ${object.instances?.join(',') ?? object.perUnit ?? '*'}`;
      if (!objects.has(key)) objects.set(key, object);
    }
  }
  return [...objects.values()];
}
