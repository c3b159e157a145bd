/** How old a part of a machine's values is, and what stands where it was never read. */
import type { ReadGroup } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import { agoText } from '../../format/age.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBoxView } from '../box-context.tsx';

export interface PartAgeProps {
  readonly part: { readonly takenAt: string } | null;
  readonly now: number;
}

export function PartAge({ part, now }: PartAgeProps) {
  const lang = useLang();
  const dates = useDates();
  return part ? <span title={dates.full(part.takenAt)}>{agoText(part.takenAt, now, dates, lang)}</span> : null;
}

export interface NotReadProps {
  readonly group: ReadGroup;
}

/** Never read so far, or switched off for all machines. */
export function NotRead({ group }: NotReadProps) {
  const lang = useLang();
  const { whatToRead } = useBoxView();
  if (whatToRead[group]) return <p class="panel-body fact">{m.state_not_read({}, lang)}</p>;
  return (
    <p class="panel-body fact">
      {wordFault({ code: 'notAsked', params: {} }, lang.locale)}{' '}
      <a href="/settings/reading">{m.section_reading({}, lang)}</a>
    </p>
  );
}
