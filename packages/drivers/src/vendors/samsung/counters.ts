/**
 * Samsung's job table (also in HP's machines on its engines): each row counts one combination of job, paper size, sides and
 * color, in impressions or in sheets. Not captured, so sheets that may be two impressions have to add up to the life count.
 */

import type { Counter } from '@rsb/contract';
import type { Oid } from '@rsb/snmp';
import { childOf, oid } from '@rsb/snmp/oid';
import { addCounts, countOf, integerOf } from '../../blocks/count.ts';
import { saidBeside } from '../../blocks/known-by-sign.ts';
import { everyShade } from '../../blocks/vendor-counters.ts';
import type { Answers, AskedObject, Block } from '../../definition.ts';
import type { CountPath, Draft } from '../../draft.ts';

const source = 'SAMSUNG-HOST-RESOURCES-EXT-MIB scmHrDevCountTable';
const TABLE = '1.3.6.1.4.1.236.11.5.11.53.11';
const column = (number: number, name: string, purpose: string, lasting: boolean): AskedObject => ({
  oid: oid(`${TABLE}.2.1.${number}`),
  name,
  purpose,
  part: 'counters',
  evidence: 'mib',
  source,
  lasting,
});
const jobs = column(2, 'scmHrDevCountJobType', 'what a row counts', true);
const sizes = column(3, 'scmHrDevCountMediaSize', 'paper size of a row', true);
const units = column(4, 'scmHrDevCountUnit', 'impressions or sheets', true);
const sides = column(5, 'scmHrDevCountDuplex', 'one- or two-sided', true);
const colors = column(6, 'scmHrDevCountColor', 'mono or color', true);
const values = column(7, 'scmHrDevCountValue', 'pages by job, size, sides and color', false);

const simple = (number: string, name: string, purpose: string): AskedObject => ({
  ...column(0, name, purpose, false),
  oid: oid(`${TABLE}.1.${number}`),
  evidence: 'reported',
  source: 'two projects',
  instances: ['0'],
});
const monoOrTotal = simple('2', 'scmHrDevCountSimple mono', 'mono or total count');
const colorTotal = simple('1', 'scmHrDevCountSimple color', 'color count');

/** ScmHrDevCountJobTypeTC. */
const [PRINT, COPY, FAX_IN, FAX_OUT, SCAN, REPORT, SEND] = [1, 2, 3, 4, 5, 6, 11];
const PRINTING: readonly (number | null)[] = [PRINT, COPY, FAX_IN, REPORT];
/** ScmHrDevCountMediaSizeTC: large, ledger, A3, above A3. */
const LARGE: readonly (number | null)[] = [2, 19, 20, 31];
const IMPRESSIONS = 7;
const DUPLEX = 2;
/** ScmHrDevCountColorTC: full color and single color. */
const COLOR: readonly (number | null)[] = [1, 2];
const MONO = 3;

interface JobRow {
  readonly job: number | null;
  readonly size: number | null;
  readonly unit: number | null;
  readonly sides: number | null;
  readonly color: number | null;
  readonly count: Counter;
  readonly oids: readonly Oid[];
}

export const samsungJobs: Block = {
  name: 'scmHrDevCount',
  fills: [...everyShade('total', 'print', 'copy', 'fax', 'scan'), 'counters.duplex', 'counters.largeFormat'],
  asks: [jobs, sizes, units, sides, colors, values],
  read(answers, draft) {
    const told = rowsOf(answers, draft);
    const printed = told.filter(({ job }) => PRINTING.includes(job));
    const impressions = inImpressions(printed, draft.countOf('counters.life'));
    if (impressions === null) {
      const oids = printed.flatMap((row) => row.oids);
      draft.reject('counters.total.all', `${printed.length} rows`, oids, 'sheets that do not add up to the life count');
      draft.untold('counters.total.all', 'checkFailed');
    } else claimPrinted(impressions, draft);
    claimSplit(
      draft,
      'scan',
      told.filter(({ job }) => job === SCAN),
    );
    for (const [job, name, unit] of [
      [REPORT, 'Reports', 'impressions'],
      [FAX_OUT, 'Faxes sent', 'count'],
      [SEND, 'Digital send', 'count'],
    ] as const) {
      const rows = (job === REPORT ? (impressions ?? []) : told).filter((row) => row.job === job);
      if (rows.length === 0) continue;
      const oids = rows.flatMap((row) => row.oids);
      draft.other({ name, value: sumOf(rows), unit }, { oids, how: 'sum', evidence: 'capture' });
    }
    if (told.some(({ job }) => job === COPY || job === SCAN)) draft.kind('mfp', 'counts copies or scans');
  },
};

