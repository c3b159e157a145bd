/** Lexmark's own table of supplies: exact levels, part and serial numbers, where the standard one is coarse. */
import type { Supply, SupplyColor, SupplyType } from '@rsb/contract';
import { childOf, oid } from '@rsb/snmp/oid';
import { countOf, integerOf } from '../../blocks/count.ts';
import { type SupplyLevel, supplyLevelOf } from '../../blocks/supply-level.ts';
import { colorIn } from '../../blocks/supply-words.ts';
import { textAt } from '../../blocks/text.ts';
import type { AskedObject, Block } from '../../definition.ts';

/** SupplyTypeTC; print heads are no supply of ours. */
const TYPES: Readonly<Record<number, SupplyType>> = {
  3: 'ink',
  4: 'ink',
  6: 'toner',
  7: 'drum',
  8: 'transfer',
  9: 'fuser',
  10: 'waste',
  11: 'staples',
  13: 'toner',
  14: 'drum',
};
/** currentSupplyCurrentStatus. */
const STATES: Readonly<Record<number, 'low' | 'empty'>> = { 4: 'low', 5: 'empty' };

/** No machine has as many; one that says so lies. */
const MOST_SUPPLIES = 50;

export function lexmarkSupplies(root: string): Block {
  const column = (number: number, name: string, purpose: string, lasting = false): AskedObject => ({
    oid: oid(`${root}.6.4.4.1.1.${number}`),
    name,
    purpose,
    part: 'supplies',
    evidence: 'mib',
    source: 'LEXMARK-MPS-MIB currentSuppliesTable',
    path: 'supplies',
    lasting,
  });
  const type = column(3, 'currentSupplyType', 'toner, drum, fuser …', true);
  const colorant = column(4, 'currentSupplyColorantValue', 'color of a supply', true);
  const description = column(5, 'currentSupplyDescription', 'name of a supply', true);
  const serial = column(6, 'currentSupplySerialNumber', 'serial number of a supply');
  const part = column(7, 'currentSupplyPartNumber', 'part number of a supply');
  const status = column(12, 'currentSupplyCurrentStatus', 'low or empty');
  const capacity = column(14, 'currentSupplyCapacity', 'capacity of a supply');
  const level = column(16, 'currentSupplyCurrentLevel', 'level of a supply');

  return {
    name: 'lexmarkSupplies',
    asks: [type, colorant, description, serial, part, status, capacity, level],
    read(answers, draft) {
      const standard = draft.supplies.length > 0;
      const told = answers.column(type.oid).filter(({ instance }) => /^\d+\.\d+$/.test(instance));
      const rows = told.slice(0, MOST_SUPPLIES).flatMap(({ instance, value }) => {
        const kind = TYPES[integerOf(value) ?? 0];
        if (kind === undefined) return [];
        const integer = ({ oid: object }: AskedObject) => integerOf(answers.value(object, instance));
        const color = colorIn(textAt(answers, colorant, instance) ?? '');
        const amount: SupplyLevel = supplyLevelOf(kind, integer(level), integer(capacity), null);
        const state = amount.percent === null ? STATES[integer(status) ?? 0] : undefined;
        return [
          {
            instance,
            kind,
            color,
            told: state === undefined ? amount : { ...amount, state },
            numbers: {
              serialNumber: textAt(answers, serial, instance),
              partNumber: textAt(answers, part, instance),
            },
            // An empty cell of a counter is not a level of zero.
            hasLevel: countOf(answers.value(level.oid, instance)) !== null,
          },
        ];
      });
      for (const row of rows) {
        const oids = [type, capacity, level].map(({ oid: object }) => childOf(object, row.instance));
        if (standard) {
          const mine = rows.filter(({ kind, color }) => kind === row.kind && color === row.color);
          const theirs = draft.supplies.filter((supply) => same(supply, row.kind, row.color));
          const [only] = theirs;
          if (only === undefined || theirs.length > 1 || mine.length > 1) continue;
          const better = betterOf(only, row.told, row.numbers);
          draft.supplies = draft.supplies.map((supply) => (supply === only ? better : supply));
          if (better.percent !== only.percent)
            draft.provenanceOfLists.set(`supplies.${only.index}`, { oids, how: 'join', evidence: 'mib' });
        } else if (row.hasLevel) {
          const index = `6.${row.instance}`;
          const marks = row.kind === 'toner' || row.kind === 'ink' || row.kind === 'drum';
          draft.supplies.push({
            index,
            type: row.kind,
            color: marks ? row.color : null,
            description: textAt(answers, description, row.instance),
            ...row.numbers,
            ...row.told,
            unit: null,
          });
          draft.provenanceOfLists.set(`supplies.${index}`, { oids, how: 'join', evidence: 'mib' });
        }
      }
    },
  };
}

/** Drums, boxes and kits of the standard table may have no color where this one names one. */
const same = (supply: Supply, type: SupplyType, color: SupplyColor | null): boolean =>
  supply.type === type && (supply.color === color || supply.color === null || color === null);

/** The standard level stays where it is a number: pages and percent are two roundings of one. */
function betterOf(
  standard: Supply,
  told: SupplyLevel,
  numbers: { readonly serialNumber: string | null; readonly partNumber: string | null },
): Supply {
  const named = {
    ...standard,
    serialNumber: standard.serialNumber ?? numbers.serialNumber,
    partNumber: standard.partNumber ?? numbers.partNumber,
  };
  // Whether a box tells what is in it or what still fits is not settled.
  if (standard.percent !== null || standard.type === 'waste') return named;
  if (told.percent !== null) return { ...named, ...told, unit: null };
  return told.state === 'low' || told.state === 'empty' ? { ...named, state: told.state } : named;
}
