/** How old a part of a machine's values is, and what stands where it was never read. */
import { m } from '@rsb/messages';
import { agoText } from '../../format/age.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';

export interface PartAgeProps {
  readonly part: { readonly takenAt: string } | null;
  readonly now: number;
}

export function PartAge({ part, now }: PartAgeProps) {
  const lang = useLang();
  const dates = useDates();
  return part ? <span title={dates.full(part.takenAt)}>{agoText(part.takenAt, now, dates, lang)}</span> : null;
}

export function NotRead() {
  const lang = useLang();
  return <p class="panel-body fact">{m.state_not_read({}, lang)}</p>;
}
