/**
 * Kyocera's counters: the service count is the total of all its own tables (prtMarkerLifeCount is another, higher number
 * that is never mixed in), pages by function and by function and color mode, sizes, two-sided pages, scans.
 */
import type { Counter } from '@rsb/contract';
import type { Oid, SnmpValue } from '@rsb/snmp';
import { isWithin, oid } from '@rsb/snmp/oid';
import { addCounts, countOf } from '../../blocks/count.ts';
import { hrDeviceIds } from '../../blocks/standard-objects.ts';
import { textAt } from '../../blocks/text.ts';
import { everyShade, sumOfCells } from '../../blocks/vendor-counters.ts';
import type { Answers, AskedObject, Block } from '../../definition.ts';
import type { CountPath, Draft, Source } from '../../draft.ts';
import { FUNCTION_IDS } from './identity.ts';

const kyoceraObject = (
  number: string,
  name: string,
  purpose: string,
  source: string,
  instances?: readonly string[],
): AskedObject => ({
  oid: oid(`1.3.6.1.4.1.1347.${number}`),
  name,
  purpose,
  part: 'counters',
  evidence: source.includes('MIB') ? 'mib' : 'capture',
  source,
  ...(instances === undefined ? {} : { instances }),
});

type Function = 'print' | 'copy' | 'fax';
const FUNCTIONS: readonly Function[] = ['print', 'copy', 'fax'];
/** Rows of the function tables are hrDevice rows; 3 is the scanner, which prints nothing. */
const USUAL_ROW: Readonly<Record<Function, string>> = { print: '1', copy: '2', fax: '4' };
const ROWS = ['1', '2', '3', '4'];
/** Two- and three-mode machines; mode 1 is monochrome on both. */
const MODES = ['1', '2', '3'];

const kmcommon = 'KMCOMMON-MIB; capture kyocera_cs-4053ci, sums close';
const sizes = 'KMCOMMON-MIB; captures kyocera_cs-4053ci, kyocera_ecosys-p2040dw, sums close';
const serviceCount = kyoceraObject(
  '43.10.1.1.12',
  'kcprtMarkerServiceCount',
  'total count',
  'KYOCERA-Private-MIB; captures kyocera_cs-4053ci, kyocera_ecosys-p2040dw, sums close',
  ['1.1'],
);
const byFunction = kyoceraObject('42.3.1.1.1.1', 'pages by function', 'print, copy and fax count', kmcommon, ['1']);
/** Machines that count by function have its first row. */
const hasFunctions = (known: Answers): boolean => known.value(byFunction.oid, '1') !== undefined;
/** Sizes tell the total's colors where the functions do not. */
const needsSizes = (known: Answers): boolean => {
  if (known.outcome(byFunction.oid) === 'notAsked') return false;
  if (!hasFunctions(known)) return true;
  const told = FUNCTIONS.map((split) => countOf(known.value(byFunction.oid, functionRow(known, split))));
  const isAsked = known.outcome(byMode.oid) !== 'notAsked';
  const counts = told.filter((count) => count !== null);
  return isAsked && addCounts(counts) !== countOf(known.value(serviceCount.oid, '1.1'));
};
const whereFunctions = (object: AskedObject): AskedObject => ({ ...object, when: hasFunctions });
const byMode = kyoceraObject(
  '42.3.1.2.1.1',
  'pages by function and color mode',
  'mono and color count by function',
  kmcommon,
  ROWS.flatMap((row) => MODES.map((mode) => `${row}.${mode}`)),
);
const modeName: AskedObject = {
  ...kyoceraObject(
    '42.2.2.1.1.2',
    'name of a color mode',
    'which mode is monochrome',
    kmcommon,
    MODES.map((mode) => `1.${mode}`),
  ),
  lasting: true,
};
const bySize = kyoceraObject('42.2.1.1.1.6', 'pages by size', 'total count, as a check', sizes);
const bySizeMono = kyoceraObject('42.2.1.1.1.7', 'mono pages by size', 'mono count', sizes);
const bySizeColor = kyoceraObject('42.2.1.1.1.8', 'full-color pages by size', 'color count', sizes);
const bySizeSingle = kyoceraObject('42.2.1.1.1.9', 'single-color pages by size', 'color count', sizes);
const bySides = 'captures kyocera_cs-4053ci, kyocera_ecosys-p2040dw, sums close';
const oneSided = kyoceraObject('42.2.5.1.1.1', 'one-sided pages', 'duplex count, as a check', bySides, ['1']);
const twoSided = kyoceraObject('42.2.5.1.1.2', 'two-sided pages', 'duplex count', bySides, ['1']);
const scans = kyoceraObject('46.10.1.1.5', 'scanned pages', 'scan count', 'capture kyocera_cs-4053ci, sums close', [
  '3',
]);
const scansByFunction = kyoceraObject('42.3.1.3.1.1', 'scans by function', 'scan count, as a check', kmcommon, [
  '2',
  '4',
]);
const scansOther = kyoceraObject('42.3.1.4.1.1', 'other scans', 'scan count, as a check', kmcommon, ['1']);

