/** Xerox, Fuji Xerox and FUJIFILM: sysDescr is the model and a list of module versions. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const xerox: DriverDefinition = {
  name: 'xerox',
  version: 1,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.253.8.62') },
    { sysObjectId: oid('1.3.6.1.4.1.253'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.297.1.11') },
    { sysObjectId: oid('1.3.6.1.4.1.297.1.111') },
    { sysObjectId: oid('1.3.6.1.4.1.297'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.28708'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.128'), proves: 'maker' },
    { sysDescr: /^(?:FUJI ?XEROX|Xerox|FUJIFILM (?:Apeos|Revoria))\b/i },
  ],
  brands: [
    { name: 'Xerox', says: /\bxerox\b/i },
    { name: 'Fuji Xerox', says: /\bfuji ?xerox\b/i },
    { name: 'FUJIFILM', says: /\bfujifilm\b/i },
  ],
  blocks: standardBlocks({
    identity: {
      sysDescrPatterns: [
        /^(?<model>[^;]+);.*?\b(?:SS|System(?: Software)?|Controller) (?<firmware>[\d.]+)/i,
        /^(?<model>[^;]+);.*?\bESS ?(?<firmware>[\d.]+)/i,
      ],
    },
    // Feeder, scanner and copy controller modules in the list of versions.
    kind: { mfp: /(?:;|, ?)(?:ADF|DADF|DF|IIT|SC|CC) / },
  }),
  verified: {
    captures: ['fujifilm_apeos-c7580', 'fujixerox_apeosport-vi-c4471', 'xerox_altalink-c8045', 'xerox_color-570'],
  },
};
