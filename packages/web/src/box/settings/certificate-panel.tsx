/** The certificate of the page: the box's own with its fingerprint, or the customer's. */
import type { CertificateView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TextArea } from '../../components/TextArea.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useLive, useNow } from '../box-context.tsx';
import { useAnswer } from '../use-answer.ts';

const SOON = 30 * 86_400_000;

export function CertificatePanel() {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(3_600_000);
  const { client } = useBox();
  const { session } = useLive();
  const toast = useToast();
  const { value: view, put, reload } = useAnswer<CertificateView>('/certificate');
  const [pem, setPem] = useState('');
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!view) return null;
  const isAdmin = session?.person?.role === 'admin';
  const take = async (method: 'PUT' | 'DELETE', body?: object) => {
    const ifMatch = view.fingerprint;
    const answer = await client.send<CertificateView>(method, '/certificate', body ? { body, ifMatch } : { ifMatch });
    setProblem(answer.ok ? null : answer.problem);
    // Another tab's certificate is shown; what was typed in here stays and can be saved over it.
    if (!answer.ok && answer.problem.kind === 'problem' && answer.problem.code === 'changedElsewhere') await reload();
    if (!answer.ok) return;
    put(answer.value);
    setPem('');
    setKey('');
    toast({ text: m.certificate_used({}, lang) });
  };
  const at = (field: string) => faultAt(problem, field, lang);
  const isSoon = Date.parse(view.until) - now < SOON;
  return (
    <Panel
      title={m.certificate_title({}, lang)}
      fact={view.kind === 'own' ? m.certificate_own({}, lang) : m.certificate_customer({}, lang)}
      id="certificate"
    >
      {isSoon && <Banner icon="triangle-alert" fact={m.certificate_soon({}, lang)} />}
      <dl class="facts-list">
        <dt>{m.certificate_issuer({}, lang)}</dt>
        <dd>{view.issuer}</dd>
        <dt>{m.certificate_hosts({}, lang)}</dt>
        <dd>{view.hosts.join(', ')}</dd>
        <dt>{m.certificate_until({}, lang)}</dt>
        <dd title={dates.full(view.until)}>{dates.date(view.until)}</dd>
        <dt>{m.certificate_fingerprint({}, lang)}</dt>
        <dd class="fingerprint">
          {view.fingerprint} <CopyButton value={view.fingerprint} name={m.certificate_fingerprint({}, lang)} />
        </dd>
      </dl>
      {isAdmin && (
        <details class="advanced">
          <summary>{m.certificate_bring({}, lang)}</summary>
          <form
            class="stack"
            onSubmit={(event) => {
              event.preventDefault();
              void take('PUT', { certificate: pem, key });
            }}
          >
            {problem && !at('/certificate') && !at('/key') && (
              <Banner icon="circle-alert" fact={wordProblem(problem, lang)} />
            )}
            <TextArea
              label={m.certificate_pem({}, lang)}
              value={pem}
              mono
              rows={5}
              maxLength={100_000}
              placeholder="-----BEGIN CERTIFICATE-----"
              error={at('/certificate')}
              onInput={setPem}
            />
            <TextArea
              label={m.certificate_key({}, lang)}
              value={key}
              mono
              rows={5}
              maxLength={20_000}
              placeholder="-----BEGIN PRIVATE KEY-----"
              error={at('/key')}
              onInput={setKey}
            />
            <div class="row-of-buttons">
              <Button type="submit" disabled={pem.trim() === '' || key.trim() === ''}>
                {m.certificate_use({}, lang)}
              </Button>
              {view.kind === 'customer' && (
                <Button kind="quiet" onClick={() => void take('DELETE')}>
                  {m.certificate_back({}, lang)}
                </Button>
              )}
            </div>
          </form>
        </details>
      )}
    </Panel>
  );
}
