/** Sharp: functions stand in the hrDevice rows, percentages without a capacity. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const sharp: DriverDefinition = {
  name: 'sharp',
  version: 1,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.2385.3') }, { sysDescr: /^SHARP (?:BP|MX|AR|AL|DX)-/i }],
  brands: [{ name: 'Sharp', says: /\bsharp\b/i }],
  blocks: standardBlocks({ kind: { rows: true }, supplies: { percentWithoutCapacity: true } }),
  verified: { captures: ['sharp_mx-2614n', 'sharp_mx-3570n', 'sharp_mx-c301w'] },
};
