/** Supplies at or below their mark, worst first, each with its bar. */
import type { Supply, SupplyLine, TodayView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { TonerBar } from '../../components/TonerBar.tsx';
import { useLang } from '../../language/language.tsx';
import { supplyLevel } from '../../reading/supply-level.ts';
import { levelText, supplyKeyName } from '../../reading/supply-words.ts';
import type { Acting } from './attention.tsx';
import { LinesPanel } from './lines-panel.tsx';

interface SuppliesPanelProps {
  readonly value: TodayView;
  readonly now: number;
  readonly acting: Acting;
}

export function SuppliesPanel({ value: { supplies }, now, acting }: SuppliesPanelProps) {
  const lang = useLang();
  return (
    <LinesPanel
      view="supplies"
      title={m.today_supplies({}, lang)}
      order={m.today_supplies_order({}, lang)}
      whatHead={m.today_supply({}, lang)}
      nothing={m.today_no_supplies({}, lang)}
      lines={supplies.lines}
      total={supplies.total}
      what={(line) => <LowSupplies line={line} />}
      isCritical={() => false}
      now={now}
      acting={acting}
    />
  );
}

/** The lowest with its bar and level, the others by name; the machine's own page shows all. */
function LowSupplies({ line }: { readonly line: SupplyLine }) {
  const lang = useLang();
  const [first, ...more] = line.supplies;
  if (!first) return <span class="cell-first warn">{m.today_toner_unnamed({}, lang)}</span>;
  const level = levelOf(first, line.mark);
  return (
    <span class="low-supply">
      <TonerBar level={level} />
      <span class="low-supply-name">
        <span class="cell-first">{supplyKeyName(first.supply, lang)}</span>
        <span class="cell-second">
          <span class={`num ${level.shown === 'percent' || level.low ? 'warn' : 'crit'}`}>
            {level.shown === 'percent' ? m.supply_percent({ percent: level.fill }, lang) : levelText(level, lang)}
          </span>
          {more.map(({ supply }) => `, ${supplyKeyName(supply, lang)}`)}
        </span>
      </span>
    </span>
  );
}

function levelOf({ type, color, percent, rank }: SupplyLine['supplies'][number], mark: number) {
  const state = rank === 2 ? (type === 'waste' ? 'full' : 'empty') : 'low';
  const supply: Supply = {
    ...{ index: '', type, color, description: null, partNumber: null, serialNumber: null, percent, state },
    ...{ level: null, capacity: null, unit: null },
  };
  return supplyLevel(supply, mark);
}
