/** RISO ComColor and duplicators. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { DriverDefinition } from '../../definition.ts';

export const riso: DriverDefinition = {
  name: 'riso',
  version: 2,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.24807') }, { sysDescr: /^RISO\b/i }],
  brands: [{ name: 'Riso', says: /\briso(?: kagaku(?: corp\w*\.?)?)?\b/i }],
  blocks: [
    ...standardBlocks({ kind: { rows: true }, supplies: { cartridge: 'ink' } }),
    vendorTexts('risoIdentity', [
      {
        oid: '1.3.6.1.4.1.24807.1.2.1.1.1',
        fills: 'model',
        name: 'ijGeneralName',
        evidence: 'reported',
        source: 'one project',
      },
    ]),
  ],
  verified: { unverified: 'no capture is public; Printer-MIB only' },
};
