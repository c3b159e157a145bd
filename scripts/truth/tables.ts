/** The truth as tables: right, wrong, missing and invented by vendor and by field, then each field that is not right. */
import { textTable } from '@rsb/cli/text-table';
import type { Comparison } from '../../packages/drivers/test/support/baseline.ts';
import type { Judgement } from '../../packages/drivers/test/support/score.ts';
import type { JudgedCapture, OtherDevices } from './judge.ts';

const JUDGEMENTS: readonly Judgement[] = ['right', 'wrong', 'missing', 'invented'];

export type Tally = Readonly<Record<Judgement, number>>;

interface Fact {
  readonly vendor: string;
  readonly field: string;
  readonly judgement: Judgement;
}

export function wordTruth(
  captures: readonly JudgedCapture[],
  { scanned, taken }: OtherDevices,
  { worse, better }: Comparison,
): string {
  const facts = captures.flatMap(({ name, scores }) =>
    scores.map(({ field, judgement }): Fact => ({ vendor: vendorOf(name), field: groupOf(field), judgement })),
  );
  const failures = captures.flatMap(({ name, driver, scores }) =>
    scores
      .filter(({ judgement }) => judgement !== 'right')
      .map(({ field, judgement, want, got }) => [judgement, name, driver ?? '', field, worded(want), worded(got)]),
  );
  const all = tallyOf(facts);
  const total = JUDGEMENTS.reduce((sum, judgement) => sum + all[judgement], 0);
  const share = total === 0 ? '0' : ((100 * all.right) / total).toFixed(1);
  const counts = JUDGEMENTS.map((judgement) => `${all[judgement]} ${judgement}`).join(', ');
  return [
    table('vendor', facts, ({ vendor }) => vendor),
    table('field', facts, ({ field }) => field),
    failures.length === 0 ? '' : textTable([['', 'capture', 'driver', 'field', 'truth', 'read'], ...failures]),
    list('Taken for printers', taken),
    list('Worse than the baseline', worse),
    list('Better than the baseline (npm run truth -- --update)', better),
    `${captures.length} captures, ${total} fields: ${share} % right (${counts}); ` +
      `${taken.length} of ${scanned} other devices taken for printers\n`,
  ]
    .filter((section) => section !== '')
    .join('\n');
}

export function tallyOf(facts: readonly { readonly judgement: Judgement }[]): Tally {
  const count = (judgement: Judgement) => facts.filter((fact) => fact.judgement === judgement).length;
  return { right: count('right'), wrong: count('wrong'), missing: count('missing'), invented: count('invented') };
}

function table(title: string, facts: readonly Fact[], keyOf: (fact: Fact) => string): string {
  const groups = [...Map.groupBy(facts, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = groups.map(([key, group]) => [key, ...JUDGEMENTS.map((judgement) => String(tallyOf(group)[judgement]))]);
  return textTable([[title, ...JUDGEMENTS], ...rows]);
}

const list = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${title}:\n${lines.map((line) => `  ${line}\n`).join('')}`;

const vendorOf = (capture: string): string => capture.split('_')[0] ?? capture;

/** `counters.total.mono` counts for counters.total, `supplies.toner/black.percent` for supplies.percent. */
const groupOf = (field: string): string =>
  field.replace(/^(counters\.\w+).*$/, '$1').replace(/^supplies.*\.(\w+)$/, 'supplies.$1');

const LONGEST = 60;

function worded(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? 'null');
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
