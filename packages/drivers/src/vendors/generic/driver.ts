/** What no other driver knows, read by the Printer-MIB alone and marked as such. */
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import { thermalMarker } from '../../blocks/thermal-marker.ts';
import type { DriverDefinition } from '../../definition.ts';

export const generic: DriverDefinition = {
  name: 'generic',
  version: 2,
  match: [],
  brands: [],
  blocks: [...standardBlocks({ kind: { rows: true } }), thermalMarker],
  generic: true,
  verified: { unverified: 'the standard alone: RFC 3805, RFC 2790' },
};
