/** Xerox, Fuji Xerox and FUJIFILM: sysDescr is the model and a list of module versions. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';
import { LEXMARK_DESCRIPTIONS } from '../lexmark/identity.ts';
import { SAMSUNG_DESCRIPTION } from '../samsung/identity.ts';
import { xeroxCounters } from './counters.ts';
import {
  XEROX_BRANDS,
  XEROX_DESCRIPTIONS,
  XEROX_MFP,
  xeroxBrand,
  xeroxDeviceIds,
  xeroxIdentity,
  xeroxSerial,
} from './identity.ts';

export const xerox: DriverDefinition = {
  name: 'xerox',
  version: 2,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.253.8.62') },
    { sysObjectId: oid('1.3.6.1.4.1.253'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.297.1.11') },
    { sysObjectId: oid('1.3.6.1.4.1.297.1.111') },
    { sysObjectId: oid('1.3.6.1.4.1.297'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.28708'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.128'), proves: 'maker' },
    {
      sysDescr: /^(?:FUJI ?XEROX|FX (?:Docu|Apeos)|Xerox|FUJIFILM (?:Business|Apeos|Revoria|Docu)|Tektronix.* Phaser)/i,
    },
  ],
  brands: XEROX_BRANDS,
  blocks: [
    xeroxBrand,
    xeroxSerial,
    ...standardBlocks({
      identity: {
        // A few machines are built on other makers' engines and describe themselves as those do.
        sysDescrPatterns: [...XEROX_DESCRIPTIONS, SAMSUNG_DESCRIPTION, ...LEXMARK_DESCRIPTIONS],
        deviceIds: xeroxDeviceIds,
        deviceIdsAtOnce: true,
      },
      kind: { mfp: XEROX_MFP, rows: true },
    }),
    xeroxIdentity,
    xeroxCounters,
  ],
  verified: {
    captures: ['fujifilm_apeos-c7580', 'fujixerox_apeosport-vi-c4471', 'xerox_altalink-c8045', 'xerox_color-570'],
  },
};
