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
import { type Language, useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import { LoadedPart } from '../loaded-part.tsx';
import { SavedMeanwhile } from '../saved-meanwhile.tsx';
import { useDraft } from '../use-draft.ts';
import { useResource } from '../use-resource.ts';

const FRESH: MailServer = { host: '', port: 587, security: 'startTls', authority: null, user: null, from: '' };

export function MailServerPanel() {
  const lang = useLang();
  const found = useResource<MailServerView>('/alerts/mail-server');
  return (
    <Panel id="mail-server" title={m.mail_server({}, lang)} fact={found.value?.server?.host}>
      <LoadedPart of={found} onRetry={() => void found.reload()}>
        {(view) => <MailServerForm view={view} onReload={() => void found.reload()} />}
      </LoadedPart>
    </Panel>
  );
}

/** As the form holds it: the password only while it is typed. */
type Fields = Omit<MailServer, 'password'> & { readonly password: string };
const fieldsOf = ({ server }: MailServerView): Fields => ({ ...(server ?? FRESH), password: '' });

/** As the form names it, and as it shows what is saved. */
function fieldWords(name: keyof Fields, server: Fields, lang: Language): { name: string; value: string } | null {
  switch (name) {
    case 'host':
      return { name: m.mail_host({}, lang), value: server.host };
    case 'port':
      return { name: m.mail_port({}, lang), value: String(server.port) };
    case 'security':
      return { name: m.mail_security({}, lang), value: securityWord(server.security, lang) };
    case 'from':
      return { name: m.mail_from({}, lang), value: server.from };
    case 'user':
      return { name: m.mail_user({}, lang), value: server.user ?? '' };
    case 'authority':
      return { name: m.mail_authority({}, lang), value: server.authority === null ? '' : m.yes({}, lang) };
    case 'password':
      return null;
  }
}

function securityWord(security: MailServer['security'], lang: Language): string {
  switch (security) {
    case 'startTls':
      return m.mail_security_start_tls({}, lang);
    case 'tls':
      return m.mail_security_tls({}, lang);
    case 'none':
      return m.mail_security_none({}, lang);
  }
}

const SECURITIES = ['startTls', 'tls', 'none'] as const;

function MailServerForm({ view, onReload }: { readonly view: MailServerView; readonly onReload: () => void }) {
  const lang = useLang();
  const { client } = useCentral();
  const toast = useToast();
  const { draft, set, base, theirs, begin } = useDraft(view, fieldsOf);
  const { password, ...server } = draft;
  const [problem, setProblem] = useState<Problem | null>(null);
  const at = (path: string) => faultAt(problem, path, lang);
  const changes = theirs.flatMap((name) => fieldWords(name, fieldsOf(base), lang) ?? []);
  const save = async () => {
    const body = { ...server, ...(password === '' ? {} : { password }) };
    const answer = await client.send<MailServerView>('PUT', '/alerts/mail-server', { body, ifMatch: base.revision });
    setProblem(answer.ok ? null : answer.problem);
    // Where somebody was faster, that shows what they saved.
    onReload();
    if (!answer.ok) return;
    begin(answer.value);
    toast({ text: m.mail_saved({}, lang) });
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
      <SavedMeanwhile
        changes={changes}
        onTakeTheirs={() => {
          begin(base);
          setProblem(null);
        }}
      />
      {problem && changes.length === 0 && <Banner kind="crit" icon="circle-alert" fact={wordProblem(problem, lang)} />}
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
          choices={SECURITIES.map((value) => ({ value, text: securityWord(value, lang) }))}
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
          onInput={(text) => set({ password: text })}
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
