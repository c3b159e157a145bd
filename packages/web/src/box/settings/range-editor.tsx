/** One range, edited in place: checked as it is typed, credentials in the order in which they are tried. */
import type { RangeFinding } from '@rsb/contract';
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { TextField } from '../../components/TextField.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { CredentialList } from './credential-list.tsx';
import type { RangeDraft } from './draft.ts';
import { findingSentence } from './finding-note.tsx';
import { isPermitted } from './hours.ts';
import { HoursEditor } from './hours-editor.tsx';
import type { SettingsState } from './settings-state.ts';
import { type RangeCheckState, useRangeCheck } from './use-range-check.ts';
import './range-editor.css';

export interface RangeEditorProps {
  readonly range: RangeDraft;
  /** Its place in the document that is edited. */
  readonly at: number;
  readonly settings: SettingsState;
  readonly finding: RangeFinding | null;
  /** Where the page has no column for it: below the range it belongs to. */
  readonly estimate: ComponentChildren;
  readonly onChange: (part: Partial<RangeDraft>) => void;
  readonly onClose: () => void;
  readonly onRemove: () => void;
}

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

/** "254 addresses, 192.168.10.1 to 192.168.10.254." */
export function checkText(check: RangeCheckState, lang: Lang): string | null {
  if (check.state !== 'known') return null;
  const { addresses, first, last } = check.check;
  const shown = { count: addresses, addresses: formatCount(addresses, lang), first, last };
  return addresses === 1 ? m.range_one_address({ first }, lang) : m.range_means(shown, lang);
}

export function RangeEditor(props: RangeEditorProps) {
  const { range, at, settings, finding, estimate, onChange, onClose, onRemove } = props;
  const lang = useLang();
  const check = useRangeCheck(range.range);
  const [asking, setAsking] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (range.range === '') first.current?.focus();
  }, []);
  const saved = range.origin === null ? undefined : settings.base.ranges[range.origin];
  const was = saved && saved.range !== range.range.trim() ? m.range_was({ range: saved.range }, lang) : null;
  const hint = [checkText(check, lang) ?? m.range_examples({}, lang), was].filter(Boolean).join(' ');
  // Open where something is set there, or wrong there; a reader who closes it keeps it closed.
  const [wasSet] = useState(range.hours !== null || range.kilobytesPerHour !== '');
  const isAdvanced = wasSet || settings.errorAt(`/ranges/${at}/kilobytesPerHour`) !== undefined;
  const scanHour = Number(settings.draft.scan.slice(0, 2));
  const scanOutside =
    range.hours?.some((list) => list.length > 0) === true &&
    range.hours.some((list, day) => list.length > 0 && !isPermitted(range.hours, day, scanHour));
  return (
    <div class="range-editor">
      {finding && (
        <Banner
          icon="triangle-alert"
          fact={findingSentence(finding, settings.draft.snmpPort, lang)}
          action={
            finding === 'echoFiltered' &&
            range.ping && <Button onClick={() => onChange({ ping: false })}>{m.finding_without_ping({}, lang)}</Button>
          }
        />
      )}
      <div class="form-grid">
        <TextField
          label={m.set_range({}, lang)}
          value={range.range}
          inputRef={first}
          inputClass="num"
          maxLength={1000}
          hint={hint}
          error={check.state === 'wrong' ? check.reason : settings.errorAt(`/ranges/${at}/range`)}
          onInput={(text) => onChange({ range: text })}
        />
        <TextField
          label={m.set_note({}, lang)}
          value={range.note}
          maxLength={255}
          spellcheck
          hint={m.note_hint({}, lang)}
          onInput={(note) => onChange({ note })}
        />
        {estimate && <div class="form-wide range-estimate">{estimate}</div>}
        <CredentialList range={range} at={at} settings={settings} onChange={onChange} />
        <div class="stack">
          <TextField
            label={m.range_limit({}, lang)}
            value={range.packetsPerSecond}
            inputMode="decimal"
            inputClass="num input-number"
            after={m.packets_per_second({}, lang)}
            hint={m.zero_no_limit({}, lang)}
            error={settings.errorAt(`/ranges/${at}/packetsPerSecond`)}
            onInput={(packetsPerSecond) => onChange({ packetsPerSecond })}
          />
          <div>
            <Checkbox checked={range.ping} onChange={(ping) => onChange({ ping })}>
              {m.ping_first({}, lang)}
            </Checkbox>
            <p class="hint range-ping-hint">{m.ping_first_hint({}, lang)}</p>
          </div>
        </div>
      </div>
      <details class="advanced" open={isAdvanced}>
        <summary>{m.advanced({}, lang)}</summary>
        <div class="stack">
          <TextField
            label={m.set_kilobytes_hour({}, lang)}
            value={range.kilobytesPerHour}
            inputMode="numeric"
            inputClass="num input-number"
            after={m.kilobytes_per_hour({}, lang)}
            hint={m.empty_no_limit({}, lang)}
            error={settings.errorAt(`/ranges/${at}/kilobytesPerHour`)}
            onInput={(kilobytesPerHour) => onChange({ kilobytesPerHour })}
          />
          <HoursEditor
            hours={range.hours}
            onChange={(hours) => onChange({ hours })}
            warning={scanOutside ? m.hours_scan_outside({ time: settings.draft.scan }, lang) : undefined}
          />
        </div>
      </details>
      <div class="range-foot">
        <Button onClick={onClose}>{m.close({}, lang)}</Button>
        <Button kind="danger" icon="trash-2" onClick={() => (range.origin === null ? onRemove() : setAsking(true))}>
          {m.range_remove({}, lang)}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        title={m.range_remove_title({ range: range.range }, lang)}
        confirm={m.range_remove_confirm({ range: range.range }, lang)}
        cancel={m.cancel({}, lang)}
        danger
        onConfirm={onRemove}
        onClose={() => setAsking(false)}
      >
        {m.range_remove_about({}, lang)}
      </ConfirmDialog>
    </div>
  );
}
