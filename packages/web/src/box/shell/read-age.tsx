/** When a machine's values were read, and whether it told all that it was asked. */
import { m } from '@rsb/messages';
import { agoText } from '../../format/age.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import type { MachineRow } from '../machines/machine-row.ts';

export function ReadAge({ row, now }: { readonly row: MachineRow; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  const { readAt, device } = row;
  if (readAt === null) return <span class="fact">{m.state_not_read({}, lang)}</span>;
  const state = device.completeness?.state;
  const ago = agoText(readAt, now, dates, lang);
  const words =
    state === 'complete'
      ? m.read_complete({ ago }, lang)
      : state === 'partial'
        ? m.read_partial({ ago }, lang)
        : m.read_at({ ago }, lang);
  return (
    <span class="fact" title={dates.full(readAt)}>
      {words}
    </span>
  );
}
