/** The foot of the list: which rows are shown, and that they are live. */
import { m } from '@rsb/messages';
import { Pager } from '../../components/Pager.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useLive, useSignedIn } from '../box-context.tsx';
import './table-foot.css';

export interface PageChoice {
  readonly at: number;
  readonly size: number;
}

/** What stands on one page, and where it starts. */
export function pageOf<T>(
  all: readonly T[],
  { at, size }: PageChoice,
): { readonly start: number; readonly paged: readonly T[] } {
  if (size === Number.POSITIVE_INFINITY) return { start: 0, paged: all };
  return { start: at * size, paged: all.slice(at * size, (at + 1) * size) };
}

const SIZES = [10, 50, 250, 1000, Number.POSITIVE_INFINITY];

export interface TableFootProps {
  readonly total: number;
  readonly page: PageChoice;
  readonly onPage: (page: PageChoice) => void;
}

export function TableFoot({ total, page, onPage }: TableFootProps) {
  const lang = useLang();
  const dates = useDates();
  const signedIn = useSignedIn();
  const { connection, lastChange } = useLive();
  return (
    <footer class="foot no-print">
      <Pager
        page={page.at}
        size={page.size}
        total={total}
        onPage={(at) => onPage({ ...page, at })}
        sizes={SIZES}
        onSize={(size) => onPage({ at: 0, size })}
      />
      <span class="foot-notes">
        {!signedIn && <span class="hint">{m.sign_in_to_change({}, lang)}</span>}
        {connection.state === 'live' && (
          <span class="hint num">
            {lastChange === null ? m.rows_live({}, lang) : m.rows_live_changed({ time: dates.clock(lastChange) }, lang)}
          </span>
        )}
      </span>
    </footer>
  );
}
