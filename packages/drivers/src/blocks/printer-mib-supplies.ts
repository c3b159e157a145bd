/** prtMarkerSuppliesTable: one supply a row, with kind and color from whatever the device tells of them. */
import type { Supply, SupplyColor, SupplyType } from '@rsb/contract';
import { childOf } from '@rsb/snmp/oid';
import type { Answers, Block } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { integerOf } from './count.ts';
import * as standard from './standard-objects.ts';
import { SUPPLY_UNITS, type SupplyLevelOptions, supplyLevelOf } from './supply-level.ts';
import {
  colorIn,
  colorsByPartNumber,
  describedSupply,
  hintedKindIn,
  kindsIn,
  namesNoOneColor,
} from './supply-words.ts';
import { textAt } from './text.ts';

export interface PrinterMibSuppliesOptions extends SupplyLevelOptions {
  /** What a row is that tells no type and whose description names none ("Cartridge 719" of a laser printer). */
  readonly cartridge?: 'toner' | 'ink';
  /** Where the maker hides the part number in the description: group `partNumber`. */
  readonly partNumber?: RegExp;
  /** Noise that the maker adds to every description. */
  readonly noise?: RegExp;
}

/** PrtMarkerSuppliesTypeTC by number; what is not here is `other`. */
const TYPES: Readonly<Record<number, SupplyType>> = {
  3: 'toner',
  4: 'waste',
  5: 'ink',
  6: 'ink',
  7: 'ribbon',
  8: 'waste',
  9: 'drum',
  10: 'developer',
  11: 'fuser',
  12: 'ink',
  13: 'ribbon',
  14: 'waste',
  15: 'fuser',
  17: 'fuser',
  18: 'maintenance',
  19: 'fuser',
  20: 'transfer',
  21: 'toner',
  22: 'fuser',
  24: 'waste',
  29: 'staples',
  32: 'staples',
};
const UNKNOWN = 2;
const RECEPTACLE = 4;

/** The contract takes 200; a device with more rows is broken or lying. */
const MOST_SUPPLIES = 100;

export function printerMibSupplies(options: PrinterMibSuppliesOptions = {}): Block {
  return {
    name: 'printerMibSupplies',
    asks: [
      standard.supplyType,
      standard.supplyDescription,
      standard.supplyUnit,
      standard.supplyCapacity,
      standard.supplyLevel,
      { ...standard.supplyClass, when: (known) => unknownKinds(known).length > FEW },
      {
        ...standard.supplyClass,
        when: (known) => unknownKinds(known).length <= FEW,
        instancesFor: unknownKinds,
      },
      { ...standard.supplyColorantIndex, instancesFor: (known) => colorlessRows(known, options) },
      { ...standard.colorantValue, instancesFor: (known) => colorantsOf(known, colorlessRows(known, options)) },
      standard.charsetFor.supplies,
    ],
    read(answers, draft) {
      const rows = instancesOf(answers, draft).map((instance) => rowAt(answers, instance, options));
      const byPart = colorsByPartNumber(rows.map(({ partNumber }) => partNumber));
      const single =
        rows.filter(({ type, color }) => (type === 'toner' || type === 'ink') && color === null).length === 1;
      const colored = rows.some(({ type, color }) => (type === 'toner' || type === 'ink') && color !== null);
      for (const [index, row] of rows.entries()) {
        const { noOneColor, instance, ...supply } = row;
        let color = supply.color ?? byPart[index] ?? null;
        const marks = supply.type === 'toner' || supply.type === 'ink';
        // The only toner of a machine is black, unless it says that it is many colors.
        if (color === null && marks && single && !colored && !noOneColor) color = 'black';
        draft.supplies.push({ ...supply, color });
        draft.provenanceOfLists.set(`supplies.${supply.index}`, {
          oids: [standard.supplyDescription, standard.supplyLevel, standard.supplyCapacity].map(({ oid }) =>
            childOf(oid, instance),
          ),
          how: 'join',
          evidence: 'mib',
        });
      }
    },
  };
}

/** Up to so many cells are asked one by one, beside others. */
const FEW = 3;

/** The class matters only where the type says nothing. */
const unknownKinds = (known: Answers): readonly string[] =>
  rowsOf(known).filter(
    (instance) => TYPES[integerOf(known.value(standard.supplyType.oid, instance)) ?? 0] === undefined,
  );

