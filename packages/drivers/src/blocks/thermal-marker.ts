/** A label printer by its marker: thermal, and counting length (PrtMarkerMarkTechTC, PrtMarkerCounterUnitTC). */
import type { AskedObject, Block } from '../definition.ts';
import { integerOf } from './count.ts';
import { prtMarkerCounterUnit, prtMarkerMarkTech } from './standard-objects.ts';
import { unitRow } from './unit-row.ts';

const THERMAL = new Set([15, 16, 17]);
/** Ten thousandths of inches, micrometers, feet, meters. */
const LENGTHS = new Set([3, 4, 16, 17]);

const forKind = (object: AskedObject): AskedObject => ({ ...object, part: 'identity', purpose: 'kind of machine' });
const technology = forKind(prtMarkerMarkTech);
const unit = forKind(prtMarkerCounterUnit);

/** Office machines with a thermal transfer count pages, so only both together tell. */
export const thermalMarker: Block = {
  name: 'thermalMarker',
  asks: [technology, unit],
  read(answers, draft) {
    const at = ({ oid }: AskedObject) => {
      const row = unitRow(answers, oid, draft.context);
      return row === undefined ? null : integerOf(answers.value(oid, row));
    };
    if (THERMAL.has(at(technology) ?? 0) && LENGTHS.has(at(unit) ?? 0))
      draft.kind('labelPrinter', 'a thermal marker that counts length');
  },
};
