/** The machines of the list as a table for other programs: one fact a column, whatever columns the page shows. */
import { m } from '@rsb/messages';
import type { FileTable } from '../../export/file-table.ts';
import type { Count } from '../../format/count.ts';
import type { Dates } from '../../format/dates.ts';
import { machineWord } from '../../reading/machine-state.ts';
import { type Ink, type SupplyLevel, supplyLevel } from '../../reading/supply-level.ts';
import { supplyDetail, supplyWord } from '../../reading/supply-state.ts';
import { levelText } from '../../reading/supply-words.ts';
import type { MachineRow } from '../machines/machine-row.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };
type Cell = string | number | null;

export interface MachineFileRules {
  readonly lang: Lang;
  readonly dates: Pick<Dates, 'sortable'>;
  readonly mark: number;
}

export function machineFile(name: string, rows: readonly MachineRow[], rules: MachineFileRules): FileTable {
  const columns = columnsFor(rules);
  return {
    name,
    head: columns.map(([head]) => head),
    rows: rows.map((row) => columns.map(([, cell]) => cell(row))),
  };
}

function columnsFor({
  lang,
  dates,
  mark,
}: MachineFileRules): readonly (readonly [string, (row: MachineRow) => Cell])[] {
  const split = (of: 'total' | 'print', kind: 'all' | 'mono' | 'color') => (row: MachineRow) =>
    row.device.counters?.value[of][kind] ?? null;
  const named = (first: string, second: string) => `${first}, ${second}`;
  const total = m.column_total({}, lang);
  const print = m.column_print({}, lang);
  const kinds = { all: m.counter_all({}, lang), mono: m.counter_mono({}, lang), color: m.counter_color({}, lang) };
  const toner = m.toner_level({}, lang);
  return [
    [m.machine_name({}, lang), (row) => row.name],
    [m.ip_address({}, lang), ({ device }) => device.address],
    [m.monitored({}, lang), ({ device }) => (device.monitored ? 1 : 0)],
    [m.state({}, lang), (row) => machineWord(row.state, lang)],
    [
      m.supplies({}, lang),
      (row) => [supplyWord(row.supply, lang), supplyDetail(row.supply, lang)].filter(Boolean).join(', '),
    ],
    [m.manufacturer({}, lang), ({ device }) => device.manufacturer],
    [m.model({}, lang), ({ device }) => device.model],
    [m.serial_number({}, lang), ({ device }) => device.serialNumber],
    [m.mac_address({}, lang), ({ device }) => device.macAddress?.toUpperCase() ?? null],
    [m.location({}, lang), (row) => row.location],
    [m.service_id({}, lang), ({ device }) => device.serviceId],
    [m.group({}, lang), ({ device }) => device.group],
    [m.note({}, lang), ({ device }) => device.note],
    ...INKS.map(([ink, letter]) => [named(toner, letter), (row: MachineRow) => inkCell(row, ink, mark, lang)] as const),
    [m.column_waste({}, lang), (row) => (row.waste ? levelCell(row.waste, lang) : null)],
    [m.counter_life_standard({}, lang), ({ device }) => countCell(device.counters?.value.life)],
    [m.counter_life_vendor({}, lang), ({ device }) => countCell(device.counters?.value.vendorLife)],
    ...(['all', 'mono', 'color'] as const).map((kind) => [named(total, kinds[kind]), split('total', kind)] as const),
    ...(['all', 'mono', 'color'] as const).map((kind) => [named(print, kinds[kind]), split('print', kind)] as const),
    [m.counters_read_at({}, lang), ({ device }) => (device.counters ? dates.sortable(device.counters.takenAt) : null)],
    [m.firmware({}, lang), ({ device }) => device.firmware],
    [m.asset_number({}, lang), ({ device }) => device.assetNumber],
  ];
}

const INKS: readonly (readonly [Ink, string])[] = [
  ['k', 'K'],
  ['c', 'C'],
  ['m', 'M'],
  ['y', 'Y'],
];

const countCell = (count: Count | null | undefined): Cell => count ?? null;

/** A percentage as a number, other states by their word; the worst where a machine has two of one colour. */
function inkCell({ device }: MachineRow, ink: Ink, mark: number, lang: Lang): Cell {
  const levels = (device.supplies?.value ?? [])
    .filter(({ type }) => type === 'toner' || type === 'ink' || type === 'ribbon')
    .map((supply) => supplyLevel(supply, mark))
    .filter((level) => level.ink === ink);
  const [first, ...rest] = levels;
  if (!first) return null;
  return levelCell(
    rest.reduce((worst, level) => (level.fill < worst.fill ? level : worst), first),
    lang,
  );
}

const levelCell = (level: SupplyLevel, lang: Lang): Cell =>
  level.shown === 'percent' ? level.fill : level.shown === 'unknown' ? null : levelText(level, lang);
