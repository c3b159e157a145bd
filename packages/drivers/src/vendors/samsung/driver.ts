/** Samsung, and HP's machines on its engines: model, version and serial number stand in sysDescr, jobs in a table. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';
import { samsungCounters } from './counters.ts';
import { SAMSUNG_DESCRIPTION, samsungIdentity, samsungModel } from './identity.ts';

/** Of the newer names the digit before the last is 6 or more on machines that copy; X and K are all copiers. */
const MFP = /^(?:clx|scx|sf)-|^(?:(?:sl-|xpress |proxpress |multixpress )*)(?:[mc]\d?\d[6-9][\dx]|[xk]\d{4})(?!\d)/i;

export const samsung: DriverDefinition = {
  name: 'samsung',
  version: 2,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.236.11.5') },
    { sysObjectId: oid('1.3.6.1.4.1.236'), proves: 'maker' },
    { sysDescr: /^Samsung (?:(?:CL[PX]|SCX|ML|SL|SF)-|[CKMX]\d{3}|(?:Multi|Pro)?Xpress\b)/i },
    // HP's sysObjectID, but the description of this maker's firmware.
    { sysObjectId: oid('1.3.6.1.4.1.11.2.3.9'), sysDescr: /^HP [^,]+;\s*V\d/i },
    { sysDescr: /^HP (?:Color )?Laser(?! ?Jet)\b/i },
  ],
  brands: [{ name: 'Samsung', says: /\bsamsung\b/i }],
  blocks: [
    samsungModel,
    ...standardBlocks({
      identity: { sysDescrPatterns: [SAMSUNG_DESCRIPTION] },
      kind: { mfp: MFP, rows: true },
      supplies: { cartridge: 'toner' },
    }),
    samsungIdentity,
    ...samsungCounters,
  ],
  verified: { captures: ['samsung_clx-3170', 'samsung_m4080fx'] },
};
