/** When something was last heard of: its age, a warning once it is silent for longer than a day and some grace. */
import { m } from '@rsb/messages';
import { Age } from '../components/Age.tsx';
import { Icon } from '../components/Icon.tsx';
import { useLang } from '../language/language.tsx';
import { isSilent, SILENT_HOURS } from './silence.ts';

export function Heard({
  at,
  now,
  hours = SILENT_HOURS,
  watched = true,
}: {
  readonly at: string | null;
  readonly now: number;
  /** What the settings say; left out: what they begin with. */
  readonly hours?: number;
  readonly watched?: boolean;
}) {
  const lang = useLang();
  if (at === null) return <span class="none">{m.never_heard({}, lang)}</span>;
  if (!watched || !isSilent(at, now, hours)) return <Age at={at} now={now} />;
  return (
    <span class="heard-silent warn">
      <Icon name="unplug" size={14} /> <Age at={at} now={now} />
      <span class="visually-hidden"> {m.silent({}, lang)}</span>
    </span>
  );
}
