/** Ricoh's own identity objects. */
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { Block } from '../../definition.ts';

const RICOH = '1.3.6.1.4.1.367.3.2.1';
const source = 'RicohPrivateMIB; captures gestetner_mpc2500, ricoh_aficio-mp-c3002';
/** ricohSysOemID names the sister brand in its own spelling. */
const OEM_BRANDS = ['Lanier', 'Savin', 'NRG', 'Gestetner', 'Infotec', 'Rex-Rotary'];

export const ricohIdentity: Block = vendorTexts('ricohIdentity', [
  {
    oid: `${RICOH}.1.1.7`,
    fills: 'manufacturer',
    name: 'ricohSysOemID',
    source: 'RicohPrivateMIB',
    means: (text) => OEM_BRANDS.find((brand) => brand.toLowerCase() === text.toLowerCase()) ?? null,
  },
  { oid: `${RICOH}.1.1.1`, fills: 'model', name: 'ricohSysName', source },
  { oid: `${RICOH}.1.1.2`, fills: 'firmware', name: 'ricohSysVersion', source },
  { oid: `${RICOH}.2.1.4`, fills: 'serialNumber', name: 'serial number of the engine', source },
]);

/** Only where sysName is empty. */
export const ricohHostName: Block = vendorTexts('ricohHostName', [
  {
    oid: `${RICOH}.6.1.1.7`,
    instance: '1',
    fills: 'hostName',
    name: 'host name',
    evidence: 'reported',
    source: 'reported by one project',
  },
]);
