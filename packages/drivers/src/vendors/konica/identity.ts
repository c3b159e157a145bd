/**
 * Who a Konica Minolta or Develop machine is: its own model object before hrDeviceDescr, which may be the engine maker's
 * "Generic …", and before sysDescr, which may lose the plus of "ineo+".
 */
import { childOf, type Oid, oid } from '@rsb/snmp/oid';
import { findBrand } from '../../blocks/brand-name.ts';
import { exactModel, type NamingPlace, nameAt } from '../../blocks/exact-model.ts';
import { hrDeviceDescr, sysDescr, sysObjectId } from '../../blocks/standard-objects.ts';
import { unitRow } from '../../blocks/unit-row.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { Answers, AskedObject, Block } from '../../definition.ts';
import type { Draft } from '../../draft.ts';

const modelName: AskedObject = {
  oid: oid('1.3.6.1.4.1.18334.1.1.1.1.6.2.1'),
  name: 'model name',
  purpose: 'brand and model',
  part: 'identity',
  evidence: 'capture',
  source: 'capture konica_bizhub-c250i; two projects',
  instances: ['0'],
};

/** A name for engines that are sold to other makers, and none of a machine. */
const PLACEHOLDER = /^generic\b/i;
/** "Develop ineo  250i": two spaces stand where the plus was. */
const LOST_PLUS = /\bineo {2}(?=\d)/;

const deviceRow: NamingPlace = (answers, draft) => {
  const row = unitRow(answers, hrDeviceDescr.oid, draft.context);
  const named = row === undefined ? null : nameAt(hrDeviceDescr, row)(answers, draft);
  return named !== null && PLACEHOLDER.test(named.text) ? null : named;
};

const description: NamingPlace = (answers, draft) => {
  const named = nameAt(sysDescr)(answers, draft);
  if (named === null || PLACEHOLDER.test(named.text)) return null;
  const value = answers.value(sysDescr.oid, '0');
  const lost = value?.type === 'octets' && LOST_PLUS.test(Buffer.from(value.value).toString('latin1'));
  return lost ? { ...named, text: named.text.replace(/\bineo (?=\d)/, 'ineo+ ') } : named;
};

const PLACES: readonly NamingPlace[] = [nameAt(modelName), deviceRow, description];

export const konicaModel: Block = exactModel('konicaModel', PLACES, [modelName]);

const DEVELOP_ARC = '1.3.6.1.4.1.18334.1.2.';

/** The brand that one of the names has in front; the arc counts only where none has, for some machines have the other's. */
export const konicaBrand: Block = {
  name: 'konicaBrand',
  asks: [modelName],
  read(answers: Answers, draft: Draft) {
    const { allBrands, ownBrands } = draft.context;
    const maker = ownBrands[0]?.name;
    const claim = (name: string, from: Oid) =>
      draft.text('identity.manufacturer', name, { oids: [from], how: 'value', evidence: 'capture' });
    let silent = true;
    for (const place of PLACES) {
      const named = place(answers, draft);
      if (named === null) continue;
      const brand = findBrand(named.text, allBrands) ?? (/\bineo\b/i.test(named.text) ? 'Develop' : null);
      if (brand !== null && brand !== maker) return claim(brand, named.oid);
      if (brand !== null || /\bbizhub\b/i.test(named.text)) silent = false;
    }
    const id = answers.value(sysObjectId.oid, '0');
    if (silent && id?.type === 'oid' && id.value.startsWith(DEVELOP_ARC))
      claim('Develop', childOf(sysObjectId.oid, '0'));
  },
};

/** The first module of the firmware table is the controller of the whole machine; what is not fitted says so. */
export const konicaFirmware: Block = vendorTexts('konicaFirmware', [
  {
    oid: '1.3.6.1.4.1.18334.1.1.1.5.5.1.1.3',
    instance: '1',
    fills: 'firmware',
    name: 'version of the first firmware module',
    evidence: 'reported',
    source: 'two projects',
    means: (text) => (/\d/.test(text) && !/registered/i.test(text) ? text : null),
  },
]);
