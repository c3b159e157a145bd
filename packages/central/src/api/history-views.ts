/** Events, questions and exported readings as the API's shapes. */
import type { DeviceHistoryEvent, DeviceQuestion } from '@rsb/contract';
import { instant, isoInstant } from '@rsb/runtime';
import type { PlacedItem } from '../archive/raw-archive.ts';
import { ANSWERS, type DoubtfulCount, type Pages } from '../processing/index.ts';
import type { LocalDays } from '../processing/local-days.ts';
import { dayOfInterval } from '../processing/usage.ts';
import type { FindingRow, QuestionRow } from '../store/customer-results.ts';

const iso = (at: number): string => isoInstant(instant(at));

export const eventView = ({ key, at, kind, detail }: FindingRow): DeviceHistoryEvent => ({
  key,
  at: iso(at),
  kind,
  detail: JSON.parse(detail),
});

export function questionViews(rows: readonly QuestionRow[], days: LocalDays): DeviceQuestion[] {
  const views = rows.map((row) => questionView(row, days));
  return [...views.filter(({ answered }) => !answered), ...views.filter(({ answered }) => answered)];
}

function questionView(row: QuestionRow, days: LocalDays): DeviceQuestion {
  const counts: DoubtfulCount[] = JSON.parse(row.counts);
  const day = days.dateOf(dayOfInterval(row.from_at, row.to_at, days));
  const answers = ANSWERS.flatMap((answer) => {
    const pages: Record<string, Pages> = {};
    for (const { count, answers: possible } of counts) {
      const counted = possible.find((each) => each.answer === answer);
      if (counted) pages[count] = counted.pages;
    }
    return Object.keys(pages).length > 0 ? [{ answer, day, pages }] : [];
  });
  const given = ANSWERS.find((answer) => answer === row.answer);
  return {
    key: row.key,
    why: row.why,
    at: iso(row.at),
    from: iso(row.from_at),
    to: iso(row.to_at),
    counts: counts.map(({ count, before, after }) => ({ count, before, after })),
    answers,
    answered: given
      ? { answer: given, by: row.answered_by ?? '', reason: row.reason ?? '', at: iso(row.answered_at ?? 0) }
      : null,
  };
}

/** The item's own bytes stand in the line as they came. A line break among them stands between two values: JSON text has none inside. */
export function readingLine(
  { epochNo, receivedAt, raw }: PlacedItem,
  epoch: { readonly agent: string; readonly epoch: string } | undefined,
): string {
  const item = Buffer.from(raw)
    .toString('utf8')
    .replaceAll(/[\r\n]/g, ' ');
  return `{"box":${JSON.stringify(epoch?.agent ?? String(epochNo))},"receivedAt":"${iso(receivedAt)}","item":${item}}\n`;
}
