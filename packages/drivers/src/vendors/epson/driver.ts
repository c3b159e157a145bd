/** Epson: sysDescr names the built-in network interface; projectors and scanners share the enterprise number. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';
import { epsonCapture } from './capture.ts';
import { epsonCounters } from './counters.ts';
import { epsonCardNames, epsonDeviceId, epsonFirmware, epsonIdentity, epsonSpelledModel } from './identity.ts';
import { epsonKinds, isKindOpen } from './kinds.ts';

export const epson: DriverDefinition = {
  name: 'epson',
  version: 1,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.1248.1.1.2.1.3') },
    { sysObjectId: oid('1.3.6.1.4.1.1248.1.1.2.1.3.22'), proves: 'otherGear' },
    { sysObjectId: oid('1.3.6.1.4.1.1248.4'), proves: 'otherGear' },
    { sysObjectId: oid('1.3.6.1.4.1.1248'), proves: 'maker' },
    { sysDescr: /^EPSON Built-in\b.*Print Server/i },
    { sysDescr: /^EPSON Built-in\b/i, proves: 'maker' },
  ],
  brands: [{ name: 'Epson', says: /\bepson\b/i }],
  // Scanners and projectors.
  otherGear: /^(?:epson )?(?:DS|ES|GT|FF|RR|EB|EH)-\w*\d/i,
  blocks: [
    epsonIdentity,
    epsonSpelledModel,
    ...standardBlocks({
      identity: {
        sysDescr: 'card',
        deviceIds: [epsonDeviceId],
        deviceIdsAtOnce: true,
        deviceIdsWhen: isKindOpen,
        deviceIdSerial: false,
      },
      kind: { mfp: /\b(?:AL-|AcuLaser )[CM]X\d/i },
    }),
    epsonCardNames,
    epsonFirmware,
    epsonKinds,
    epsonCounters,
  ],
  capture: epsonCapture,
  verified: {
    captures: [
      'epson_al-cx11',
      'epson_cw-c6500au',
      'epson_cw-c6500au_2025-11',
      'epson_eeps2-printserver',
      'epson_st-c4100',
      'epson_st-m1000',
      'epson_stylus-office-bx525wd_partial',
      'epson_wf-c17590',
      'epson_wf-m5799',
    ],
  },
};
