/** Heads of the columns: two lines that teach what the two lines of a cell are (LOOK §6). */
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import type { ColumnId } from './columns.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export interface ColumnHead {
  readonly first: string;
  readonly second?: ComponentChildren;
  readonly numeric?: boolean;
  readonly title?: string;
}

export function columnHead(id: ColumnId, lang: Lang): ColumnHead {
  switch (id) {
    case 'name':
      return { first: m.machine_name({}, lang), second: m.ip_address({}, lang) };
    case 'monitored':
      return { first: 'M', title: m.column_monitored({}, lang) };
    case 'state':
      return { first: 'S', second: m.state_short({}, lang), title: m.state({}, lang) };
    case 'supply':
      return { first: 'Su', second: m.supplies_short({}, lang), title: m.supplies({}, lang) };
    case 'model':
      return { first: m.manufacturer({}, lang), second: m.model({}, lang) };
    case 'serial':
      return { first: m.serial_number({}, lang), second: m.mac_address({}, lang) };
    case 'location':
      return { first: m.location({}, lang), second: m.service_id({}, lang) };
    case 'toner':
      return { first: m.toner_level({}, lang), second: <Inks /> };
    case 'waste':
      return { first: 'WL', second: m.waste({}, lang), title: m.column_waste({}, lang) };
    case 'life':
      return { first: m.column_life({}, lang), second: m.column_life_second({}, lang), numeric: true };
    case 'total':
      return { first: m.column_total({}, lang), second: <MonoColor lang={lang} />, numeric: true };
    case 'print':
      return { first: m.column_print({}, lang), second: <MonoColor lang={lang} />, numeric: true };
  }
}

/** One line for menus. */
export function columnName(id: ColumnId, lang: Lang): string {
  const head = columnHead(id, lang);
  if (head.title) return `${head.first}, ${head.title}`;
  return typeof head.second === 'string' ? `${head.first}, ${head.second}` : head.first;
}

function Inks() {
  return (
    <span class="head-inks">
      {['K', 'C', 'M', 'Y'].map((ink) => (
        <span key={ink}>{ink}</span>
      ))}
    </span>
  );
}

function MonoColor({ lang }: { readonly lang: Lang }) {
  return (
    <>
      {m.counter_mono({}, lang)} / <i class="pages-square" /> {m.counter_color({}, lang)}
    </>
  );
}
