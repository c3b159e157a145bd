/** Objects of HP's PML tree, which its machines show over SNMP. */
import type { Part } from '@rsb/contract';
import { oid } from '@rsb/snmp/oid';
import type { AskedObject } from '../../definition.ts';

/** A scalar below device (11.2.3.9.4.2.1). */
export const pmlObject = (
  number: string,
  part: Part,
  name: string,
  purpose: string,
  source = 'HP-LASERJET-COMMON-MIB',
): AskedObject => ({
  oid: oid(`1.3.6.1.4.1.11.2.3.9.4.2.1.${number}`),
  name,
  purpose,
  part,
  evidence: 'mib',
  source,
  instances: ['0'],
});
