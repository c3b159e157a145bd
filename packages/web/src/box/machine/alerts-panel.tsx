/** What a machine says now, and its alerts: those that are on, then those before, each with its beginning and end. */
import type { AlertSpell, DeviceView, MachineLog } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { TwoLines } from '../../components/DataTable.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StateWord } from '../../components/StateWord.tsx';
import { useNarrow } from '../../components/use-narrow.ts';
import { WideScroll } from '../../components/WideScroll.tsx';
import { lengthText } from '../../format/age.ts';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { ALERT_ICONS, alertPlace, alertWhat } from '../../reading/alert-words.ts';
import { statusErrorWord, statusStateWord } from '../../reading/machine-state.ts';
import { NotRead, PartAge } from './part-age.tsx';
import type { Fetched } from './use-fetched.ts';

const FIRST_SHOWN = 8;

export interface AlertsPanelProps {
  readonly device: DeviceView;
  readonly log: Fetched<MachineLog>;
  readonly now: number;
}

interface SpellsProps {
  readonly spells: readonly AlertSpell[];
  readonly now: number;
}

export function AlertsPanel({ device, log, now }: AlertsPanelProps) {
  const lang = useLang();
  const narrow = useNarrow();
  const [all, setAll] = useState(false);
  const { alerts, status } = device;
  // The live values are never older than the log; before it has come they stand alone.
  const spells: readonly AlertSpell[] =
    log.value?.alerts ??
    (alerts?.value ?? []).map((alert) => ({ alert, began: alerts?.takenAt ?? device.lastSeen, ended: null }));
  const on = spells.filter(({ ended }) => ended === null).length;
  const shown = all ? spells : spells.slice(0, Math.max(FIRST_SHOWN, on));
  return (
    <Panel
      title={m.alerts({}, lang)}
      fact={<PartAge part={alerts} now={now} />}
      right={
        spells.length > 0 && (
          <span class="fact num">
            {m.alerts_counted(
              { on: formatCount(on, lang), count: spells.length - on, before: formatCount(spells.length - on, lang) },
              lang,
            )}
          </span>
        )
      }
      flush
    >
      {status && (
        <p class="status-line">
          <span class="fact">{m.status_says({}, lang)}</span>{' '}
          {[
            statusStateWord(status.value.state, lang),
            ...status.value.errors.map((error) => statusErrorWord(error, lang)),
          ].join(', ')}
        </p>
      )}
      {alerts === null ? (
        <NotRead group="alerts" />
      ) : spells.length === 0 ? (
        <p class="panel-body fact">{m.alerts_none({}, lang)}</p>
      ) : narrow ? (
        <SpellList spells={shown} now={now} />
      ) : (
        <WideScroll label={m.alerts({}, lang)}>
          <SpellTable spells={shown} now={now} />
        </WideScroll>
      )}
      {shown.length < spells.length && (
        <div class="panel-foot no-print">
          <Button small kind="quiet" onClick={() => setAll(true)}>
            {m.show_more({ count: formatCount(spells.length - shown.length, lang) }, lang)}
          </Button>
        </div>
      )}
      {log.failed && <LogFailed retry={log.retry} />}
    </Panel>
  );
}

export function LogFailed({ retry }: { readonly retry: () => void }) {
  const lang = useLang();
  return (
    <div class="panel-foot">
      <span class="fact">{m.part_not_loaded({}, lang)}</span>
      <Button small icon="refresh-cw" onClick={retry}>
        {m.try_again({}, lang)}
      </Button>
    </div>
  );
}

function SpellTable({ spells, now }: SpellsProps) {
  const lang = useLang();
  const dates = useDates();
  return (
    <table class="plain-table spells">
      <thead>
        <tr>
          <th scope="col">{m.alert_what({}, lang)}</th>
          <th scope="col">{m.alert_words({}, lang)}</th>
          <th scope="col">{m.alert_place({}, lang)}</th>
          <th scope="col">{m.alert_from({}, lang)}</th>
          <th scope="col">{m.alert_until({}, lang)}</th>
          <th scope="col" class="cell-numeric">
            {m.alert_lasted({}, lang)}
          </th>
        </tr>
      </thead>
      <tbody>
        {spells.map((spell, at) => {
          const { alert, began, ended } = spell;
          const place = alertPlace(alert, lang);
          return (
            <tr key={keyOf(spell, at)} class={ended === null ? undefined : 'spell-over'}>
              <td>
                <What spell={spell} />
              </td>
              <td class="spell-words">
                <TwoLines first={alert.text ?? '–'} second={null} />
              </td>
              <td>
                <TwoLines first={place.word} second={place.below || null} />
              </td>
              <td class="num spell-time" title={dates.full(began)}>
                {dates.near(began, now)}
              </td>
              <td class="num spell-time" title={ended === null ? undefined : dates.full(ended)}>
                {ended === null ? m.alert_still_on({}, lang) : dates.near(ended, now)}
              </td>
              <td class="cell-numeric">{lengthText(began, ended === null ? now : Date.parse(ended), lang)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** On a phone: one below the other, all of it without scrolling sideways. */
function SpellList({ spells, now }: SpellsProps) {
  const lang = useLang();
  const dates = useDates();
  return (
    <ul>
      {spells.map((spell, at) => {
        const { alert, began, ended } = spell;
        const { word, below } = alertPlace(alert, lang);
        const lasted = lengthText(began, ended === null ? now : Date.parse(ended), lang);
        return (
          <li key={keyOf(spell, at)} class={ended === null ? 'spell-item' : 'spell-item spell-over'}>
            <What spell={spell} />
            {alert.text !== null && <q class="spell-words">{alert.text}</q>}
            <span class="fact">{[word, below].filter((part) => part !== '' && part !== '–').join(', ')}</span>
            <span class="fact num" title={dates.full(began)}>
              {ended === null
                ? m.alert_on_since({ from: dates.near(began, now), lasted }, lang)
                : m.alert_was_on({ from: dates.near(began, now), until: dates.near(ended, now), lasted }, lang)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Severity by icon, colour and word; the code of the Printer-MIB in its title. */
function What({ spell: { alert, ended } }: { readonly spell: AlertSpell }) {
  const lang = useLang();
  const { word, below } = alertWhat(alert, lang);
  return (
    <span title={alert.code ?? undefined}>
      <StateWord
        icon={ended === null ? ALERT_ICONS[alert.severity] : 'circle-check'}
        word={word}
        severity={ended === null && alert.severity !== 'info' ? alert.severity : null}
        detail={below || null}
      />
    </span>
  );
}

const keyOf = ({ alert, began }: AlertSpell, at: number): string => `${began} ${alert.text} ${at}`;
