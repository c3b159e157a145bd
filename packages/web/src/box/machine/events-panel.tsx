/** What happened to a machine: found, moved, replaced, silent, supplies replaced, counters that went back. Newest first. */
import type { MachineEvent, MachineLog } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordCounter } from '@rsb/messages/value-words';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { LoadingRows } from '../../components/States.tsx';
import { type Count, formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import type { IconName } from '../../look/icons.ts';
import { supplyKeyName } from '../../reading/supply-words.ts';
import { LogFailed } from './alerts-panel.tsx';
import type { Fetched } from './use-fetched.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

const ICONS: Readonly<Record<MachineEvent['event'], IconName>> = {
  new: 'plus',
  moved: 'route',
  replaced: 'git-compare-arrows',
  clash: 'triangle-alert',
  silent: 'unplug',
  back: 'circle-check',
  firmware: 'cpu',
  supplyReplaced: 'package-check',
  counterBack: 'undo-2',
};
const FIRST_SHOWN = 8;

export function EventsPanel({ log, now }: { readonly log: Fetched<MachineLog>; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  const [all, setAll] = useState(false);
  const events = log.value?.events;
  const shown = all ? events : events?.slice(0, FIRST_SHOWN);
  return (
    <Panel title={m.events({}, lang)} flush>
      {log.failed ? (
        <LogFailed retry={log.retry} />
      ) : !events || !shown ? (
        <LoadingRows rows={3} label={m.loading({}, lang)} />
      ) : events.length === 0 ? (
        <p class="panel-body fact">{m.events_none({}, lang)}</p>
      ) : (
        <>
          <ul>
            {shown.map((event, at) => (
              <li key={`${event.at} ${at}`} class="event">
                <Icon name={ICONS[event.event]} />
                <span class="event-words">{eventWords(event, lang)}</span>
                <time class="fact num" dateTime={event.at} title={dates.full(event.at)}>
                  {dates.near(event.at, now)}
                </time>
              </li>
            ))}
          </ul>
          {shown.length < events.length && (
            <div class="panel-foot no-print">
              <Button small kind="quiet" onClick={() => setAll(true)}>
                {m.show_more({ count: formatCount(events.length - shown.length, lang) }, lang)}
              </Button>
            </div>
          )}
        </>
      )}
    </Panel>
  );
}

export function eventWords({ event, detail }: MachineEvent, lang: Lang): string {
  const told = (name: string) => detail[name] ?? '?';
  switch (event) {
    case 'new':
      return m.event_new({ address: told('address') }, lang);
    case 'moved':
      return m.event_moved({ from: told('from'), to: told('to') }, lang);
    case 'replaced':
      return m.event_replaced({ address: told('address') }, lang);
    case 'clash':
      return m.event_clash({ other: told('otherAddress') }, lang);
    case 'silent':
      return m.event_silent({}, lang);
    case 'back':
      return m.event_back({ address: told('address') }, lang);
    case 'firmware':
      return m.event_firmware({ from: told('from'), to: told('to') }, lang);
    case 'supplyReplaced':
      return suppliedWords(detail, lang);
    case 'counterBack': {
      const counter = wordCounter(told('counter'), lang.locale);
      const from = countText(detail['from'], lang);
      const to = countText(detail['to'], lang);
      const more = Number(detail['more'] ?? 0);
      return more > 0
        ? m.event_counters_back({ counter, from, to, count: more, more: formatCount(more, lang) }, lang)
        : m.event_counter_back({ counter, from, to }, lang);
    }
  }
}

function suppliedWords(detail: MachineEvent['detail'], lang: Lang): string {
  const supply = supplyKeyName(detail['supply'] ?? '?', lang);
  const { from, to } = detail;
  return from && to ? m.event_supply_levels({ supply, from, to }, lang) : m.event_supply({ supply }, lang);
}

const countText = (count: string | null | undefined, lang: Lang): string =>
  count && /^\d+$/.test(count) ? formatCount(count as Count, lang) : '?';
