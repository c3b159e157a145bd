/** The dealer's mail server. Its password is write-only. */
import type { MailServer, MailServerView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import { LoadedPart } from '../loaded-part.tsx';
import { useResource } from '../use-resource.ts';

const FRESH: MailServer = { host: '', port: 587, security: 'startTls', authority: null, user: null, from: '' };

export function MailServerPanel() {
  const lang = useLang();
  const found = useResource<MailServerView>('/alerts/mail-server');
  return (
    <Panel title={m.mail_server({}, lang)} fact={found.value?.server?.host}>
      <LoadedPart of={found} onRetry={() => void found.reload()}>
        {(view) => <MailServerForm key={view.revision} view={view} onSaved={() => void found.reload()} />}
      </LoadedPart>
    </Panel>
  );
}

function MailServerForm({ view, onSaved }: { readonly view: MailServerView; readonly onSaved: () => void }) {
  const lang = useLang();
  const { client } = useCentral();
  const toast = useToast();
  const [server, setServer] = useState<MailServer>(view.server ?? FRESH);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const at = (path: string) => faultAt(problem, path, lang);
  const set = (change: Partial<MailServer>) => setServer({ ...server, ...change });
  const save = async () => {
    const body = { ...server, ...(password === '' ? {} : { password }) };
    const answer = await client.send('PUT', '/alerts/mail-server', { body, ifMatch: view.revision });
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    toast({ text: m.mail_saved({}, lang) });
    onSaved();
  };
  return (
    <form
      class="mail-server"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {view.server === null && <p class="fact">{m.mail_server_none({}, lang)}</p>}
      {problem && <Banner kind="crit" icon="circle-alert" fact={wordProblem(problem, lang)} />}
      <div class="rule-form">
        <TextField
          label={m.mail_host({}, lang)}
          value={server.host}
          required
          error={at('/host')}
          onInput={(host) => set({ host })}
        />
        <TextField
          label={m.mail_port({}, lang)}
          type="number"
          inputMode="numeric"
          value={String(server.port)}
          error={at('/port')}
          onInput={(text) => /^\d{1,5}$/.test(text) && set({ port: Number(text) })}
        />
        <SelectField
          label={m.mail_security({}, lang)}
          value={server.security}
          choices={[
            { value: 'startTls', text: m.mail_security_start_tls({}, lang) },
            { value: 'tls', text: m.mail_security_tls({}, lang) },
            { value: 'none', text: m.mail_security_none({}, lang) },
          ]}
          error={at('/security')}
          onChange={(security) => set({ security })}
        />
        <TextField
          label={m.mail_from({}, lang)}
          value={server.from}
          required
          error={at('/from')}
          onInput={(from) => set({ from })}
        />
        <TextField
          label={m.mail_user({}, lang)}
          value={server.user ?? ''}
          autocomplete="off"
          onInput={(user) => set({ user: user === '' ? null : user })}
        />
        <PasswordField
          label={m.mail_password({}, lang)}
          value={password}
          autocomplete="off"
          hint={view.passwordSet ? m.mail_password_set({}, lang) : undefined}
          onInput={setPassword}
        />
      </div>
      <div class="alerts-more">
        <Button kind="primary" type="submit">
          {m.save({}, lang)}
        </Button>
      </div>
    </form>
  );
}
