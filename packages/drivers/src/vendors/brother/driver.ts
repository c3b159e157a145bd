/** Brother: sysDescr names the network card; the machine, its counts and its supplies stand in Brother's own objects. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';
import { brotherCounters } from './counters.ts';
import { brotherCardNames, brotherDeviceId, brotherIdentity, brotherLabels } from './identity.ts';
import { brotherSupplies } from './supplies.ts';

export const brother: DriverDefinition = {
  name: 'brother',
  version: 1,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.2435.2.3.9') }, { sysDescr: /^Brother NC-/i }],
  brands: [{ name: 'Brother', says: /\bbrother\b/i }],
  // Document scanners.
  otherGear: /\bADS-\d/i,
  blocks: [
    brotherIdentity,
    ...standardBlocks({
      identity: { sysDescr: 'card', deviceIds: [brotherDeviceId] },
      kind: { mfp: /\b(?:mfc|dcp|fax)-/i },
    }),
    brotherCardNames,
    brotherLabels,
    brotherCounters,
    brotherSupplies,
  ],
  verified: {
    captures: [
      'brother_dcp-1618w',
      'brother_dcp-7070dw',
      'brother_dcp-9020cdw',
      'brother_dcp-l2540dn',
      'brother_dcp-t735dw',
      'brother_hl-2270dw',
      'brother_hl-5370dw',
      'brother_hl-l8260cdw',
      'brother_mfc-5490cn',
      'brother_mfc-j680dw',
      'brother_nc-8300h',
    ],
  },
};
