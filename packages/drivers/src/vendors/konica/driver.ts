/** Konica Minolta and Develop: the brand is in the texts, not in the arc. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';
import { konicaCapture } from './capture.ts';
import { konicaCounters } from './counters.ts';
import { konicaBrand, konicaFirmware, konicaModel } from './identity.ts';

/** All bizhubs and ineos but the printers ("bizhub C3100P") and the presses; older copiers by "Di" and "MF". */
const MFP =
  /\b(?:bizhub|ineo)\b(?! ?\+? ?(?:press|\w*\dPX?\b))|^(?:magicolor|pagepro) \w*MF\b|^di ?\d{3,4}|^d-?color mf|^mfx-\d/i;

export const konica: DriverDefinition = {
  name: 'konica',
  version: 2,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.18334') },
    { sysDescr: /^KONICA MINOLTA \S|^Develop (?:ineo|D? ?\d)|^(?:sindoh|muratec) \w*-?\d/i },
  ],
  brands: [
    { name: 'Konica Minolta', says: /\bkonica[ -]?minolta\b/i },
    { name: 'Develop', says: /^develop\b(?!er)/i },
    { name: 'Sindoh', says: /^sindoh\b/i },
    { name: 'Muratec', says: /^muratec\b/i },
  ],
  blocks: [konicaModel, konicaBrand, ...standardBlocks({ kind: { mfp: MFP } }), konicaFirmware, konicaCounters],
  capture: konicaCapture,
  verified: { captures: ['konica_bizhub-25e', 'konica_bizhub-750i_partial', 'konica_bizhub-c250i'] },
};
