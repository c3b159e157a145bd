/** TSC label printers: no brand in any text, the model before "Version:" in sysDescr. */
import { oid } from '@rsb/snmp/oid';
import { always } from '../../blocks/device-kind.ts';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const tsc: DriverDefinition = {
  name: 'tsc',
  version: 2,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.51966') }, { sysDescr: /^TSC (?:T|DA|M[BHLX]|P)\w*-?\d/ }],
  brands: [{ name: 'TSC', says: /\bTSC(?: auto id(?: technology)?)?\b/ }],
  blocks: [
    ...standardBlocks({
      identity: { sysDescrPatterns: [/^(?<model>\S.*?)[\s,;]+Version\s*:?\s*(?<firmware>[\w.][\w. -]*)/i] },
    }),
    always('labelPrinter', 'TSC makes label printers'),
  ],
  verified: { captures: ['tsc_ttp-244ce'] },
};
