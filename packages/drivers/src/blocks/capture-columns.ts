/** Counter tables that are recorded for a report and not read: named as data, so that the list of objects tells them too. */
import { oid } from '@rsb/snmp/oid';
import type { AskedObject } from '../definition.ts';

/** `columns` are below `base`, each with what it seems to count. */
export const captureColumns = (
  base: string,
  source: string,
  columns: readonly (readonly [number: string, name: string])[],
): readonly AskedObject[] =>
  columns.map(([number, name]) => ({
    oid: oid(`${base}.${number}`),
    name,
    purpose: 'to find out what it counts',
    part: 'counters',
    evidence: 'capture',
    source,
  }));
