/** Backup and restore: one file; what a restore changes is shown before it is saved. */
import type { BackupFile, RestoreCheck } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { saveBlob } from '../../export/save-file.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useBoxView } from '../box-context.tsx';
import { settingValue } from './setting-values.ts';
import { settingWord } from './setting-words.ts';
import type { SettingsState } from './settings-state.ts';
import './people-section.css';

/** Sealing takes a small box its time. */
const PATIENCE = 60_000;

export function BackupSection({ settings }: { readonly settings: SettingsState }) {
  const lang = useLang();
  return (
    <>
      <header class="settings-title">
        <div>
          <h1>{m.section_backup({}, lang)}</h1>
          <p>{m.backup_about({}, lang)}</p>
        </div>
      </header>
      <MakeBackup />
      <Restore onDone={settings.discard} />
    </>
  );
}

function MakeBackup() {
  const lang = useLang();
  const { client } = useBox();
  const { agent } = useBoxView();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    const body = passphrase === '' ? {} : { passphrase };
    const answer = await client.send<BackupFile>('POST', '/backup', { body, patience: PATIENCE });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    const name = `rsb-box-${agent ?? 'settings'}-${answer.value.madeAt.slice(0, 10)}.json`;
    saveBlob(name, new Blob([JSON.stringify(answer.value, null, 2)], { type: 'application/json' }));
    setPassphrase('');
  };
  const atPassphrase = faultAt(problem, '/passphrase', lang);
  return (
    <Panel title={m.backup_make({}, lang)} id="backup">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        {problem && !atPassphrase && <Banner icon="circle-alert" fact={wordProblem(problem, lang)} />}
        <div class="form-grid">
          <PasswordField
            label={m.backup_passphrase({}, lang)}
            value={passphrase}
            autocomplete="new-password"
            hint={m.backup_passphrase_hint({}, lang)}
            error={atPassphrase}
            onInput={setPassphrase}
          />
        </div>
        <div>
          <Button type="submit" icon="download" busy={busy && m.saving({}, lang)}>
            {m.backup_save({}, lang)}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function Restore({ onDone }: { readonly onDone: () => void }) {
  const lang = useLang();
  const { client } = useBox();
  const toast = useToast();
  const [file, setFile] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [check, setCheck] = useState<RestoreCheck | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async (path: '/restore/check' | '/restore') => {
    setBusy(true);
    const answer = await client.send<RestoreCheck>('POST', path, {
      body: { file: file ?? '', ...(passphrase === '' ? {} : { passphrase }) },
      patience: PATIENCE,
      ...(check === null ? {} : { ifMatch: check.revision }),
    });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok && path === '/restore/check') setCheck(answer.value);
    else setCheck(null);
    if (answer.ok && path === '/restore') {
      setFile(null);
      setPassphrase('');
      onDone();
      toast({ text: m.restore_done({}, lang) });
    }
  };
  const atFile = faultAt(problem, '/file', lang);
  const atPassphrase = faultAt(problem, '/passphrase', lang);
  return (
    <Panel title={m.restore_title({}, lang)} id="restore">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void ask('/restore/check');
        }}
      >
        {problem && !atFile && !atPassphrase && <Banner icon="circle-alert" fact={wordProblem(problem, lang)} />}
        <div class="form-grid">
          <Field label={m.restore_file({}, lang)} error={atFile}>
            {(binding) => (
              <input
                {...binding}
                class="input input-file"
                type="file"
                accept="application/json,.json"
                onChange={(event) => {
                  const [chosen] = event.currentTarget.files ?? [];
                  setCheck(null);
                  setProblem(null);
                  void chosen?.text().then(setFile);
                }}
              />
            )}
          </Field>
          <PasswordField
            label={m.restore_passphrase({}, lang)}
            value={passphrase}
            autocomplete="off"
            hint={m.restore_passphrase_hint({}, lang)}
            error={atPassphrase}
            onInput={(text) => {
              setPassphrase(text);
              setCheck(null);
            }}
          />
        </div>
        <div>
          <Button type="submit" disabled={file === null} busy={busy && m.loading({}, lang)}>
            {m.restore_look({}, lang)}
          </Button>
        </div>
      </form>
      {check && <Changes check={check} busy={busy} onRestore={() => void ask('/restore')} />}
    </Panel>
  );
}

interface ChangesProps {
  readonly check: RestoreCheck;
  readonly busy: boolean;
  readonly onRestore: () => void;
}

function Changes({ check, busy, onRestore }: ChangesProps) {
  const lang = useLang();
  const dates = useDates();
  const { changes, isSealed, missing, madeAt, version } = check;
  return (
    <div class="stack restore-changes" role="status">
      <p class="fact">{m.restore_made({ day: dates.date(madeAt), version }, lang)}</p>
      {isSealed && <Banner icon="key-round" fact={m.restore_sealed({}, lang)} />}
      {missing.length > 0 && <Banner icon="key-round" fact={m.restore_missing({ names: missing.join(', ') }, lang)} />}
      {changes.length === 0 ? (
        <p>{m.restore_nothing({}, lang)}</p>
      ) : (
        <table class="plain-table">
          <thead>
            <tr>
              <th scope="col">{m.setting({}, lang)}</th>
              <th scope="col">{m.change_before_after({}, lang)}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ path, old, new: fresh }) => (
              <tr key={path}>
                <td>{settingWord(path, lang)}</td>
                <td class="change-values">
                  {settingValue(path, old, lang) || '–'} → {settingValue(path, fresh, lang) || '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div>
        <Button kind="primary" disabled={busy} onClick={onRestore}>
          {m.restore_now({}, lang)}
        </Button>
      </div>
    </div>
  );
}
