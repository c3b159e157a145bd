/** Who a machine of Xerox, Fuji Xerox or FUJIFILM is: sysDescr lists the versions of its modules, its own tree the serial number. */

import { childOf, isWithin, oid } from '@rsb/snmp/oid';
import { findBrand } from '../../blocks/brand-name.ts';
import { findDeviceId } from '../../blocks/device-id.ts';
import { hrDeviceDescr, sysDescr, sysObjectId } from '../../blocks/standard-objects.ts';
import { textAt } from '../../blocks/text.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { AskedObject, Block, Brand } from '../../definition.ts';

export const XEROX_BRANDS: readonly Brand[] = [
  { name: 'Xerox', says: /\bxerox(?: corporation)?\b/i },
  { name: 'Fuji Xerox', says: /\bfuji ?xerox(?: co\b\.?,? ltd\.?)?|^FX(?= )/i },
  { name: 'FUJIFILM', says: /\bfujifilm(?: business innovation(?: corp\w*\.?)?)?\b/i },
  { name: 'Tektronix', says: /\btektronix(?:,? inc\.?)?/i },
];

/** One engine builds for all of these: where no text names the brand, the arc does. */
const BRAND_ARCS = [
  { arc: oid('1.3.6.1.4.1.297.1.11.93.2'), name: 'FUJIFILM' },
  { arc: oid('1.3.6.1.4.1.297.1.111'), name: 'FUJIFILM' },
  { arc: oid('1.3.6.1.4.1.28708'), name: 'FUJIFILM' },
  { arc: oid('1.3.6.1.4.1.297'), name: 'Fuji Xerox' },
] as const;

export const xeroxBrand: Block = {
  name: 'xeroxBrand',
  asks: [sysObjectId, sysDescr, hrDeviceDescr],
  read(answers, draft) {
    const texts = [
      textAt(answers, sysDescr, '0'),
      textAt(answers, hrDeviceDescr, String(draft.context.unit)),
      findDeviceId(answers, xeroxDeviceIds)?.id.manufacturer ?? null,
    ];
    if (texts.some((text) => text !== null && findBrand(text, draft.context.allBrands) !== null)) return;
    const id = answers.value(sysObjectId.oid, '0');
    const brand = id?.type === 'oid' ? BRAND_ARCS.find(({ arc }) => isWithin(arc, id.value)) : undefined;
    draft.text('identity.manufacturer', brand?.name ?? null, {
      oids: [childOf(sysObjectId.oid, '0')],
      how: 'value',
      evidence: 'capture',
    });
  },
};

/**
 * "…; SS 100.002.057.09608, NC …", "…;System 55.40.61,ESS1.208.6, …": the system's version goes before the controller's.
 * Net, NC and Network are the network part, IOT, ME and Engine the engine, the others parts.
 */
export const XEROX_DESCRIPTIONS: readonly RegExp[] = [
  /^(?<model>[^;]+);.*?\b(?:SS|System(?: Software)?) ?(?<firmware>\d+(?:\.\d+)*)/i,
  /^(?<model>[^;]+);.*?\bController ?(?<firmware>\d+(?:\.\d+)*)/i,
  /^(?<model>[^;]+);.*?\bESS ?(?<firmware>\d+(?:\.\d+)*)/i,
];

/** Feeder, scanner, fax and copy controller in the list of versions (absent ones say "------"), or a line that only copies. */
export const XEROX_MFP =
  /[;,] ?(?:D?ADF|DF|IIT|SC|CC|FAX) ?[A-Z]?\d|\b(?:workcentre|work ?center|altalink|primelink|docucentre|apeosport(?:-[ivx]+)?(?! ?print)|apeos(?! ?print)|colorqube (?:8[79]|9)\d+|versalink [bc](?:\d\d5|7[01][23]\d)|docuprint c?m\d+|color (?:5[567]0|c?[67]0)|(?<=^|xerox )[bc]\d\d5)\b|\dmfp\b/i;

const X = '1.3.6.1.4.1.253.8.53.3.2.1';
const source = 'XEROX-GENERAL-MIB';

/** Before the standard ones. */
export const xeroxSerial: Block = vendorTexts('xeroxSerial', [
  { oid: `${X}.3`, instance: '1', fills: 'serialNumber', name: 'xcmGenBaseSerialNumber', source },
  { oid: `${X}.15`, instance: '1', fills: 'assetNumber', name: "customer's asset tag", source },
  { oid: `${X}.14`, instance: '1', fills: 'assetNumber', name: "maker's asset tag", source },
]);

const LINES = /xerox|fuji|workcentre|phaser|versalink|altalink|primelink|colorqube|docu|apeos|versant|revoria/i;

/** After them: the name may be the user's. */
export const xeroxIdentity: Block = vendorTexts('xeroxIdentity', [
  {
    oid: `${X}.2`,
    instance: '1',
    fills: 'model',
    name: 'xcmGenBaseDeviceName',
    source,
    means: (text) => (LINES.test(text) ? text : null),
  },
  {
    oid: '1.3.6.1.4.1.297.1.111.1.31.10',
    fills: 'firmware',
    name: 'firmware',
    evidence: 'reported',
    source: 'one project',
    means: (text) => (/^\w*\d+(?:\.\w+)+$/.test(text) ? text : null),
  },
]);

const deviceIdAt = (number: string, instance: string, evidence: 'mib' | 'reported', from: string): AskedObject => ({
  oid: oid(`1.3.6.1.4.1.253.8.51.${number}`),
  name: 'IEEE 1284 id',
  purpose: 'maker and model',
  part: 'identity',
  evidence,
  source: from,
  instances: [instance],
});
export const xeroxDeviceIds: readonly AskedObject[] = [
  deviceIdAt('1.2.1.20', '1', 'mib', 'XEROX-COMMON-MIB; capture xerox_altalink-c8045'),
  deviceIdAt('10.2.1.7', '2.28110202', 'reported', 'one project'),
];
