/** When the box looks for machines and when it reads them. */
import { m } from '@rsb/messages';
import { Panel } from '../../components/Panel.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBoxView, useNow } from '../box-context.tsx';
import { isTimeOfDay, timeOfDay } from './draft.ts';
import type { SettingsState } from './settings-state.ts';

export function TimesSection({ settings }: { readonly settings: SettingsState }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(60_000);
  const box = useBoxView();
  const { draft, edit, errorAt } = settings;
  const every = (minutes: string) => {
    const count = Number(minutes);
    if (!Number.isInteger(count) || count < 5) return m.minutes_hint({}, lang);
    return count % 60 === 0
      ? m.every_hours({ count: count / 60, hours: String(count / 60) }, lang)
      : m.times_a_day({ count: Math.floor(1440 / count), times: String(Math.floor(1440 / count)) }, lang);
  };
  return (
    <>
      <header class="settings-title">
        <div>
          <h1>{m.section_times({}, lang)}</h1>
          <p>{m.times_about({ zone: draft.zone }, lang)}</p>
        </div>
      </header>
      <Panel>
        <div class="form-grid">
          <TextField
            label={m.set_scan({}, lang)}
            value={draft.scan}
            inputClass="num input-number"
            maxLength={10}
            hint={m.scan_hint({}, lang)}
            error={isTimeOfDay(timeOfDay(draft.scan)) ? errorAt('/times/scan') : m.time_hint({}, lang)}
            onBlur={() => edit({ scan: timeOfDay(draft.scan) })}
            onInput={(scan) => edit({ scan })}
          />
          <span />
          <TextField
            label={m.set_counters({}, lang)}
            value={draft.counters}
            inputMode="numeric"
            inputClass="num input-number"
            after={m.minutes({}, lang)}
            hint={every(draft.counters)}
            error={errorAt('/times/counters')}
            onInput={(counters) => edit({ counters })}
          />
          <TextField
            label={m.set_state({}, lang)}
            value={draft.state}
            inputMode="numeric"
            inputClass="num input-number"
            after={m.minutes({}, lang)}
            hint={every(draft.state)}
            error={errorAt('/times/state')}
            onInput={(state) => edit({ state })}
          />
        </div>
      </Panel>
      <Panel title={m.what_comes({}, lang)}>
        <dl class="facts-list num">
          <dt>{m.next_scan({}, lang)}</dt>
          <dd>{box.nextScan ? dates.near(box.nextScan, now) : m.not_before_range({}, lang)}</dd>
          <dt>{m.next_read({}, lang)}</dt>
          <dd>{box.nextRead ? dates.near(box.nextRead, now) : m.not_before_range({}, lang)}</dd>
          <dt>{m.last_scan({}, lang)}</dt>
          <dd>{box.lastScan ? dates.near(box.lastScan.finishedAt, now) : '–'}</dd>
          <dt>{m.last_read({}, lang)}</dt>
          <dd>{box.lastRead ? dates.near(box.lastRead, now) : '–'}</dd>
        </dl>
      </Panel>
    </>
  );
}
