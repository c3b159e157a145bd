/**
 * Epson's own objects. No MIB text is public: what they mean is proved by captures whose numbers add up. The status packet
 * (…1.1.1.4) repeats levels and counts beside the name of the current job, so it is not asked.
 */
import type { Part } from '@rsb/contract';
import { oid } from '@rsb/snmp/oid';
import type { AskedObject } from '../../definition.ts';

/** The machine, and the network card that is built into it. */
export const PRINTER = '1.3.6.1.4.1.1248.1.2.2';
export const CARD = '1.3.6.1.4.1.1248.1.1.3.1';

/** `number` is below the enterprise's printer or card branch, without instance. */
export const epsonObject = (
  number: string,
  part: Part,
  name: string,
  purpose: string,
  source: string,
  where: Pick<AskedObject, 'instances' | 'path' | 'lasting'> = {},
): AskedObject => ({ oid: oid(number), name, purpose, part, evidence: 'capture', source, ...where });
