/** Brother's own objects: scalars below the printer part of BROTHER-MIB, and tables that name what their rows count. */
import type { Part } from '@rsb/contract';
import { oid } from '@rsb/snmp/oid';
import type { AskedObject } from '../../definition.ts';

const PRINTER_INFO = '1.3.6.1.4.1.2435.2.3.9.4.2.1.5';

/** Records and tables, without instance. */
export const brotherObject = (
  number: string,
  part: Part,
  name: string,
  purpose: string,
  source: string,
  where: Pick<AskedObject, 'instances' | 'path' | 'lasting'> = {},
): AskedObject => ({ oid: oid(`${PRINTER_INFO}.${number}`), name, purpose, part, evidence: 'mib', source, ...where });

/** Number without instance, for the blocks that take scalars as data. */
export const brotherScalar = (number: string): string => `${PRINTER_INFO}.${number}`;

export const scalar = { instances: ['0'] } as const;
