/** The password of this box, and who may look without it. */
import type { SessionView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { Switch } from '../../components/Switch.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox } from '../box-context.tsx';
import { CertificatePanel } from './certificate-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';
import type { SettingsState } from './settings-state.ts';

export function PasswordSection({ settings }: { readonly settings: SettingsState }) {
  const lang = useLang();
  const { draft, edit, errorAt } = settings;
  return (
    <>
      <header class="settings-title">
        <div>
          <h1>{m.section_password({}, lang)}</h1>
          <p>{m.password_about({}, lang)}</p>
        </div>
      </header>
      <ChangePassword />
      <SessionsPanel />
      <Panel title={m.who_may_look({}, lang)}>
        <div class="stack">
          <div class="form-line">
            <Switch
              on={draft.openReading}
              label={m.set_open_reading({}, lang)}
              onChange={(openReading) => edit({ openReading })}
            />
            <div>
              <b>{m.set_open_reading({}, lang)}</b>
              <p>{draft.openReading ? m.open_reading_on({}, lang) : m.open_reading_off({}, lang)}</p>
            </div>
          </div>
          <TextField
            label={m.set_host_names({}, lang)}
            value={draft.hostNames}
            hint={m.host_names_hint({}, lang)}
            error={errorAt('/hostNames') ?? errorAt('/hostNames/0')}
            onInput={(hostNames) => edit({ hostNames })}
          />
        </div>
      </Panel>
      <CertificatePanel />
    </>
  );
}

function ChangePassword() {
  const lang = useLang();
  const { client, live } = useBox();
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const atCurrent = faultAt(problem, '/current', lang);
  const atNext = faultAt(problem, '/next', lang);
  const change = async () => {
    setBusy(true);
    const answer = await client.send<SessionView>('PUT', '/password', { body: { current, next } });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    live.setSession(answer.value);
    setCurrent('');
    setNext('');
    toast({ text: m.password_changed({}, lang) });
  };
  return (
    <Panel title={m.change_password({}, lang)}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        {problem && !atCurrent && !atNext && (
          <Banner kind="warn" icon="circle-alert" fact={wordProblem(problem, lang)} />
        )}
        <div class="form-grid">
          <PasswordField
            label={m.password_current({}, lang)}
            value={current}
            autocomplete="current-password"
            error={atCurrent}
            onInput={setCurrent}
          />
          <PasswordField
            label={m.password_next({}, lang)}
            value={next}
            autocomplete="new-password"
            hint={m.password_rule({}, lang)}
            error={atNext}
            onInput={setNext}
          />
        </div>
        <div>
          <Button type="submit" disabled={current === '' || next === ''} busy={busy && m.saving({}, lang)}>
            {m.change_password({}, lang)}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