/** Whether the device rows say so, or name no function at all, or pages were counted for it all the same. */
const mayHave = (known: Answers, split: Function | 'scan'): boolean => {
  const isNamed = (id: Oid) => known.column(hrDeviceIds.oid).some(({ value }) => isBelow(id, value));
  const counted = split === 'scan' ? 'copy' : split;
  return (
    isNamed(FUNCTION_IDS[split]) ||
    !Object.values(FUNCTION_IDS).some(isNamed) ||
    known.value(byFunction.oid, functionRow(known, counted)) !== undefined
  );
};
const isBelow = (id: Oid, value: SnmpValue): boolean => value.type === 'oid' && isWithin(id, value.value);
/** Only of functions that print. */
const modeRows = (known: Answers): readonly string[] =>
  FUNCTIONS.filter((split) => mayHave(known, split)).flatMap((split) =>
    MODES.map((mode) => `${functionRow(known, split)}.${mode}`),
  );
const whereScanner = (object: AskedObject): AskedObject => ({
  ...object,
  when: (known) => hasFunctions(known) && mayHave(known, 'scan'),
});

export const kyoceraCounters: Block = {
  name: 'kyoceraCounters',
  fills: [
    'counters.vendorLife',
    ...everyShade('total', 'print', 'copy', 'fax'),
    'counters.scan.all',
    'counters.duplex',
  ],
  asks: [
    serviceCount,
    byFunction,
    whereFunctions({ ...byFunction, instances: ROWS }),
    whereFunctions({ ...byMode, instancesFor: modeRows }),
    whereFunctions(modeName),
    ...[bySize, bySizeMono, bySizeColor, bySizeSingle].map((object) => ({ ...object, when: needsSizes })),
    oneSided,
    twoSided,
    whereScanner(scans),
    whereScanner(scansByFunction),
    whereScanner(scansOther),
  ],
  read(answers, draft) {
    const service = cell(answers, serviceCount, '1.1');
    claimCell(draft, 'counters.vendorLife', service, 'mib');
    claimCell(draft, 'counters.total.all', service, 'mib');
    const mono = monoMode(answers);
    for (const split of FUNCTIONS) {
      const row = functionRow(answers, split);
      claimCell(draft, `counters.${split}.all`, cell(answers, byFunction, row), 'mib');
      claimModes(answers, draft, row, split, mono);
    }
    claimTotalByFunctions(draft);
    claimTotalBySizes(answers, draft);
    claimDuplex(answers, draft, service);
    claimScans(answers, draft);
    if (draft.countOf('counters.copy.all') !== null) draft.kind('mfp', 'has a copy counter');
  },
};

/** hrDeviceID says which row is which function; the usual row where the ids are not told. */
function functionRow(answers: Answers, split: Function): string {
  const ids = answers.column(hrDeviceIds.oid);
  const row = ids.find(({ value }) => value.type === 'oid' && isWithin(FUNCTION_IDS[split], value.value));
  return row !== undefined && ROWS.includes(row.instance) ? row.instance : USUAL_ROW[split];
}

interface Cell {
  readonly count: Counter;
  readonly oids: readonly Oid[];
}

function cell(answers: Answers, { oid: object }: AskedObject, instance: string): Cell | null {
  const sum = sumOfCells(answers, [{ oid: object, instance }]);
  return sum === null ? null : { count: sum.sum, oids: sum.oids };
}

function columnSum(answers: Answers, { oid: object }: AskedObject): Cell | null {
  const rows = answers.column(object).filter(({ value }) => countOf(value) !== null);
  const sum = sumOfCells(
    answers,
    rows.map(({ instance }) => ({ oid: object, instance })),
  );
  return sum === null ? null : { count: sum.sum, oids: sum.oids };
}

function claimCell(
  draft: Draft,
  path: CountPath,
  told: Cell | null,
  evidence: Source['evidence'],
  check?: string,
): void {
  if (told === null) return;
  draft.count(path, told.count, {
    oids: told.oids,
    how: told.oids.length > 1 ? 'sum' : 'value',
    evidence,
    ...(check === undefined ? {} : { check }),
  });
}