function rowsOf(answers: Answers, draft: Draft): readonly JobRow[] {
  const { unit, alone } = draft.context;
  return answers.column(values.oid).flatMap(({ instance, value }) => {
    const count = countOf(value);
    if (count === null || !(alone || instance.startsWith(`${unit}.`))) return [];
    const at = ({ oid: object }: AskedObject) => integerOf(answers.value(object, instance));
    const oids = [childOf(jobs.oid, instance), childOf(values.oid, instance)];
    return [{ job: at(jobs), size: at(sizes), unit: at(units), sides: at(sides), color: at(colors), count, oids }];
  });
}

/**
 * The rows with impressions as their counts. "Default value is sheet": a two-sided sheet is two impressions, unless the
 * machine says sheets and means impressions; only its life count can tell. Null where it tells neither.
 */
function inImpressions(rows: readonly JobRow[], life: Counter | null): readonly JobRow[] | null {
  const sheets = (row: JobRow) => row.unit !== IMPRESSIONS && row.sides === DUPLEX && row.count !== 0;
  if (!rows.some(sheets)) return rows;
  const doubled = rows.map((row) => (sheets(row) ? { ...row, count: addCounts([row.count, row.count]) } : row));
  return [rows, doubled].find((all) => sumOf(all) === life) ?? null;
}

function claimPrinted(rows: readonly JobRow[], draft: Draft): void {
  const check = rows.length > 0 && sumOf(rows) === draft.countOf('counters.life') ? 'jobs = life count' : undefined;
  claimSplit(draft, 'total', rows, check);
  for (const [split, job] of [
    ['print', PRINT],
    ['copy', COPY],
    ['fax', FAX_IN],
  ] as const) {
    claimSplit(
      draft,
      split,
      rows.filter((row) => row.job === job),
      check,
    );
  }
  if (rows.some((row) => row.sides === DUPLEX))
    claim(
      draft,
      'counters.duplex',
      rows.filter((row) => row.sides === DUPLEX),
      check,
    );
  const large = rows.filter(({ size }) => LARGE.includes(size));
  if (large.length > 0) claim(draft, 'counters.largeFormat', large, check);
}

function claimSplit(
  draft: Draft,
  split: 'total' | 'print' | 'copy' | 'fax' | 'scan',
  rows: readonly JobRow[],
  check?: string,
): void {
  claim(draft, `counters.${split}.all`, rows, check);
  const mono = rows.filter(({ color }) => color === MONO);
  const inColor = rows.filter(({ color }) => COLOR.includes(color));
  if (rows.some((row) => row.count !== 0 && !mono.includes(row) && !inColor.includes(row))) return;
  claim(draft, `counters.${split}.mono`, mono, check);
  claim(draft, `counters.${split}.color`, inColor, check);
}

const sumOf = (rows: readonly JobRow[]): Counter => addCounts(rows.map(({ count }) => count));

function claim(draft: Draft, path: CountPath, rows: readonly JobRow[], check?: string): void {
  if (rows.length === 0) return;
  draft.count(path, sumOf(rows), {
    oids: rows.flatMap(({ oids }) => oids),
    how: 'sum',
    evidence: 'mib',
    ...(check === undefined ? {} : { check }),
  });
}

/** Two scalars of machines without the table: one project says mono, another total; the life count decides. */
const simpleCounts: Block = {
  name: 'scmHrDevCountSimple',
  fills: everyShade('total'),
  asks: saidBeside([monoOrTotal], [colorTotal]),
  read(answers, draft) {
    const life = draft.countOf('counters.life');
    const [first, color] = [monoOrTotal, colorTotal].map(({ oid: object }) => countOf(answers.value(object, '0')));
    if (first === null || first === undefined || draft.countOf('counters.total.all') !== null) return;
    const oids = [childOf(monoOrTotal.oid, '0'), childOf(colorTotal.oid, '0')];
    const reported = { oids, how: 'value', evidence: 'reported' } as const;
    if (color !== null && color !== undefined && addCounts([first, color]) === life) {
      draft.count('counters.total.all', life, { ...reported, how: 'sum', check: 'mono + color = life count' });
      draft.count('counters.total.mono', first, { ...reported, check: 'mono + color = life count' });
      draft.count('counters.total.color', color, { ...reported, check: 'mono + color = life count' });
    } else if (first === life) {
      draft.count('counters.total.all', first, { ...reported, check: 'equals the life count' });
    } else {
      draft.reject('counters.total.all', String(first), oids, 'neither the total nor a part of the life count');
      draft.untold('counters.total.all', 'checkFailed');
    }
  },
};

export const samsungCounters: readonly Block[] = [samsungJobs, simpleCounts];
