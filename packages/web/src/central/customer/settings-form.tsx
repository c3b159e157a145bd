/** Networks, community and time of the daily scan, as they are proposed to a box or prepared for the next one. */
import type { ProposedSettings } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { TextArea } from '../../components/TextArea.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';

/** Packets a second for a range, as at a first start by hand. */
const RATE = 10;
const CREDENTIAL = 'prepared';
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export interface SettingsFormProps {
  readonly submit: string;
  readonly hint: string;
  readonly onSubmit: (settings: ProposedSettings) => Promise<void>;
  readonly onCancel?: () => void;
}

export function SettingsForm({ submit, hint, onSubmit, onCancel }: SettingsFormProps) {
  const lang = useLang();
  const [ranges, setRanges] = useState('');
  const [community, setCommunity] = useState('');
  const [scan, setScan] = useState('09:00');
  const [busy, setBusy] = useState(false);
  const lines = ranges
    .split(/\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  const isFine = lines.length > 0 && TIME.test(scan);
  const send = async () => {
    setBusy(true);
    await onSubmit(settingsOf(lines, community, scan));
    setBusy(false);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isFine) void send();
      }}
    >
      <TextArea label={m.propose_ranges({}, lang)} value={ranges} rows={3} hint={hint} onInput={setRanges} />
      <PasswordField
        label={m.propose_community({}, lang)}
        value={community}
        autocomplete="off"
        hint={m.propose_community_hint({}, lang)}
        onInput={setCommunity}
      />
      <TextField label={m.propose_scan_time({}, lang)} value={scan} maxLength={5} onInput={setScan} />
      <p class="row-of-buttons">
        <Button kind="primary" type="submit" disabled={!isFine} busy={busy && m.propose_sending({}, lang)}>
          {submit}
        </Button>
        {onCancel && <Button onClick={onCancel}>{m.cancel({}, lang)}</Button>}
      </p>
    </form>
  );
}

function settingsOf(lines: readonly string[], community: string, scan: string): ProposedSettings {
  const id = community === '' || community === 'public' ? 'public' : CREDENTIAL;
  return {
    ranges: lines.map((range) => ({
      range,
      note: '',
      credentials: [id],
      packetsPerSecond: RATE,
      kilobytesPerHour: null,
      hours: null,
      ping: true,
      on: true,
    })),
    credentials: [{ id, version: 'v2c', community: community || 'public' }],
    times: { scan, counters: 60, state: 60 },
  };
}
