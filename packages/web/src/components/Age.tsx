/** How old something is, with the exact moment in the title; it grows while the page is open. */
import { ageText } from '../format/age.ts';
import { useDates } from '../format/dates-context.tsx';
import { useLang } from '../language/language.tsx';

export interface AgeProps {
  readonly at: string;
  /** Milliseconds since 1970 by the clock of the machine that told `at`. */
  readonly now: number;
}

export function Age({ at, now }: AgeProps) {
  const lang = useLang();
  const dates = useDates();
  return (
    <time dateTime={at} title={dates.full(at)}>
      {ageText(at, now, dates, lang)}
    </time>
  );
}
