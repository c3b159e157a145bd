/** Every object that the box may ask of any device: the union of all drivers' plans and the identifying set. */
import type { Oid } from '@rsb/snmp';
import { compareOid } from '@rsb/snmp/oid';
import { IDENTIFYING_OBJECTS } from './identify/identifying.ts';
import { objectsOf } from './plan/objects.ts';
import { DRIVERS } from './registry.ts';

/** Scalars and columns without instances, each once, in order. */
export function allowedObjects(): readonly Oid[] {
  const objects = [...IDENTIFYING_OBJECTS, ...DRIVERS.flatMap(objectsOf)].map(({ oid }) => oid);
  return [...new Set(objects)].sort(compareOid);
}
