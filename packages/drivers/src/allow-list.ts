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

/** What `rsb capture` may ask beyond that, when a person wants the makers' counter tables: never asked by the box. */
export function captureObjects(): readonly Oid[] {
  return [...new Set(DRIVERS.flatMap(({ capture = [] }) => capture.map(({ oid }) => oid)))].sort(compareOid);
}
