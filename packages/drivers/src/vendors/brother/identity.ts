/** Who a Brother machine is: its own serial number and firmware, and names that help where the standard objects are empty. */
import { oid } from '@rsb/snmp/oid';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { AskedObject, Block } from '../../definition.ts';
import { brotherScalar } from './objects.ts';

/** The machine's IEEE 1284 id; its class says PRINTER on MFPs too. */
export const brotherDeviceId: AskedObject = {
  oid: oid('1.3.6.1.4.1.2435.2.3.9.1.1.7'),
  name: 'brieee1284id',
  purpose: 'maker and model',
  part: 'identity',
  evidence: 'mib',
  source: 'BROTHER-MIB; captures brother_hl-5370dw, brother_dcp-9020cdw',
  instances: ['0'],
};

export const brotherIdentity: Block = vendorTexts('brotherIdentity', [
  {
    oid: brotherScalar('5.1'),
    fills: 'serialNumber',
    name: 'brInfoSerialNumber',
    source: 'BROTHER-MIB; captures brother_hl-5370dw, brother_dcp-9020cdw',
  },
  // sysDescr tells the version of the network card, this is the machine's: "1.16", or letters with year, month, day, hour.
  {
    oid: brotherScalar('5.17'),
    fills: 'firmware',
    name: 'brInfoMainRomVersion',
    source: 'BROTHER-MIB; captures brother_hl-2270dw, brother_dcp-9020cdw',
  },
]);

/** After the standard objects: the same names told again by the network card. */
export const brotherCardNames: Block = vendorTexts('brotherCardNames', [
  {
    oid: '1.3.6.1.4.1.2435.2.4.3.2435.5.13.3',
    fills: 'model',
    name: 'model told by the network card',
    evidence: 'capture',
    source: 'brother_hl-5370dw, brother_nc-8300h',
    // "Brother HL-5370DW series [hardware address]"
    means: (text) => text.replace(/\s*\[.*$/, ''),
  },
  {
    oid: '1.3.6.1.4.1.2435.2.4.3.1240.1.1',
    fills: 'hostName',
    name: 'brpsNodeName',
    source: 'brNetConfig MIB',
  },
]);

/** QL, PT and TD write labels, RJ receipts and labels; nothing but the model's name says so. */
export const brotherLabels: Block = {
  name: 'brotherLabels',
  asks: [],
  read(_answers, draft) {
    const model = draft.textOf('identity.model');
    if (model !== null && /^(?:QL|PT|TD|TJ|RJ|VC)-\w/i.test(model)) draft.kind('labelPrinter', `"${model}"`);
  },
};
