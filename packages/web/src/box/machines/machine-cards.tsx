/** The list on a phone: what is to be done here first, worst first, then all that is well (LOOK §5). */
import { m } from '@rsb/messages';
import { TonerSlots } from '../../components/TonerSlots.tsx';
import { compareWords } from '../../format/compare-words.ts';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { machinePath } from '../router.ts';
import { stateCell, supplyCell } from './machine-cells.tsx';
import type { MachineRow } from './machine-row.ts';
import type { MachineListProps } from './machine-table.tsx';
import { pageOf } from './table-foot.tsx';
import './machine-cards.css';

const RANK = { trouble: 0, attention: 1, silent: 2 } as const;
const rank = (row: MachineRow) => (row.group in RANK ? RANK[row.group as keyof typeof RANK] : 3);

export function MachineCards(props: MachineListProps) {
  const lang = useLang();
  const { shown, page } = props;
  const ordered = [...shown].sort((a, b) => rank(a) - rank(b) || compareWords(a.name, b.name));
  const { paged } = pageOf(ordered, page);
  const todo = paged.filter((row) => rank(row) < 3);
  const well = paged.filter((row) => rank(row) === 3);
  return (
    <div class="cards">
      {paged.length === 0 && props.none}
      {todo.length > 0 && (
        <CardGroup
          title={m.cards_todo({}, lang)}
          fact={m.cards_worst_first({ count: formatCount(todo.length, lang) }, lang)}
          rows={todo}
          list={props}
        />
      )}
      {well.length > 0 && (
        <CardGroup title={m.cards_well({}, lang)} fact={formatCount(well.length, lang)} rows={well} list={props} />
      )}
    </div>
  );
}

interface CardGroupProps {
  readonly title: string;
  readonly fact: string;
  readonly rows: readonly MachineRow[];
  readonly list: MachineListProps;
}

function CardGroup({ title, fact, rows, list }: CardGroupProps) {
  return (
    <section>
      <header class="cards-head">
        <h2>{title}</h2>
        <span>{fact}</span>
      </header>
      <ul class="cards-list">
        {rows.map((row) => (
          <li key={row.id}>
            <MachineCard row={row} list={list} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function MachineCard({ row, list }: { readonly row: MachineRow; readonly list: MachineListProps }) {
  const { now, lostAt } = list;
  const lang = useLang();
  const dates = useDates();
  const { device } = row;
  const about = [[device.manufacturer, device.model].filter(Boolean).join(' '), row.location, device.serviceId].filter(
    Boolean,
  );
  const life = row.life.first ?? row.life.second ?? null;
  // The state says it all, unless it is well and a supply is not.
  const bySupply = row.state.severity === null && row.supply.severity !== null && row.state.condition.kind === 'state';
  return (
    <a
      class={`card${row.severity === 'critical' ? ' card-crit' : ''}${row.old ? ' old' : ''}`}
      href={machinePath(row.id)}
    >
      <b class="card-name">{row.name}</b>
      {bySupply ? supplyCell(row, lang, true) : stateCell(row, { lang, dates, now, lostAt }, true)}
      {!bySupply && row.state.severity !== null && row.supply.severity !== null && supplyCell(row, lang, true)}
      <span class="card-about">{about.join(', ')}</span>
      <span class="card-values">
        <TonerSlots slots={row.slots} old={row.old} lang={lang} />
        <span class="card-life">
          <span class="num">{life === null ? '?' : formatCount(life, lang)}</span>
          <span class="second">{m.counter_life_small({}, lang)}</span>
        </span>
      </span>
    </a>
  );
}
