/** Sharp: functions stand in the hrDevice rows, percentages without a capacity, counters under their names; no firmware. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';
import { sharpCounters } from './counters.ts';

/** The lines of MFPs, without their printers: "MX-C380P", "BP-B540PR". */
const MFP = /^(?:MX|BP|AR|AL|DX)-(?!P|\w*\dP)\w*\d/i;

export const sharp: DriverDefinition = {
  name: 'sharp',
  version: 2,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.2385.3') },
    { sysObjectId: oid('1.3.6.1.4.1.2385'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.1472'), proves: 'maker' },
    { sysDescr: /^SHARP (?:BP|MX|AR|AL|DX)-/i },
  ],
  brands: [{ name: 'Sharp', says: /\bsharp\b/i }],
  blocks: [
    ...standardBlocks({ kind: { rows: true, mfp: MFP }, supplies: { percentWithoutCapacity: true } }),
    sharpCounters,
  ],
  verified: { captures: ['sharp_mx-2614n', 'sharp_mx-3570n', 'sharp_mx-c301w'] },
};
