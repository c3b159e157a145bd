/** Who is told, and how: mail channels, webhooks, the mail server. */
import type { AlertChannel, AlertChannelMade, AlertChannelView, ChannelTest } from '@rsb/contract';
import { m } from '@rsb/messages';
import { severityWord } from '@rsb/messages/alert-words';
import { useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { PageState } from '../../components/States.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import { LoadedPart } from '../loaded-part.tsx';
import { useResource } from '../use-resource.ts';
import { ChannelForm, newMail, newWebhook } from './channel-form.tsx';
import { MailServerPanel } from './mail-server-panel.tsx';

type Draft = { readonly id: string | null; readonly revision: number; readonly channel: AlertChannel };

export function ChannelsPart() {
  const lang = useLang();
  const { client } = useCentral();
  const toast = useToast();
  const channels = useResource<readonly AlertChannelView[]>('/alerts/channels');
  const [draft, setDraft] = useState<Draft | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [secret, setSecret] = useState<{ readonly name: string; readonly value: string } | null>(null);
  const begin = (next: Draft | null) => {
    setDraft(next);
    setProblem(null);
  };
  const save = async () => {
    if (!draft) return;
    const { id, revision, channel } = draft;
    const answer =
      id === null
        ? await client.send<AlertChannelMade>('POST', '/alerts/channels', { body: channel })
        : await client.send<AlertChannelMade>('PUT', `/alerts/channels/${id}`, { body: channel, ifMatch: revision });
    if (!answer.ok) return setProblem(answer.problem);
    if (answer.value.secret) setSecret({ name: channel.name, value: answer.value.secret });
    toast({ text: m.channel_saved({}, lang) });
    begin(null);
    void channels.reload();
  };
  return (
    <>
      <p class="fact alerts-about">{m.channels_about({}, lang)}</p>
      {secret && (
        <Banner
          kind="plain"
          icon="key-round"
          fact={`${secret.name}: ${m.channel_secret({}, lang)}`}
          next={
            <>
              <code class="channel-secret">{secret.value}</code> {m.channel_secret_once({}, lang)}
            </>
          }
        />
      )}
      <LoadedPart of={channels} onRetry={() => void channels.reload()}>
        {(list) => (
          <ul class="panel rules">
            {list.length === 0 && draft === null && (
              <li>
                <PageState title={m.channels_none({}, lang)}>{m.channels_none_next({}, lang)}</PageState>
              </li>
            )}
            {list.map((view) => (
              <li key={view.id} class="rule">
                <ChannelLine
                  view={view}
                  onEdit={() => begin(draft?.id === view.id ? null : view)}
                  onChanged={() => void channels.reload()}
                  onSecret={setSecret}
                />
                {draft?.id === view.id && (
                  <ChannelForm
                    channel={draft.channel}
                    problem={problem}
                    onChange={(channel) => setDraft({ ...draft, channel })}
                    onSave={() => void save()}
                    onCancel={() => begin(null)}
                  />
                )}
              </li>
            ))}
            {draft?.id === null && (
              <li class="rule">
                <ChannelForm
                  channel={draft.channel}
                  problem={problem}
                  onChange={(channel) => setDraft({ ...draft, channel })}
                  onSave={() => void save()}
                  onCancel={() => begin(null)}
                />
              </li>
            )}
          </ul>
        )}
      </LoadedPart>
      <div class="alerts-more">
        <Button icon="plus" onClick={() => begin({ id: null, revision: 0, channel: newMail(lang.locale) })}>
          {m.channel_add_mail({}, lang)}
        </Button>
        <Button icon="plus" onClick={() => begin({ id: null, revision: 0, channel: newWebhook() })}>
          {m.channel_add_webhook({}, lang)}
        </Button>
      </div>
      <MailServerPanel />
    </>
  );
}

interface ChannelLineProps {
  readonly view: AlertChannelView;
  readonly onEdit: () => void;
  readonly onChanged: () => void;
  readonly onSecret: (secret: { readonly name: string; readonly value: string }) => void;
}

function ChannelLine({ view, onEdit, onChanged, onSecret }: ChannelLineProps) {
  const lang = useLang();
  const dates = useDates();
  const { client } = useCentral();
  const [test, setTest] = useState<ChannelTest | Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  const { channel } = view;
  const sendTest = async () => {
    setBusy(true);
    const answer = await client.send<ChannelTest>('POST', `/alerts/channels/${view.id}/test`);
    setBusy(false);
    setTest(answer.ok ? answer.value : answer.problem);
    onChanged();
  };
  const renew = async () => {
    const answer = await client.send<AlertChannelMade>('POST', `/alerts/channels/${view.id}/secret`);
    if (answer.ok && answer.value.secret) onSecret({ name: channel.name, value: answer.value.secret });
  };
  const remove = async () => {
    await client.send('DELETE', `/alerts/channels/${view.id}`);
    setRemoving(false);
    onChanged();
  };
  const facts = [
    channel.kind === 'mail' ? m.channel_mail({}, lang) : m.channel_webhook({}, lang),
    channel.kind === 'mail' ? channel.to.join(', ') : channel.url,
    channel.severities.map((severity) => severityWord(severity, lang.locale)).join(', '),
    channel.on ? '' : m.rule_off({}, lang),
    view.waiting > 0 ? m.channel_waiting({ count: view.waiting }, lang) : '',
    view.lastDelivered === null
      ? m.channel_never({}, lang)
      : m.channel_last({ when: dates.full(view.lastDelivered) }, lang),
  ].filter((fact) => fact !== '');
  return (
    <>
      <div class="rule-line">
        <div class="rule-words">
          <b>{channel.name}</b>
          <span class="second">{facts.join(' · ')}</span>
          {view.lastProblem !== null && <span class="second warn">{view.lastProblem}</span>}
        </div>
        <div class="row-of-buttons">
          <Button small busy={busy && m.channel_test_sending({}, lang)} onClick={() => void sendTest()}>
            {m.channel_test({}, lang)}
          </Button>
          {channel.kind === 'webhook' && (
            <Button small icon="key-round" onClick={() => void renew()}>
              {m.channel_secret_renew({}, lang)}
            </Button>
          )}
          <Button small icon="pencil" label={`${m.edit({}, lang)}: ${channel.name}`} onClick={onEdit}>
            {m.edit({}, lang)}
          </Button>
          <Button
            small
            kind="danger"
            icon="trash-2"
            label={`${m.channel_remove({}, lang)}: ${channel.name}`}
            onClick={() => setRemoving(true)}
          >
            {m.channel_remove({}, lang)}
          </Button>
        </div>
      </div>
      <div role="status">{test && <TestResult test={test} />}</div>
      <ConfirmDialog
        open={removing}
        danger
        title={m.channel_remove_ask({ name: channel.name }, lang)}
        confirm={m.channel_remove({}, lang)}
        cancel={m.cancel({}, lang)}
        onConfirm={() => void remove()}
        onClose={() => setRemoving(false)}
      >
        {m.channel_remove_next({}, lang)}
      </ConfirmDialog>
    </>
  );
}

function TestResult({ test }: { readonly test: ChannelTest | Problem }) {
  const lang = useLang();
  if ('kind' in test) return <Banner kind="crit" icon="circle-alert" fact={wordProblem(test, lang)} />;
  return test.delivered ? (
    <Banner kind="plain" icon="circle-check" fact={m.channel_test_good({ answer: test.answer }, lang)} />
  ) : (
    <Banner kind="warn" icon="triangle-alert" fact={m.channel_test_bad({ answer: test.answer }, lang)} />
  );
}
