/** What was found out of ranges as a whole, and since when; of each the last word. */
import { RangeFinding, type UnreachedReason } from '@rsb/contract';
import type { Instant } from '@rsb/runtime';
import type { Database } from './database.ts';
import { instantAt, textAt } from './row.ts';

export interface FoundRange {
  readonly range: string;
  readonly finding: RangeFinding;
  readonly since: Instant;
}

/** Whether its machines could not be asked, so that their silence says nothing of them. */
export const isUnreached = (finding: RangeFinding): finding is UnreachedReason =>
  finding === 'noWay' || finding === 'allSilent';

export interface RangeFindings {
  all(): readonly FoundRange[];
  find(range: string): FoundRange | null;
  /** Answers whether it was something else before. */
  save(range: string, finding: RangeFinding | null, at: Instant): boolean;
}

export const rangeFindingSchema = `
CREATE TABLE range_finding (
  range TEXT PRIMARY KEY,
  finding TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

export function createRangeFindings(db: Database): RangeFindings {
  const known: readonly string[] = RangeFinding.enum;
  const isFinding = (text: string): text is RangeFinding => known.includes(text);
  const all = () =>
    db.all('SELECT range, finding, since FROM range_finding ORDER BY range').flatMap((row): FoundRange[] => {
      const finding = textAt(row, 'finding');
      return isFinding(finding) ? [{ range: textAt(row, 'range'), finding, since: instantAt(row, 'since') }] : [];
    });
  const find = (range: string) => all().find((found) => found.range === range) ?? null;
  return {
    all,
    find,
    save(range, finding, at) {
      if ((find(range)?.finding ?? null) === finding) return false;
      if (finding === null) db.run('DELETE FROM range_finding WHERE range = ?', range);
      else {
        db.run(
          'INSERT OR REPLACE INTO range_finding (range, finding, since) VALUES (?, ?, ?)',
          range,
          finding,
          Math.round(at),
        );
      }
      return true;
    },
  };
}
