/** Machines of a customer or a box: search, the table (cards where it is narrow), pages of fifty. */
import type { CentralDeviceView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useMemo } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Pager } from '../../components/Pager.tsx';
import { PageState } from '../../components/States.tsx';
import { useNarrow } from '../../components/use-narrow.ts';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { inOrder } from '../list-order.ts';
import { useListQuery } from '../list-query.ts';
import { SearchField } from '../search-field.tsx';
import { DeviceCards } from './device-cards.tsx';
import { deviceRow, matches } from './device-row.ts';
import { COLUMN_KEYS, DeviceTable } from './device-table.tsx';
import './device-list.css';

const ON_A_PAGE = 50;
/** Ages in the rows' words change by the minute at most. */
const MINUTE = 60_000;

export interface DeviceListProps {
  readonly devices: readonly CentralDeviceView[];
  readonly query: string;
  readonly now: number;
}

export function DeviceList({ devices, query, now }: DeviceListProps) {
  const lang = useLang();
  const narrow = useNarrow();
  const list = useListQuery(query, 'name');
  const minute = Math.floor(now / MINUTE) * MINUTE;
  const all = useMemo(() => devices.map((device) => deviceRow(device, minute, lang)), [devices, minute, lang]);
  const found = all.filter((row) => matches(row, list.search));
  const rows = inOrder(found, COLUMN_KEYS[list.sort] ?? COLUMN_KEYS.name, list.descending);
  const page = Math.min(Number(list.get('page') ?? 1) || 1, Math.max(1, Math.ceil(rows.length / ON_A_PAGE))) - 1;
  const shown = rows.slice(page * ON_A_PAGE, (page + 1) * ON_A_PAGE);
  return (
    <section aria-labelledby="machines-title">
      <div class="list-tools">
        <h2 id="machines-title">
          {m.machines({}, lang)} <span class="fact num">{formatCount(devices.length, lang)}</span>
        </h2>
        {all.length > 0 && (
          <span class="push">
            <SearchField value={list.search} label={m.machines_search({}, lang)} onInput={list.setSearch} />
          </span>
        )}
      </div>
      {all.length === 0 ? (
        <PageState title={m.machines_none({}, lang)}>{m.machines_none_next({}, lang)}</PageState>
      ) : rows.length === 0 ? (
        <PageState
          title={m.machines_no_match({ search: list.search }, lang)}
          action={<Button onClick={() => list.setSearch('')}>{m.search_clear({}, lang)}</Button>}
        >
          {m.machines_known({ count: all.length, known: formatCount(all.length, lang) }, lang)}
        </PageState>
      ) : (
        <>
          {narrow ? (
            <DeviceCards rows={shown} now={now} />
          ) : (
            <DeviceTable rows={shown} first={page * ON_A_PAGE + 1} total={rows.length} list={list} now={now} />
          )}
          {rows.length > ON_A_PAGE && (
            <div class="list-foot">
              <Pager
                page={page}
                size={ON_A_PAGE}
                total={rows.length}
                onPage={(next) => list.set('page', next === 0 ? null : String(next + 1))}
              />
            </div>
          )}
        </>
      )}
    </section>
  );
}
