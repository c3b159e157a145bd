/** Who a Lexmark machine is, by its own tree; other brands' machines on its engines have the same tree under their own root. */
import { oid } from '@rsb/snmp/oid';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { AskedObject, Block } from '../../definition.ts';

/**
 * "Lexmark T640 version NS.NP.N219 kernel …": a version that ends in N and digits is the network adapter's code; newer
 * machines tell their own there ("version MXTGM.052.024").
 */
export const LEXMARK_DESCRIPTIONS: readonly RegExp[] = [
  /^(?<model>.+?) version (?<firmware>\w+(?:\.\w+)*\.(?!N\d+\b)\w+)(?: |$)/,
  /^(?<model>.+?) version /,
];

/** "Dell S5830dn 7XQ1R92 LW62.DN4.P636": model, serial number, the machine's own version. */
export const LEXMARK_DEVICE_ROWS: readonly RegExp[] = [
  /^(?<model>\D*\d.*?) (?<serialNumber>(?=\w*\d)[A-Z0-9]{5,16}) (?<firmware>[A-Z]{2,}\w*\.\w+\.(?!N\d+$)[\w-]+)$/,
  /^(?<model>.+?) (?<firmware>[A-Z]{2,}\w*\.\w+\.(?!N\d+$)[\w-]+)$/,
];

/** The IEEE 1284 id in the private tree; its maker may stand in MODEL alone. */
export const lexmarkDeviceId = (root: string): AskedObject => ({
  oid: oid(`${root}.2.1.2.1.3`),
  name: 'prtgenPeripheralID',
  purpose: 'maker and model',
  part: 'identity',
  evidence: 'mib',
  source: 'LEXMARK-PVT-MIB',
  instances: ['1'],
});

/** After the standard ones. `serial` takes a suffix away where the brand adds one. */
export function lexmarkIdentity(root: string, serial: (text: string) => string = (text) => text): Block {
  const pvt = 'LEXMARK-PVT-MIB';
  const mps = 'LEXMARK-MPS-MIB';
  const at = (number: string) => ({ oid: `${root}.${number}`, instance: '1' });
  return vendorTexts('lexmarkIdentity', [
    { ...at('2.1.2.1.4'), fills: 'firmware', name: 'prtgenCodeRevision', source: pvt },
    { ...at('2.1.2.1.6'), fills: 'serialNumber', name: 'prtgenSerialNo', source: pvt, means: serial },
    { ...at('6.2.3.1.5'), fills: 'serialNumber', name: 'deviceSerialNumber', source: mps, means: serial },
    { ...at('2.1.2.1.2'), fills: 'model', name: 'prtgenPrinterName', source: pvt },
    { ...at('6.2.3.1.4'), fills: 'model', name: 'deviceModel', source: mps },
  ]);
}
