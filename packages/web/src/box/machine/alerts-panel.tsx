/** What a machine says now, and its alerts: those that are on, then those before, each with its beginning and end. */
import type { Alert, AlertSpell, DeviceView, MachineLog } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { TwoLines } from '../../components/DataTable.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StateWord } from '../../components/StateWord.tsx';
import { WideScroll } from '../../components/WideScroll.tsx';
import { lengthText } from '../../format/age.ts';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { statusErrorWord, statusStateWord } from '../../reading/machine-state.ts';
import { NotRead, PartAge } from './part-age.tsx';
import type { Fetched } from './use-fetched.ts';

const ICONS = { critical: 'octagon-alert', warning: 'triangle-alert', info: 'circle-alert' } as const;
const FIRST_SHOWN = 8;

export interface AlertsPanelProps {
  readonly device: DeviceView;
  readonly log: Fetched<MachineLog>;
  readonly now: number;
}

export function AlertsPanel({ device, log, now }: AlertsPanelProps) {
  const lang = useLang();
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

function SpellTable({ spells, now }: { readonly spells: readonly AlertSpell[]; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  const words = {
    critical: m.severity_critical({}, lang),
    warning: m.severity_warning({}, lang),
    info: m.severity_info({}, lang),
  };
  return (
    <table class="plain-table spells">
      <thead>
        <tr>
          <th scope="col">{m.alert_severity({}, lang)}</th>
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
        {spells.map(({ alert, began, ended }, at) => (
          <tr key={`${began} ${alert.text} ${at}`} class={ended === null ? undefined : 'spell-over'}>
            <td>
              <StateWord
                icon={ended === null ? ICONS[alert.severity] : 'circle-check'}
                word={words[alert.severity]}
                severity={ended === null && alert.severity !== 'info' ? alert.severity : null}
              />
            </td>
            <td class="spell-words">
              <TwoLines first={alert.text ?? '–'} second={alert.code} />
            </td>
            <td>
              <TwoLines first={placeOf(alert)} second={groupOf(alert)} />
            </td>
            <td class="num spell-time" title={dates.full(began)}>
              {dates.near(began, now)}
            </td>
            <td class="num spell-time" title={ended === null ? undefined : dates.full(ended)}>
              {ended === null ? m.alert_still_on({}, lang) : dates.near(ended, now)}
            </td>
            <td class="cell-numeric">{lengthText(began, ended === null ? now : Date.parse(ended), lang)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const placeOf = ({ location, group }: Alert): string =>
  location?.name ?? ([location?.group ?? group, location?.index].filter((part) => part != null).join(' ') || '–');

/** What the first line does not say already. */
function groupOf({ location, group }: Alert): string | null {
  const place = [location?.group, location?.index].filter((part) => part != null).join(' ');
  const further = [location?.name ? place : '', group !== null && group !== location?.group ? group : ''];
  return further.filter(Boolean).join(', ') || null;
}
