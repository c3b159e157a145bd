/** Olivetti: machines on engines of Kyocera, Konica Minolta and others. Those that answer as their engine does are read by its driver. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const olivetti: DriverDefinition = {
  name: 'olivetti',
  version: 1,
  match: [
    // Its servers answer so too.
    { sysObjectId: oid('1.3.6.1.4.1.279'), proves: 'maker' },
    { sysDescr: /^Olivetti\b.*(?:d-? ?(?:copia|color)|\bPG ?L|print|\bmf)/i },
  ],
  // The names of its lines say the brand too; they are the model, so nothing of them is taken away.
  brands: [{ name: 'Olivetti', says: /\bolivetti\b|^(?=d-? ?(?:copia|color) ?(?:mf|p)? ?\d)/i }],
  blocks: standardBlocks({ kind: { mfp: /^d-? ?(?:copia|color mf)/i, rows: true } }),
  verified: { unverified: 'no capture is public; Printer-MIB only' },
};
