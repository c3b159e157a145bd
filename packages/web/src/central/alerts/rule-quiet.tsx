/** Hours in which nobody is told of a rule's alerts. */
import type { AlertRule } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Checkbox } from '../../components/Checkbox.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { Ticks } from './rule-fields.tsx';

interface QuietProps {
  readonly quiet: AlertRule['quiet'];
  readonly error: (path: string) => string | undefined;
  readonly onChange: (quiet: AlertRule['quiet']) => void;
}

export function QuietFields({ quiet, error, onChange }: QuietProps) {
  const lang = useLang();
  return (
    <div class="rule-quiet">
      <Checkbox
        checked={quiet !== null}
        onChange={(on) => onChange(on ? { from: '20:00', to: '06:00', days: [1, 2, 3, 4, 5, 6, 7] } : null)}
      >
        {m.rule_quiet({}, lang)}
      </Checkbox>
      <span class="second">{m.rule_quiet_hint({}, lang)}</span>
      {quiet && (
        <div class="rule-pair">
          <TextField
            label={m.rule_from({}, lang)}
            type="time"
            value={quiet.from}
            onInput={(from) => onChange({ ...quiet, from })}
          />
          <TextField
            label={m.rule_to({}, lang)}
            type="time"
            value={quiet.to}
            error={error('/quiet/to')}
            onInput={(to) => onChange({ ...quiet, to })}
          />
        </div>
      )}
      {quiet && (
        <Ticks
          legend={m.rule_quiet_days({}, lang)}
          all={WEEK}
          chosen={quiet.days.map(String)}
          word={(day) => weekday(Number(day), lang.locale)}
          onChange={(days) => {
            if (days.length > 0) onChange({ ...quiet, days: days.map(Number) });
          }}
        />
      )}
    </div>
  );
}

/** 1 = Monday, as rules count them. */
const WEEK = ['1', '2', '3', '4', '5', '6', '7'] as const;
/** 5 January 1970 was a Monday. */
const weekday = (day: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date((day + 3) * 86_400_000));
