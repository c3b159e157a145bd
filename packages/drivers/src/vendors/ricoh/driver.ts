/** Ricoh and its brands: Lanier, Savin, NRG, Gestetner, Infotec, Rex-Rotary; all answer Ricoh's sysObjectID. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';
import { ricohCounters } from './counters.ts';
import { ricohHostName, ricohIdentity } from './identity.ts';
import { ricohToner } from './toner.ts';

export const ricoh: DriverDefinition = {
  name: 'ricoh',
  version: 1,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.367.1') },
    { sysObjectId: oid('1.3.6.1.4.1.367'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.3793'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.28918'), proves: 'maker' },
    { sysDescr: /^(?:RICOH|LANIER|SAVIN|NRG|Gestetner|infotec|Rex-?Rotary)\b.*\bNetwork Printer\b/i },
  ],
  brands: [
    { name: 'Ricoh', says: /\bricoh\b/i },
    { name: 'Lanier', says: /\blanier\b/i },
    { name: 'Savin', says: /\bsavin\b/i },
    { name: 'NRG', says: /\bNRG\b/i },
    { name: 'Gestetner', says: /\bgestetner\b/i },
    { name: 'Infotec', says: /\binfotec\b/i },
    { name: 'Rex-Rotary', says: /\brex-?rotary\b/i },
    // On engines of several makers; the first word of the model, so nothing is taken away. IBM's own say Infoprint.
    { name: 'InfoPrint', says: /^(?=InfoPrint(?: |$))/ },
  ],
  blocks: [
    ricohIdentity,
    ...standardBlocks({
      // "RICOH Aficio MP C3002 2.20 / RICOH Network Printer C model / …"
      identity: {
        sysDescrPatterns: [/^(?<model>.+?)\s+V?(?<firmware>\d+(?:\.\d+)+\w?)(?:\s+\/\s|$)/i, /^(?<model>.+?)\s+\/\s/],
      },
      // An S behind the number of an SP or SG scans: SP 4510SF.
      kind: { mfp: /^(?:aficio )?(?:(?:mp|im|m)\b|s[pg] c?\d+s)/i },
      supplies: { nearEnd: -100 },
    }),
    ricohHostName,
    ...ricohCounters,
    ricohToner,
  ],
  verified: {
    captures: [
      'gestetner_mpc2500',
      'lanier_mp-c3501',
      'ricoh_aficio-mp-171',
      'ricoh_aficio-mp-201',
      'ricoh_aficio-mp-c3002',
    ],
  },
};
