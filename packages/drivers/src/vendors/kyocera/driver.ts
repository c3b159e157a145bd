/** Kyocera and the brands on its engines: Copystar, UTAX, Triumph-Adler, and Olivetti by its name. The vendor folder to take as a model. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';
import { kyoceraCapture } from './capture.ts';
import { kyoceraCounters } from './counters.ts';
import { kyoceraFunctions, kyoceraHostName, kyoceraIdentity } from './identity.ts';

export const kyocera: DriverDefinition = {
  name: 'kyocera',
  version: 1,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.1347.41') },
    { sysObjectId: oid('1.3.6.1.4.1.1347'), proves: 'maker' },
    { sysDescr: /^(?:KYOCERA|TA_UTAX|UTAX|TA Triumph|Copystar)\b.*Print/i },
  ],
  brands: [
    { name: 'Kyocera', says: /\bkyocera(?: mita| document solutions)?\b/i },
    { name: 'Copystar', says: /\bcopystar\b/i },
    // TA_UTAX names both sister brands; a text that names one of them goes first.
    { name: 'Triumph-Adler', says: /\b(?:ta )?triumph[- ]?adler\b|^TA(?= )/i },
    { name: 'UTAX', says: /\b(?:TA_)?UTAX(?:_TA)?(?![a-z])/i },
  ],
  blocks: [
    kyoceraIdentity,
    kyoceraFunctions,
    ...standardBlocks({
      identity: { sysDescr: 'card' },
      kind: { mfp: /mfp|^taskalfa \d|^ecosys ma?\d|^(?:km|cs|cd)[- ]?c?\d|^\d{3,5}c?i$|^d-?copia|^d-?color mf/i },
      supplies: { cartridge: 'toner' },
    }),
    kyoceraHostName,
    kyoceraCounters,
  ],
  capture: kyoceraCapture,
  verified: {
    captures: [
      'kyocera_cs-4053ci',
      'kyocera_ecosys-p2040dw',
      'kyocera_fs-c8520mfp_partial',
      'kyocera_librenms',
      'utax_librenms',
    ],
  },
};
