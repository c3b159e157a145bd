/** One channel by form. */
import type { AlertChannel } from '@rsb/contract';
import { m } from '@rsb/messages';
import { severityWord } from '@rsb/messages/alert-words';
import { faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { LANGUAGE_NAMES } from '../../components/LanguageMenu.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';

const WHOLE = { name: '', on: true, severities: [], customers: [], tellResolved: true };
const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export const newMail = (language: 'en' | 'fr' | 'de'): AlertChannel => ({
  kind: 'mail',
  ...WHOLE,
  to: [],
  language,
  when: 'atOnce',
  dailyAt: '07:00',
  zone: ZONE,
});
export const newWebhook = (): AlertChannel => ({ kind: 'webhook', ...WHOLE, url: 'https://', allowPrivate: false });

export interface ChannelFormProps {
  readonly channel: AlertChannel;
  readonly problem: Problem | null;
  readonly onChange: (channel: AlertChannel) => void;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}

const SEVERITIES = ['critical', 'warning', 'info'] as const;

export function ChannelForm({ channel, problem, onChange, onSave, onCancel }: ChannelFormProps) {
  const lang = useLang();
  const at = (path: string) => faultAt(problem, path, lang);
  return (
    <form
      class="rule-editor"
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      {problem && <Banner kind="crit" icon="circle-alert" fact={wordProblem(problem, lang)} />}
      <div class="rule-form">
        <TextField
          label={m.channel_name({}, lang)}
          value={channel.name}
          maxLength={120}
          required
          error={at('/name')}
          onInput={(name) => onChange({ ...channel, name })}
        />
        {channel.kind === 'mail' ? (
          <MailFields channel={channel} error={at} onChange={onChange} />
        ) : (
          <>
            <TextField
              label={m.channel_url({}, lang)}
              type="url"
              value={channel.url}
              required
              error={at('/url')}
              onInput={(url) => onChange({ ...channel, url })}
            />
            <div class="rule-quiet">
              <Checkbox
                checked={channel.allowPrivate}
                onChange={(allowPrivate) => onChange({ ...channel, allowPrivate })}
              >
                {m.channel_private({}, lang)}
              </Checkbox>
              <span class="second">{m.channel_private_hint({}, lang)}</span>
            </div>
          </>
        )}
        <fieldset class="rule-ticks">
          <legend>{m.channel_severities({}, lang)}</legend>
          {SEVERITIES.map((severity) => (
            <Checkbox
              key={severity}
              checked={channel.severities.includes(severity)}
              onChange={(on) =>
                onChange({
                  ...channel,
                  severities: SEVERITIES.filter((each) => (each === severity ? on : channel.severities.includes(each))),
                })
              }
            >
              {severityWord(severity, lang.locale)}
            </Checkbox>
          ))}
          <span class="second">{m.rule_all({}, lang)}</span>
        </fieldset>
        <div class="rule-quiet">
          <Checkbox checked={channel.tellResolved} onChange={(tellResolved) => onChange({ ...channel, tellResolved })}>
            {m.channel_tell_resolved({}, lang)}
          </Checkbox>
          <Checkbox checked={channel.on} onChange={(on) => onChange({ ...channel, on })}>
            {m.channel_on({}, lang)}
          </Checkbox>
        </div>
      </div>
      <div class="alerts-more">
        <Button kind="primary" type="submit">
          {m.save({}, lang)}
        </Button>
        <Button onClick={onCancel}>{m.cancel({}, lang)}</Button>
      </div>
    </form>
  );
}

type Mail = Extract<AlertChannel, { kind: 'mail' }>;

interface MailFieldsProps {
  readonly channel: Mail;
  readonly error: (path: string) => string | undefined;
  readonly onChange: (channel: Mail) => void;
}

function MailFields({ channel, error, onChange }: MailFieldsProps) {
  const lang = useLang();
  const wrong = channel.to.map((_, index) => error(`/to/${index}`)).find((each) => each !== undefined);
  return (
    <>
      <TextField
        label={m.channel_to({}, lang)}
        hint={m.channel_to_hint({}, lang)}
        value={channel.to.join(', ')}
        required
        error={error('/to') ?? wrong}
        onInput={(text) => onChange({ ...channel, to: addresses(text) })}
      />
      <SelectField
        label={m.channel_language({}, lang)}
        value={channel.language}
        choices={(['en', 'fr', 'de'] as const).map((value) => ({ value, text: LANGUAGE_NAMES[value] }))}
        onChange={(language) => onChange({ ...channel, language })}
      />
      <SelectField
        label={m.channel_when({}, lang)}
        value={channel.when}
        choices={[
          { value: 'atOnce', text: m.channel_at_once({}, lang) },
          { value: 'daily', text: m.channel_daily({}, lang) },
        ]}
        onChange={(when) => onChange({ ...channel, when })}
      />
      {channel.when === 'daily' && (
        <TextField
          label={m.channel_daily_at({}, lang)}
          type="time"
          value={channel.dailyAt}
          onInput={(dailyAt) => onChange({ ...channel, dailyAt })}
        />
      )}
      <TextField
        label={m.channel_zone({}, lang)}
        value={channel.zone}
        error={error('/zone')}
        onInput={(zone) => onChange({ ...channel, zone })}
      />
    </>
  );
}

/** What is being typed keeps its comma; empty ones are left out when it is saved. */
const addresses = (text: string): string[] => {
  const parts = text.split(',').map((part) => part.trim());
  return parts.filter(
    (part, index) => part !== '' || (index === parts.length - 1 && parts.length > 1 && text.endsWith(', ')),
  );
};
