/**
 * Who an HP machine is. The description names the JetDirect card, or holds the serial number and a name that the user may
 * have changed (PID); the device row, DES of the 1284 id and the PML tree name the machine, MDL often only its family.
 */
import { findDeviceId } from '../../blocks/device-id.ts';
import { exactModel, type NamingPlace, nameAt } from '../../blocks/exact-model.ts';
import { hrDeviceDescr, sysDescr } from '../../blocks/standard-objects.ts';
import { textAt } from '../../blocks/text.ts';
import { unitRow } from '../../blocks/unit-row.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { Block } from '../../definition.ts';
import { pmlObject } from './objects.ts';

const modelName = pmlObject('1.3.2', 'identity', 'model-name', 'model', 'capture hp_laserjet-mfp-m130nw');

const deviceRow: NamingPlace = (answers, draft) => {
  const row = unitRow(answers, hrDeviceDescr.oid, draft.context);
  return row === undefined ? null : nameAt(hrDeviceDescr, row)(answers, draft);
};

/** On inkjets DES is the product's number: "D9L18A". */
const PRODUCT_NUMBER = /^[A-Z0-9]{4,8}(?:#\w+)?$/;

const deviceIdPlace =
  (key: 'description' | 'model'): NamingPlace =>
  (answers) => {
    const found = findDeviceId(answers);
    const text = found?.id[key] ?? null;
    return found === null || text === null || PRODUCT_NUMBER.test(text) ? null : { text, oid: found.oid };
  };

const LINES = 'LaserJet|OfficeJet|DeskJet|PageWide|DesignJet|Photosmart|ENVY|Smart Tank|Ink Tank|Latex';
/** A description that names a machine and not a card. */
export const HP_LINE = new RegExp(`^(?:HP|Hewlett-Packard) (?:Color )?(?:${LINES})\\b`, 'i');
/** A PID that names one of the lines was not changed by the user ("Purchasing Color Laser" was). */
const PRODUCT_ID = new RegExp(
  `(?:^(?=HP |Hewlett-Packard )|,PID:)(?<model>(?:(?:HP|Hewlett-Packard) )?(?:Color )?(?:${LINES}|Laser)\\b.*)`,
  'i',
);

export const hpModel: Block = exactModel(
  'hpModel',
  [
    deviceRow,
    deviceIdPlace('description'),
    nameAt(modelName),
    deviceIdPlace('model'),
    nameAt(sysDescr, '0', PRODUCT_ID),
  ],
  [modelName],
);

const PML = '1.3.6.1.4.1.11.2.3.9.4.2.1';
const source = 'HP-LASERJET-COMMON-MIB; capture hp_laserjet-mfp-m130nw';

/** After the standard ones: their serial number is the same, without the symbol set in front. */
export const hpIdentity: Block = vendorTexts('hpIdentity', [
  { oid: `${PML}.1.3.3`, fills: 'serialNumber', name: 'serial-number', source },
  // A release of the whole machine ("2509515_000481"); older ones tell only the date of their code.
  { oid: `${PML}.1.3.6`, fills: 'firmware', name: 'fw-rom-revision', source: 'HP-LASERJET-COMMON-MIB' },
  { oid: `${PML}.1.3.5`, fills: 'firmware', name: 'fw-rom-datecode', source },
  { oid: `${PML}.1.3.12`, fills: 'assetNumber', name: 'asset-number', source: 'HP-LASERJET-COMMON-MIB' },
]);

const CARD = /^HP ETHERNET MULTI-ENVIRONMENT|\bJETDIRECT\b/i;
/** External boxes; a card says JETDIRECT alone. */
const BOX = /\bJETDIRECT (?:EX|\d|EN|EW)/i;

/** Last of all: a card or box that tells nothing of a machine behind it. */
export const hpPrintServer: Block = {
  name: 'hpPrintServer',
  asks: [sysDescr],
  read(answers, draft) {
    const description = textAt(answers, sysDescr, '0');
    if (description === null || !CARD.test(description)) return;
    const machine =
      draft.textOf('identity.model') !== null || draft.countOf('counters.life') !== null || draft.supplies.length > 0;
    if (!machine && (BOX.test(description) || draft.textOf('identity.serialNumber') === null))
      draft.kind('printServer', 'a JetDirect card with no machine behind it that tells of itself');
  },
};
