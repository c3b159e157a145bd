/** Machines in trouble: the gravest first, of these the longest. */
import type { TodayView, TroubleLine } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Age } from '../../components/Age.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StateWord } from '../../components/StateWord.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { statusErrorWord, statusStateWord } from '../../reading/machine-state.ts';
import type { Acting } from './attention.tsx';
import { LineActions, WithCell } from './line-actions.tsx';
import { MachineCell, MoreFoot, PlaceCell } from './machine-cells.tsx';

interface TroublePanelProps {
  readonly value: TodayView;
  readonly now: number;
  readonly acting: Acting;
}

export function TroublePanel({ value: { trouble }, now, acting }: TroublePanelProps) {
  const lang = useLang();
  return (
    <Panel
      id="trouble"
      title={m.today_trouble({}, lang)}
      fact={<span class="num">{formatCount(trouble.total, lang)}</span>}
      right={<span class="fact">{m.today_trouble_order({}, lang)}</span>}
      flush
    >
      {trouble.lines.length === 0 ? (
        <p class="panel-body fact">{m.today_no_trouble({}, lang)}</p>
      ) : (
        <table class="table today-table">
          <thead>
            <tr>
              <th scope="col">{m.today_what({}, lang)}</th>
              <th scope="col">{m.today_machine({}, lang)}</th>
              <th scope="col">{m.today_customer_site({}, lang)}</th>
              <th scope="col" class="today-age">
                {m.today_for({}, lang)}
              </th>
              <th scope="col" class="today-with">
                {m.today_with({}, lang)}
              </th>
            </tr>
          </thead>
          <tbody>
            {trouble.lines.map((line) => (
              <tr key={line.subject} class={`row row-line${line.severity === 'critical' ? ' row-crit' : ''}`}>
                <td class="today-what">
                  <TroubleWord line={line} />
                </td>
                <td>
                  <MachineCell line={line} />
                </td>
                <td>
                  <PlaceCell line={line} />
                </td>
                <td class="today-age cell-numeric">
                  <Age at={line.since} now={now} />
                </td>
                <td class="today-with">
                  <WithCell attention={line.attention} />
                  <LineActions line={line} name={line.name} acting={acting} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreFoot total={trouble.total} shown={trouble.lines.length} view="trouble" />
    </Panel>
  );
}

function TroubleWord({ line }: { readonly line: TroubleLine }) {
  const lang = useLang();
  const { what, severity, detail } = line;
  return (
    <StateWord
      icon={severity === 'critical' ? 'octagon-alert' : 'triangle-alert'}
      word={what === 'down' ? statusStateWord('down', lang) : statusErrorWord(what, lang)}
      severity={severity}
      detail={detail}
      detailTitle={detail ?? undefined}
    />
  );
}
