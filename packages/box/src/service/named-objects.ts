/** Objects by the names of their MIBs, as the driver that asked them knows them. */
import type { OriginObject } from '@rsb/contract';
import { type AskedObject, DRIVERS, IDENTIFYING_OBJECTS, objectsOf } from '@rsb/drivers';

/** Answers instances: the longest entry that an instance lies below names it. */
export function namedObjects(driver: string | null): (oid: string) => OriginObject {
  const known = new Map<string, AskedObject>();
  const definition = DRIVERS.find(({ name }) => name === driver);
  for (const object of [...IDENTIFYING_OBJECTS, ...(definition ? objectsOf(definition) : [])]) {
    if (!known.has(object.oid)) known.set(object.oid, object);
  }
  return (oid) => {
    for (let base = oid; base !== ''; base = base.slice(0, Math.max(0, base.lastIndexOf('.')))) {
      const object = known.get(base);
      if (object) return { oid, name: object.name, source: object.source };
    }
    return { oid, name: null, source: null };
  };
}
