/** Supplies at or below their mark, worst first, each with its bar. */
import type { Supply, SupplyLine, TodayView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Age } from '../../components/Age.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TonerBar } from '../../components/TonerBar.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { supplyLevel } from '../../reading/supply-level.ts';
import { supplyKeyName } from '../../reading/supply-words.ts';
import { SUPPLY_MARK } from '../devices/device-row.ts';
import type { Acting } from './attention.tsx';
import { LineActions, WithCell } from './line-actions.tsx';
import { MachineCell, MoreFoot, PlaceCell } from './machine-cells.tsx';

interface SuppliesPanelProps {
  readonly value: TodayView;
  readonly now: number;
  readonly acting: Acting;
}

export function SuppliesPanel({ value: { supplies }, now, acting }: SuppliesPanelProps) {
  const lang = useLang();
  return (
    <Panel
      id="supplies"
      title={m.today_supplies({}, lang)}
      fact={<span class="num">{formatCount(supplies.total, lang)}</span>}
      right={<span class="fact">{m.today_supplies_order({}, lang)}</span>}
      flush
    >
      {supplies.lines.length === 0 ? (
        <p class="panel-body fact">{m.today_no_supplies({}, lang)}</p>
      ) : (
        <table class="table today-table">
          <thead>
            <tr>
              <th scope="col">{m.today_supply({}, lang)}</th>
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
            {supplies.lines.map((line) => (
              <tr key={line.subject} class="row row-line">
                <td class="today-what">
                  <LowSupplies line={line} />
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
      <MoreFoot total={supplies.total} shown={supplies.lines.length} view="supplies" />
    </Panel>
  );
}

/** Bars of up to two, by name below them; the machine's own page shows all. */
function LowSupplies({ line }: { readonly line: SupplyLine }) {
  const lang = useLang();
  const [first, ...more] = line.supplies;
  if (!first) return <span class="cell-first warn">{m.today_toner_unnamed({}, lang)}</span>;
  return (
    <span class="low-supply">
      <TonerBar level={levelOf(first)} />
      <span class="low-supply-name">
        <span class="cell-first">{supplyKeyName(first.supply, lang)}</span>
        {more.length > 0 && (
          <span class="cell-second">{more.map(({ supply }) => supplyKeyName(supply, lang)).join(', ')}</span>
        )}
      </span>
    </span>
  );
}

function levelOf({ type, color, percent, rank }: SupplyLine['supplies'][number]) {
  const state = rank === 2 ? (type === 'waste' ? 'full' : 'empty') : 'low';
  const supply: Supply = {
    ...{ index: '', type, color, description: null, partNumber: null, serialNumber: null, percent, state },
    ...{ level: null, capacity: null, unit: null },
  };
  return supplyLevel(supply, SUPPLY_MARK);
}
