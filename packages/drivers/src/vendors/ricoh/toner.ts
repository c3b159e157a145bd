/** Ricoh's toner table: levels in percent where the standard table has steps of ten or a code. */
import type { Supply, SupplyColor } from '@rsb/contract';
import { childOf, oid } from '@rsb/snmp/oid';
import { integerOf } from '../../blocks/count.ts';
import { supplyLevelOf } from '../../blocks/supply-level.ts';
import { kindsIn } from '../../blocks/supply-words.ts';
import { textAt } from '../../blocks/text.ts';
import type { AskedObject, Block } from '../../definition.ts';

const column = (number: number, name: string, purpose: string, lasting = false): AskedObject => ({
  oid: oid(`1.3.6.1.4.1.367.3.2.1.2.24.1.1.${number}`),
  name,
  purpose,
  part: 'supplies',
  evidence: 'mib',
  source: 'RicohPrivateMIB ricohEngTonerTable',
  path: 'supplies',
  lasting,
});
const tonerName = column(2, 'ricohEngTonerName', 'name of a toner', true);
const tonerColor = column(4, 'ricohEngTonerType', 'color of a toner', true);
const tonerLevel = column(5, 'ricohEngTonerLevel', 'level of a toner in percent');

const COLORS: Readonly<Record<number, SupplyColor>> = {
  3: 'black',
  10: 'cyan',
  11: 'magenta',
  12: 'yellow',
  13: 'black',
};

const MOST_TONERS = 20;

export const ricohToner: Block = {
  name: 'ricohToner',
  asks: [tonerName, tonerColor, tonerLevel],
  read(answers, draft) {
    const standard = draft.supplies.length > 0;
    for (const { instance, value } of answers.column(tonerLevel.oid).slice(0, MOST_TONERS)) {
      const level = integerOf(value);
      const color = COLORS[integerOf(answers.value(tonerColor.oid, instance)) ?? 0] ?? null;
      const name = textAt(answers, tonerName, instance);
      const type = name === null ? 'toner' : (kindsIn(name)[0] ?? 'toner');
      const told = supplyLevelOf(type, level, 100, 19, { nearEnd: -100 });
      const same = draft.supplies.filter((supply) => supply.type === type && supply.color === color);
      const oids = [childOf(tonerLevel.oid, instance), childOf(tonerColor.oid, instance)];
      const [only] = same;
      if (only !== undefined && same.length === 1) {
        // A code of the vendor's says less than a number of the standard's, and more than none.
        if (told.percent === null && (only.percent !== null || told.state === 'unknown')) continue;
        const better: Supply = { ...only, ...told, unit: told.percent === null ? only.unit : 'percent' };
        draft.supplies = draft.supplies.map((supply) => (supply === only ? better : supply));
        draft.provenanceOfLists.set(`supplies.${only.index}`, { oids, how: 'join', evidence: 'mib' });
      } else if (!standard) {
        const index = `24.${instance}`;
        draft.supplies.push({
          index,
          type,
          color,
          description: name,
          partNumber: null,
          serialNumber: null,
          ...told,
          unit: 'percent',
        });
        draft.provenanceOfLists.set(`supplies.${index}`, { oids, how: 'join', evidence: 'mib' });
      }
    }
  },
};
