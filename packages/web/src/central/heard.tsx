/** When something was last heard of: its age, a warning once it is silent for longer than a day and some grace. */
import { m } from '@rsb/messages';
import { Age } from '../components/Age.tsx';
import { Icon } from '../components/Icon.tsx';
import { useLang } from '../language/language.tsx';

const HOUR = 3_600_000;
/** A box reports every day at least; two hours of grace for a late start. */
export const SILENT_AFTER = 26 * HOUR;

export const isSilent = (at: string, now: number): boolean => now - Date.parse(at) > SILENT_AFTER;

export function Heard({
  at,
  now,
  watched = true,
}: {
  readonly at: string | null;
  readonly now: number;
  readonly watched?: boolean;
}) {
  const lang = useLang();
  if (at === null) return <span class="none">{m.never_heard({}, lang)}</span>;
  if (!watched || !isSilent(at, now)) return <Age at={at} now={now} />;
  return (
    <span class="heard-silent warn">
      <Icon name="unplug" size={14} /> <Age at={at} now={now} />
      <span class="visually-hidden"> {m.silent({}, lang)}</span>
    </span>
  );
}