/** The colorant matters where a description names no color, unless it is the only one of a machine, which is black. */
function colorlessRows(known: Answers, options: PrinterMibSuppliesOptions): readonly string[] {
  const rows = rowsOf(known).map((instance) => rowAt(known, instance, options));
  const colorless = rows.filter(({ type, description }) => !COLORLESS.has(type) && colorIn(description ?? '') === null);
  const [only] = colorless;
  const marks = (row: Row) => row.type === 'toner' || row.type === 'ink';
  const isBlack = colorless.length === 1 && only !== undefined && marks(only) && !only.noOneColor;
  if (isBlack && !rows.some((row) => marks(row) && row !== only)) return [];
  return colorless.map(({ instance }) => instance);
}

/** The rows of the colorant table that these supplies name. */
const colorantsOf = (known: Answers, rows: readonly string[]): readonly string[] => [
  ...new Set(rows.flatMap((instance) => colorantAt(known, instance) ?? [])),
];

function colorantAt(answers: Answers, instance: string): string | null {
  const colorant = integerOf(answers.value(standard.supplyColorantIndex.oid, instance));
  const device = instance.includes('.') ? instance.slice(0, instance.indexOf('.')) : '1';
  return colorant !== null && colorant > 0 ? `${device}.${colorant}` : null;
}

const rowsOf = (known: Answers): readonly string[] =>
  [
    ...new Set(
      [standard.supplyType, standard.supplyDescription].flatMap(({ oid }) =>
        known.column(oid).map(({ instance }) => instance),
      ),
    ),
  ].slice(0, MOST_SUPPLIES);

/** Rows exist where any telling column has them: some firmware leaves types, units or levels out. */
function instancesOf(answers: Answers, draft: Draft): readonly string[] {
  const { unit, alone } = draft.context;
  const found = new Set<string>();
  for (const { oid } of [
    standard.supplyDescription,
    standard.supplyLevel,
    standard.supplyCapacity,
    standard.supplyType,
  ]) {
    for (const { instance } of answers.column(oid)) {
      const arcs = instance.split('.');
      if (arcs.length === 2 ? arcs[0] === String(unit) || alone : alone && arcs.length === 1) found.add(instance);
    }
  }
  return [...found].slice(0, MOST_SUPPLIES);
}

type Row = Supply & { readonly noOneColor: boolean; readonly instance: string };

function rowAt(answers: Answers, instance: string, options: PrinterMibSuppliesOptions): Row {
  const integer = (column: typeof standard.supplyLevel) => integerOf(answers.value(column.oid, instance));
  const text = textAt(answers, standard.supplyDescription, instance);
  const own = text === null ? undefined : options.partNumber?.exec(text)?.groups?.['partNumber'];
  const described = text === null ? null : describedSupply(options.noise ? text.replace(options.noise, '') : text);
  const type = typeOf(
    integer(standard.supplyType),
    integer(standard.supplyClass),
    described?.description ?? '',
    options,
  );
  const unit = integer(standard.supplyUnit);
  return {
    index: instance.includes('.') ? instance : `1.${instance}`,
    instance,
    type,
    color: colorOf(answers, instance, type, described?.description ?? ''),
    noOneColor: namesNoOneColor(described?.description ?? ''),
    description: described?.description ?? null,
    partNumber: own ?? described?.partNumber ?? null,
    serialNumber: described?.serialNumber ?? null,
    ...supplyLevelOf(type, integer(standard.supplyLevel), integer(standard.supplyCapacity), unit, options),
    unit: SUPPLY_UNITS[unit ?? 0] ?? null,
  };
}

/** The description wins where it plainly names another kind than the type column. */
export function typeOf(
  number: number | null,
  supplyClass: number | null,
  description: string,
  { cartridge }: PrinterMibSuppliesOptions = {},
): SupplyType {
  const declared = TYPES[number ?? 0];
  const named = kindsIn(description);
  const [strongest] = named;
  if (declared === 'waste' || (supplyClass === RECEPTACLE && declared === undefined)) return 'waste';
  // Of a kit that names several kinds, the type column says which one counts.
  if (declared !== undefined && named.includes(declared)) return strongest === 'waste' ? 'waste' : declared;
  const untold = description !== '' && (number === null || number === UNKNOWN);
  return strongest ?? declared ?? hintedKindIn(description) ?? (untold ? cartridge : undefined) ?? 'other';
}

/** Consumables without a color of their own, whatever word their name has. */
const COLORLESS: ReadonlySet<SupplyType> = new Set(['waste', 'staples', 'fuser', 'maintenance', 'transfer']);

function colorOf(answers: Answers, instance: string, type: SupplyType, description: string): SupplyColor | null {
  if (COLORLESS.has(type)) return null;
  const named = colorIn(description);
  if (named !== null) return named;
  const colorant = colorantAt(answers, instance);
  const name = colorant === null ? null : textAt(answers, standard.colorantValue, colorant);
  return name === null ? null : colorIn(name);
}