/** The mode that the device names monochrome ("Mono Color" is a color mode); the first where it names none. */
function monoMode(answers: Answers): string {
  const named = MODES.find((mode) =>
    /^(?:mono(?:chrome)?|black.*|b\s?[&/]\s?w)$/i.test(textAt(answers, modeName, `1.${mode}`) ?? ''),
  );
  return named ?? '1';
}

/** Mono and color of one function, only where its modes add up to it. */
function claimModes(answers: Answers, draft: Draft, row: string, split: Function, mono: string): void {
  const cells = MODES.map((mode) => ({ mode, told: cell(answers, byMode, `${row}.${mode}`) }));
  const told = cells.flatMap(({ mode, told: one }) => (one === null ? [] : [{ mode, ...one }]));
  if (told.length === 0) return;
  const all = draft.countOf(`counters.${split}.all`);
  const oids = told.flatMap((one) => one.oids);
  if (all === null || addCounts(told.map(({ count }) => count)) !== all) {
    const values = told.map(({ count }) => count).join(' + ');
    draft.reject(`counters.${split}.mono`, values, oids, 'the color modes do not add up to the function');
    return;
  }
  const check = 'color modes = function';
  const colors = told.filter(({ mode }) => mode !== mono);
  const black = told.find(({ mode }) => mode === mono);
  claimCell(draft, `counters.${split}.mono`, black ?? null, 'mib', check);
  if (colors.length === 0) return;
  const sum = { count: addCounts(colors.map(({ count }) => count)), oids: colors.flatMap((one) => one.oids) };
  claimCell(draft, `counters.${split}.color`, sum, 'mib', check);
}

/** Mono and color of all functions, only where the functions add up to the service count. */
function claimTotalByFunctions(draft: Draft): void {
  const whole = FUNCTIONS.map((split) => draft.counts.get(`counters.${split}.all`)).filter((one) => one !== undefined);
  if (whole.length === 0 || addCounts(whole.map(({ value }) => value)) !== draft.countOf('counters.total.all')) return;
  const check = 'functions = service count';
  draft.confirm('counters.total.all', check);
  draft.confirm('counters.vendorLife', check);
  for (const shade of ['mono', 'color'] as const) {
    const parts = whole.map(({ path }) => draft.counts.get(path.replace(/all$/, shade) as CountPath));
    const told = parts.filter((part) => part !== undefined);
    if (told.length !== parts.length) continue;
    const sum = { count: addCounts(told.map(({ value }) => value)), oids: told.flatMap(({ source }) => source.oids) };
    claimCell(draft, `counters.total.${shade}`, sum, 'mib', check);
  }
}

/** The size table splits by color on newer firmware; it is the only split of printers without a function table. */
function claimTotalBySizes(answers: Answers, draft: Draft): void {
  const all = columnSum(answers, bySize);
  if (all === null || all.count !== draft.countOf('counters.total.all')) return;
  const check = 'sizes = service count';
  draft.confirm('counters.total.all', check);
  draft.confirm('counters.vendorLife', check);
  const mono = columnSum(answers, bySizeMono);
  const colors = [bySizeColor, bySizeSingle].map((column) => columnSum(answers, column)).filter((one) => one !== null);
  if (mono === null || addCounts([mono, ...colors].map(({ count }) => count)) !== all.count) return;
  claimCell(draft, 'counters.total.mono', mono, 'capture', check);
  if (colors.length === 0) return;
  const sum = { count: addCounts(colors.map(({ count }) => count)), oids: colors.flatMap(({ oids }) => oids) };
  claimCell(draft, 'counters.total.color', sum, 'capture', check);
}

function claimDuplex(answers: Answers, draft: Draft, service: Cell | null): void {
  const one = cell(answers, oneSided, '1');
  const two = cell(answers, twoSided, '1');
  const closes = one !== null && two !== null && addCounts([one.count, two.count]) === service?.count;
  const check = 'one-sided + two-sided = service count';
  claimCell(draft, 'counters.duplex', two, 'capture', closes ? check : undefined);
  if (!closes) return;
  draft.confirm('counters.total.all', check);
  draft.confirm('counters.vendorLife', check);
}

function claimScans(answers: Answers, draft: Draft): void {
  const parts = ['2', '4'].map((row) => cell(answers, scansByFunction, row));
  const told = [...parts, cell(answers, scansOther, '1')].filter((one) => one !== null);
  const sum = { count: addCounts(told.map(({ count }) => count)), oids: told.flatMap(({ oids }) => oids) };
  const total = cell(answers, scans, '3');
  const closes = total !== null && total.count === sum.count;
  claimCell(draft, 'counters.scan.all', total, 'capture', closes ? 'copy + fax + other scans = scans' : undefined);
  if (total === null && told.length === 3) claimCell(draft, 'counters.scan.all', sum, 'mib');
}
