/** The line to central: address, proxy, own authority, and the one-time code that enrols this box. */
import { m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import { useState } from 'preact/hooks';
import { Banner } from '../../components/Banner.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { Switch } from '../../components/Switch.tsx';
import { TextArea } from '../../components/TextArea.tsx';
import { TextField } from '../../components/TextField.tsx';
import { agoText } from '../../format/age.ts';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBoxView, useNow } from '../box-context.tsx';
import { EnrolForm } from '../enrolment/enrol-form.tsx';
import type { SettingsState } from './settings-state.ts';

export function CentralSection({ settings }: { readonly settings: SettingsState }) {
  const lang = useLang();
  const box = useBoxView();
  const { draft, edit, errorAt, base } = settings;
  const { proxy } = draft;
  // Kept apart from the document: enrolment saves the address itself.
  const [url, setUrl] = useState(draft.centralUrl);
  return (
    <>
      <header class="settings-title">
        <div>
          <h1>{m.section_central({}, lang)}</h1>
          <p>{m.central_about({}, lang)}</p>
        </div>
      </header>
      <LineState />
      {box.agent === null && (
        <Panel title={m.enrolment({}, lang)} fact={m.enrolment_fact({}, lang)}>
          <EnrolForm url={url} onUrl={setUrl} />
        </Panel>
      )}
      <Panel title={m.the_line({}, lang)}>
        <div class="form-grid">
          {box.agent !== null && (
            <TextField
              label={m.set_central_url({}, lang)}
              type="url"
              value={draft.centralUrl}
              maxLength={500}
              placeholder="https://central.example"
              error={errorAt('/central/url')}
              onInput={(centralUrl) => edit({ centralUrl })}
            />
          )}
          <div class="form-line form-wide">
            <Switch
              on={proxy !== null}
              label={m.proxy_use({}, lang)}
              onChange={(on) => edit({ proxy: on ? { url: '', user: '', exceptions: '' } : null })}
            />
            <div>
              <b>{m.proxy_use({}, lang)}</b>
              <p>{m.proxy_about({}, lang)}</p>
            </div>
          </div>
          {proxy && (
            <>
              <TextField
                label={m.set_proxy({}, lang)}
                type="url"
                value={proxy.url}
                maxLength={500}
                placeholder="http://proxy.example:3128"
                error={errorAt('/central/proxy/url')}
                onInput={(url) => edit({ proxy: { ...proxy, url } })}
              />
              <TextField
                label={m.set_proxy_exceptions({}, lang)}
                value={proxy.exceptions}
                hint={m.proxy_exceptions_hint({}, lang)}
                error={errorAt('/central/proxy/exceptions')}
                onInput={(exceptions) => edit({ proxy: { ...proxy, exceptions } })}
              />
              <TextField
                label={m.set_proxy_user({}, lang)}
                value={proxy.user}
                maxLength={255}
                hint={m.proxy_user_hint({}, lang)}
                onInput={(user) => edit({ proxy: { ...proxy, user } })}
              />
              <PasswordField
                label={m.set_proxy_password({}, lang)}
                value={draft.proxyPassword ?? ''}
                autocomplete="off"
                {...(base.proxyPasswordSet ? { placeholder: m.set_never_shown({}, lang) } : {})}
                onInput={(text) => edit({ proxyPassword: text === '' && !base.proxyPasswordSet ? null : text })}
              />
            </>
          )}
          <div class="form-wide">
            <TextArea
              label={m.set_ca({}, lang)}
              value={draft.ca}
              mono
              rows={5}
              maxLength={100_000}
              placeholder="-----BEGIN CERTIFICATE-----"
              hint={m.ca_hint({}, lang)}
              error={errorAt('/central/ca')}
              onInput={(ca) => edit({ ca })}
            />
          </div>
        </div>
      </Panel>
    </>
  );
}

function LineState() {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(10_000);
  const { central, agent, dealer, customer } = useBoxView();
  const states = {
    notSet: m.line_not_set,
    notEnrolled: m.line_not_enrolled,
    waiting: m.line_waiting,
    reached: m.line_reached,
    notReached: m.line_not_reached,
  } as const;
  return (
    <Panel title={m.line_state({}, lang)} fact={states[central.state]({}, lang)} flush>
      {central.fault && <Banner icon="cloud-off" fact={wordFault(central.fault, lang.locale)} />}
      <dl class="facts-list panel-body">
        <dt>{m.agent_number({}, lang)}</dt>
        <dd class="num">{agent ?? m.not_enrolled_plain({}, lang)}</dd>
        {dealer && (
          <>
            <dt>{m.dealer({}, lang)}</dt>
            <dd>{[dealer.name, dealer.hotline].filter(Boolean).join(', ')}</dd>
          </>
        )}
        {customer && (
          <>
            <dt>{m.customer({}, lang)}</dt>
            <dd>{customer}</dd>
          </>
        )}
        <dt>{m.last_reached({}, lang)}</dt>
        <dd title={central.lastReached ? dates.full(central.lastReached) : undefined}>
          {central.lastReached ? agoText(central.lastReached, now, dates, lang) : '–'}
        </dd>
        <dt>{m.waiting_payloads({}, lang)}</dt>
        <dd class="num">{formatCount(central.waiting, lang)}</dd>
        {central.quarantined > 0 && (
          <>
            <dt>{m.put_aside({}, lang)}</dt>
            <dd class="num">{formatCount(central.quarantined, lang)}</dd>
          </>
        )}
      </dl>
    </Panel>
  );
}
