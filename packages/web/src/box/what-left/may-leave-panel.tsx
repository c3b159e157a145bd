/** What may leave from now on, how long what left is kept, and whether metrics are given: the customer's own say. */
import type { SentSummary, SettingsView, WithheldField, Withhold } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Switch } from '../../components/Switch.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { formatBytes } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useSignedIn } from '../box-context.tsx';
import { CentralSwitch } from '../proposals/central-switch.tsx';
import { useAnswer } from '../use-answer.ts';

const FIELDS: readonly WithheldField[] = ['address', 'macAddress', 'hostName', 'location'];

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export function fieldWord(field: WithheldField, lang: Lang): string {
  switch (field) {
    case 'address':
      return m.may_address({}, lang);
    case 'macAddress':
      return m.may_mac({}, lang);
    case 'hostName':
      return m.may_host({}, lang);
    case 'location':
      return m.may_location({}, lang);
  }
}

interface Draft {
  /** What it began with: only what was switched here is carried over what another tab saved meanwhile. */
  readonly from: SentSummary;
  readonly withhold: Withhold;
  readonly days: string;
  readonly megabytes: string;
}

const draftOf = (from: SentSummary): Draft => ({
  from,
  withhold: from.withhold,
  days: String(from.keep.days),
  megabytes: String(from.keep.megabytes),
});

/** The same edits over what was saved elsewhere. */
function rebased({ from, withhold, days, megabytes }: Draft, onto: SentSummary): Draft {
  const fresh = draftOf(onto);
  const mine = FIELDS.filter((field) => withhold[field] !== from.withhold[field]);
  return {
    ...fresh,
    withhold: { ...fresh.withhold, ...Object.fromEntries(mine.map((field) => [field, withhold[field]])) },
    days: days === String(from.keep.days) ? fresh.days : days,
    megabytes: megabytes === String(from.keep.megabytes) ? fresh.megabytes : megabytes,
  };
}

const isEdited = ({ from, ...draft }: Draft): boolean => {
  const { from: _from, ...saved } = draftOf(from);
  return JSON.stringify(draft) !== JSON.stringify(saved);
};

/** Mended in the browser at once; the box checks again. */
const isWhole = (text: string, most: number): boolean =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
const MOST_DAYS = 3650;
const MOST_MEGABYTES = 10_000;

export function MayLeavePanel({
  summary,
  onSaved,
}: {
  readonly summary: SentSummary;
  readonly onSaved: (summary: SentSummary) => void;
}) {
  const lang = useLang();
  const { client } = useBox();
  const toast = useToast();
  const signedIn = useSignedIn();
  const dates = useDates();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const shown = draft ?? draftOf(summary);
  const isFine = isWhole(shown.days, MOST_DAYS) && isWhole(shown.megabytes, MOST_MEGABYTES);
  const isChanged = draft !== null && isEdited(draft);
  const edit = (part: Partial<Draft>) => setDraft({ ...shown, ...part });
  const save = async () => {
    setBusy(true);
    const { from, withhold, days, megabytes } = shown;
    const body = { withhold, keepSent: { days: Number(days), megabytes: Number(megabytes) } };
    const answer = await client.send<SentSummary>('PUT', '/disclosure', { body, ifMatch: from.revision });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    // What another tab saved is the ground for the next try.
    if (!answer.ok && answer.problem.kind === 'problem' && answer.problem.code === 'settingsStale') {
      const fresh = await client.get<SentSummary>('/sent/summary');
      if (!fresh.ok) return;
      onSaved(fresh.value);
      setDraft(rebased(shown, fresh.value));
    }
    if (!answer.ok) return;
    setDraft(null);
    onSaved(answer.value);
    toast({ text: m.may_saved({}, lang) });
  };
  const { kept } = summary;
  const keptWords =
    kept.oldest === null
      ? null
      : m.left_kept(
          {
            days: String(summary.keep.days),
            size: formatBytes(summary.keep.megabytes * 1_000_000, lang),
            oldest: dates.day(kept.oldest),
            used: formatBytes(kept.bytes, lang),
          },
          lang,
        );
  return (
    <Panel id="may-leave" title={m.may_title({}, lang)} fact={m.may_fact({}, lang)}>
      <ul class="may-fields">
        {FIELDS.map((field) => {
          const leaves = !shown.withhold[field];
          const word = fieldWord(field, lang);
          return (
            <li key={field}>
              {signedIn && (
                <Switch
                  on={leaves}
                  label={word}
                  onChange={(on) => edit({ withhold: { ...shown.withhold, [field]: !on } })}
                />
              )}
              <b>{word}</b>
              <span class={leaves ? 'fact' : 'warn'}>{leaves ? m.may_leaves({}, lang) : m.may_withheld({}, lang)}</span>
            </li>
          );
        })}
      </ul>
      <p class="hint">{m.may_about({}, lang)}</p>
      {signedIn && (
        <div class="may-keep">
          <TextField
            label={m.may_keep_days({}, lang)}
            value={shown.days}
            inputMode="numeric"
            inputClass="num input-number"
            maxLength={4}
            after={m.may_unit_days({}, lang)}
            error={isWhole(shown.days, MOST_DAYS) ? undefined : `1 – ${MOST_DAYS}`}
            onInput={(days) => edit({ days })}
          />
          <TextField
            label={m.may_keep_size({}, lang)}
            value={shown.megabytes}
            inputMode="numeric"
            inputClass="num input-number"
            maxLength={5}
            after="MB"
            error={isWhole(shown.megabytes, MOST_MEGABYTES) ? undefined : `1 – ${MOST_MEGABYTES}`}
            onInput={(megabytes) => edit({ megabytes })}
          />
        </div>
      )}
      {keptWords !== null && <p class="hint">{keptWords}</p>}
      {signedIn && <Metrics />}
      {signedIn && <CentralSwitch />}
      {problem && (
        <p class="crit" role="alert">
          {wordProblem(problem, lang)}
        </p>
      )}
      {isChanged && (
        <p class="row-of-buttons">
          <Button
            kind="primary"
            disabled={!isFine}
            busy={busy ? m.loading({}, lang) : undefined}
            onClick={() => void save()}
          >
            {m.may_save({}, lang)}
          </Button>
          <Button onClick={() => setDraft(null)}>{m.may_revert({}, lang)}</Button>
        </p>
      )}
      {!signedIn && <p class="hint">{m.may_sign_in({}, lang)}</p>}
    </Panel>
  );
}

function Metrics() {
  const lang = useLang();
  const { client } = useBox();
  const { value, problem, reload } = useAnswer<SettingsView>('/settings');
  const [refused, setRefused] = useState<Problem | null>(null);
  if (value === null || problem) return null;
  const word = m.may_metrics({ path: '/metrics' }, lang);
  const change = async (metrics: boolean) => {
    const answer = await client.send('PUT', '/disclosure', { body: { metrics }, ifMatch: value.revision });
    setRefused(answer.ok ? null : answer.problem);
    await reload();
  };
  return (
    <>
      <p class="may-metrics">
        <Switch on={value.metrics} label={word} onChange={(on) => void change(on)} />
        <span>{word}</span>
      </p>
      {refused && (
        <p class="crit" role="alert">
          {wordProblem(refused, lang)}
        </p>
      )}
    </>
  );
}
