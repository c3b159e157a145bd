/** The Machines page: what is known of every machine, live, with what can be done to them. */
import { m } from '@rsb/messages';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { wordProblem } from '../../api/client.ts';
import { browserMemory } from '../../api/memory.ts';
import { useObservable } from '../../api/observable.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { useNarrow } from '../../components/use-narrow.ts';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useMachineActions } from '../actions-context.tsx';
import { useBox, useBoxView, useLive, useNow, useSignedIn } from '../box-context.tsx';
import { ExpectedLine } from '../proposals/expected-line.tsx';
import { WaitingProposals } from '../proposals/proposal-panel.tsx';
import { ScanCost } from '../scan-cost.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ConnectionBanners } from './connection-banners.tsx';
import { FactsStrip } from './facts-strip.tsx';
import { FilterBar } from './filter-bar.tsx';
import { FIELDS, type Filters, filtersFrom, isFiltered, NO_FILTERS, queryOf, RowFilter } from './filters.ts';
import { KeysHelp } from './keys-help.tsx';
import { listView } from './list-view.ts';
import { MachineCards } from './machine-cards.tsx';
import { MachineTable } from './machine-table.tsx';
import { RowOrder } from './row-order.ts';
import { ScanFindings } from './scan-findings.tsx';
import { ScanStrip } from './scan-strip.tsx';
import { TableFoot } from './table-foot.tsx';
import { useMachineRows } from './use-machine-rows.ts';
import './machines-page.css';

const MINUTE = 60_000;
/** Longer than changes of a long list are gathered (`live.ts`): while they come, nothing is made ready that the next one undoes. */
const QUIET = 1500;

