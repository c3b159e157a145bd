/** The objects that the box still asks: what is asked for switched-off groups alone stands on no sheet. */
import type { AskedObjectList, ReadGroup } from '@rsb/contract';
import { type AskedObject, DRIVERS, groupOf, IDENTIFYING_OBJECTS, objectsOf } from '@rsb/drivers';

export function objectsRead({ objects, allowed }: AskedObjectList, notRead: readonly ReadGroup[]): AskedObjectList {
  if (notRead.length === 0) return { objects, allowed };
  const isOff = (object: AskedObject) => {
    const group = groupOf(object);
    return group !== null && notRead.includes(group);
  };
  const all = [...IDENTIFYING_OBJECTS, ...DRIVERS.flatMap(objectsOf)];
  const read = new Set<string>(all.filter((object) => !isOff(object)).map(({ oid }) => oid));
  const off = new Set<string>(all.map(({ oid }) => oid).filter((oid) => !read.has(oid)));
  return { objects: objects.filter(({ object }) => !off.has(object)), allowed: allowed - off.size };
}
