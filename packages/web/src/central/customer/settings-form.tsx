/** Networks, logins, proxy and time of the daily scan, as they are proposed to a box or prepared for the next one. */
import type { ProposedSettings } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { TextArea } from '../../components/TextArea.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { credentialOf, isFineLogin, type LoginDraft, LoginFields, newLogin } from './login-fields.tsx';
import { isFineProxy, NO_PROXY, ProxyFields, proxyOf } from './proxy-fields.tsx';
import './settings-form.css';

/** Packets a second for a range, as at a first start by hand. */
const RATE = 10;
/** As many as a range can name. */
const MOST_LOGINS = 10;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export interface SettingsFormProps {
  readonly submit: string;
  readonly hint: string;
  /** True where it was taken: the form is empty again then. */
  readonly onSubmit: (settings: ProposedSettings) => Promise<boolean>;
  readonly onCancel?: () => void;
}

export function SettingsForm({ submit, hint, onSubmit, onCancel }: SettingsFormProps) {
  const lang = useLang();
  const [ranges, setRanges] = useState('');
  const [logins, setLogins] = useState<readonly LoginDraft[]>([newLogin(0)]);
  const [proxy, setProxy] = useState(NO_PROXY);
  const [scan, setScan] = useState('09:00');
  const [busy, setBusy] = useState(false);
  const lines = ranges
    .split(/\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  const isFine = lines.length > 0 && TIME.test(scan) && logins.every(isFineLogin) && isFineProxy(proxy);
  const send = async () => {
    setBusy(true);
    const taken = await onSubmit({ ...settingsOf(lines, logins, scan), ...proxyOf(proxy) });
    setBusy(false);
    if (!taken) return;
    // Secrets stay on no page longer than they are needed.
    setRanges('');
    setLogins([newLogin(0)]);
    setProxy(NO_PROXY);
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
      {logins.map((login, at) => (
        <LoginFields
          key={login.key}
          login={login}
          number={at + 1}
          onChange={(next) => setLogins(logins.map((each) => (each.key === login.key ? next : each)))}
          onRemove={logins.length > 1 ? () => setLogins(logins.filter(({ key }) => key !== login.key)) : null}
        />
      ))}
      {logins.length < MOST_LOGINS && (
        <div class="row-of-buttons">
          <Button
            small
            icon="plus"
            onClick={() => setLogins([...logins, newLogin(1 + Math.max(...logins.map(({ key }) => key)))])}
          >
            {m.login_add({}, lang)}
          </Button>
        </div>
      )}
      <ProxyFields proxy={proxy} onChange={setProxy} />
      <TextField
        label={m.propose_scan_time({}, lang)}
        value={scan}
        maxLength={5}
        inputClass="num input-number"
        onInput={setScan}
      />
      <p class="row-of-buttons">
        <Button kind="primary" type="submit" disabled={!isFine} busy={busy && m.propose_sending({}, lang)}>
          {submit}
        </Button>
        {onCancel && <Button onClick={onCancel}>{m.cancel({}, lang)}</Button>}
      </p>
    </form>
  );
}

function settingsOf(lines: readonly string[], logins: readonly LoginDraft[], scan: string): ProposedSettings {
  const all = logins.map(credentialOf);
  const credentials = all.filter(({ id }, at) => all.findIndex((each) => each.id === id) === at);
  return {
    ranges: lines.map((range) => ({
      range,
      note: '',
      credentials: credentials.map(({ id }) => id),
      packetsPerSecond: RATE,
      kilobytesPerHour: null,
      hours: null,
      ping: true,
      on: true,
    })),
    credentials,
    times: { scan, counters: 60, state: 60 },
  };
}