export function MachinesPage({ query }: { readonly query: string }) {
  const lang = useLang();
  const { live, router, clock } = useBox();
  const { devices, problem, connection } = useLive();
  const box = useBoxView();
  const signedIn = useSignedIn();
  const now = useNow(MINUTE);
  const narrow = useNarrow();
  const rows = useMachineRows(now);
  const filters = useMemo(() => filtersFrom(query), [query]);
  const view = useMemo(() => listView(browserMemory), []);
  const { sorting } = useObservable(view);
  const ordering = useMemo(() => new RowOrder(), []);
  const filtering = useMemo(() => new RowFilter(), []);
  // All are sorted once; what the filters leave stands in that order.
  const sorted = useMemo(() => ordering.of(rows, sorting), [ordering, rows, sorting.id, sorting.desc]);
  const shown = useMemo(() => filtering.of(sorted, filters), [filtering, sorted, filters]);
  useEffect(() => clock.after(QUIET, () => filtering.prepare(sorted)), [clock, filtering, sorted]);
  const setFilters = useCallback(
    (part: Partial<Filters>) => router.replace(`/${queryOf({ ...filtersFrom(router.get().query), ...part })}`),
    [router],
  );
  const clear = useCallback(() => setFilters(NO_FILTERS), [setFilters]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [page, setPage] = useState({ at: 0, size: 250 });
  const [help, setHelp] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const actions = useMachineActions();
  // The last values stay, as those of the moment when the line broke.
  const lostAt = connection.state === 'lost' ? live.at(connection.since) : null;

  // A filter leaves fewer rows: the first page shows them.
  useEffect(() => setPage((before) => (before.at === 0 ? before : { ...before, at: 0 })), [filters]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing =
        (event.target as Element).closest('input, textarea, select, [contenteditable], [popover], dialog') !== null;
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '/') {
        event.preventDefault();
        search.current?.focus();
      } else if (event.key === '?') setHelp(true);
      else if (event.key === 'Escape') {
        setSelected(new Set());
        if (isFiltered(filters)) setFilters(NO_FILTERS);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [filters, setFilters]);

  const chosen = useMemo(() => rows.filter((row) => selected.has(row.id)), [rows, selected]);
  const list = () => {
    if (devices === null) {
      return problem ? (
        <PageState
          title={m.list_not_read({}, lang)}
          action={
            <Button icon="refresh-cw" onClick={() => void live.reload()}>
              {m.try_again({}, lang)}
            </Button>
          }
        >
          {wordProblem(problem, lang)}
        </PageState>
      ) : (
        <LoadingRows rows={13} label={m.loading({}, lang)} />
      );
    }
    if (rows.length === 0) return <BeforeFirstScan onScan={actions.scan} />;
    const wish = queryOf(filters);
    const none = shown.length === 0 && <NoMatch known={rows.length} search={filters.search.trim()} onClear={clear} />;
    const known = rows.length;
    const common = { shown, known, wish, now, page, selected, onSelect: setSelected, actions, view, lostAt, none };
    return narrow ? <MachineCards {...common} /> : <MachineTable {...common} />;
  };

  // What a key in the search does not change is not looked at again.
  const facts = useMemo(
    () => <FactsStrip rows={rows} state={filters.state} onFilters={setFilters} />,
    [rows, filters.state, setFilters],
  );
  return (
    <main id="content" class="machines">
      <h1 class="visually-hidden">{m.tab_machines({}, lang)}</h1>
      <PrintHead shown={shown.length} filters={filters} />
      {facts}
      <ConnectionBanners />
      {!box.openReading && !signedIn && <Banner kind="plain" icon="lock" fact={m.sign_in_to_change({}, lang)} />}
      {box.scan && <ScanStrip scan={box.scan} />}
      <ScanFindings />
      <WaitingProposals />
      <ExpectedLine />
      <FilterBar
        rows={rows}
        shown={shown}
        filters={filters}
        onFilters={setFilters}
        searchRef={search}
        actions={actions}
        view={view}
      />
      <div class="machines-list">{list()}</div>
      {rows.length > 0 && <TableFoot total={shown.length} page={page} onPage={setPage} />}
      {chosen.length > 0 && <BulkBar rows={chosen} onClear={() => setSelected(new Set())} actions={actions} />}
      <KeysHelp open={help} onClose={() => setHelp(false)} />
    </main>
  );
}

interface NoMatchProps {
  readonly known: number;
  readonly search: string;
  readonly onClear: () => void;
}

function NoMatch({ known, search, onClear }: NoMatchProps) {
  const lang = useLang();
  return (
    <PageState
      title={search === '' ? m.no_match_filter({}, lang) : m.no_match({ search }, lang)}
      action={<Button onClick={onClear}>{m.filters_clear({}, lang)}</Button>}
    >
      {m.no_match_known({ count: known, known: formatCount(known, lang) }, lang)}
    </PageState>
  );
}

function BeforeFirstScan({ onScan }: { readonly onScan: () => void }) {
  const lang = useLang();
  const dates = useDates();
  const { nextScan, lastScan, ranges, scan } = useBoxView();
  const signedIn = useSignedIn();
  if (ranges === 0) {
    return (
      <PageState
        title={m.no_ranges_title({}, lang)}
        action={
          <Button kind="primary" href="/settings/networks">
            {m.no_ranges_action({}, lang)}
          </Button>
        }
      >
        {m.no_ranges_next({}, lang)}
      </PageState>
    );
  }
  return (
    <PageState
      title={m.no_machines_title({}, lang)}
      action={
        signedIn &&
        !scan && (
          <>
            <Button kind="primary" onClick={onScan}>
              {m.scan_now({}, lang)}
            </Button>
            <ScanCost />
          </>
        )
      }
    >
      {lastScan
        ? m.no_machines_found({}, lang)
        : nextScan
          ? (isMorning(dates.time(nextScan)) ? m.no_machines_next : m.no_machines_next_later)(
              { time: dates.time(nextScan) },
              lang,
            )
          : null}
    </PageState>
  );
}

/** By the site's clock, e.g. 09:00. */
const isMorning = (time: string): boolean => Number.parseInt(time, 10) < 12;

/** What a sheet of paper must say for itself: whose machines, when, which of them. */
function PrintHead({ shown, filters }: { readonly shown: number; readonly filters: Filters }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(MINUTE);
  const { agent, customer } = useBoxView();
  const moment = useMemo(() => `${dates.longDay(now)} ${dates.time(now)}`, [dates, now]);
  const words = [filters.search, ...FIELDS.map((field) => filters[field])].filter(Boolean);
  const facts = [
    `${m.product_box({}, lang)} ${agent === null ? m.not_enrolled({}, lang) : m.agent({ agent }, lang)}`,
    customer,
    moment,
    m.machines_count({ count: shown, machines: formatCount(shown, lang) }, lang),
    words.length > 0 ? `${m.filter({}, lang)}: ${words.join(', ')}` : null,
  ];
  return <p class="print-only">{facts.filter(Boolean).join(' · ')}</p>;
}
