/** The objects of a driver: what its blocks ask, each once. */
import type { AskedObject, DriverDefinition } from '../definition.ts';
import type { CountPath } from '../draft.ts';

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

/** The counts that a driver may tell, each once. */
export function countsOf({ blocks }: DriverDefinition): readonly CountPath[] {
  const told = blocks.flatMap(({ asks, fills }) => fills ?? asks.map(({ path }) => path).filter(isCountPath));
  return [...new Set(told)];
}

const COUNTS = /^counters\.(?:life|vendorLife|duplex|largeFormat|(?:total|print|copy|fax|scan)\.(?:all|mono|color))$/;
const isCountPath = (path: string | undefined): path is CountPath => path !== undefined && COUNTS.test(path);
