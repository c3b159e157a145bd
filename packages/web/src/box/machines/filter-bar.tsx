/** Search, filters, and what can be done to the whole list. Folds into "Filter" where it is narrow. */
import { m } from '@rsb/messages';
import type { ComponentChildren, Ref } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { type Cell, useObservable } from '../../api/observable.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { FilterSelect } from '../../components/FilterSelect.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Rich } from '../../components/Rich.tsx';
import { formatCount } from '../../format/count.ts';
import { type Language, useLang } from '../../language/language.tsx';
import { useBoxView, useSignedIn } from '../box-context.tsx';
import type { MachineActions } from './actions.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FIELDS, type FilterField, type Filters, isFiltered, NO_FILTERS, optionsFor, ROW_STATES } from './filters.ts';
import type { ListView } from './list-view.ts';
import type { MachineRow, RowState } from './machine-row.ts';
import { rowStateName, rowStateWord } from './row-state-words.ts';
import { ScanButton } from './scan-button.tsx';
import '../../components/Field.css';
import './filter-bar.css';

export interface FilterBarProps {
  readonly rows: readonly MachineRow[];
  /** Those that the filters leave. */
  readonly shown: readonly MachineRow[];
  readonly filters: Filters;
  readonly onFilters: (part: Partial<Filters>) => void;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly actions: MachineActions;
  readonly view: Cell<ListView>;
}

export function FilterBar({ rows, shown, filters, onFilters, searchRef, actions, view }: FilterBarProps) {
  const lang = useLang();
  const signedIn = useSignedIn();
  const { scan } = useBoxView();
  const [open, setOpen] = useState(false);
  const failure = useObservable(actions.failure);
  const reading = useMemo(() => rows.some((row) => row.device.reading), [rows]);
  const latest = useRef({ rows, filters });
  latest.current = { rows, filters };
  // Drawn anew by their own choices and the language; what they offer is counted when one is opened.
  const selects = useMemo(() => {
    const names = fieldNames(lang);
    const words = (field: FilterField, value: string) =>
      field === 'state' ? rowStateName[value as RowState]({}, lang) : value;
    return FIELDS.map((field) => {
      const chosen = filters[field];
      return (
        <FilterSelect
          key={field}
          name={names[field]}
          value={chosen}
          chosen={chosen === null ? null : words(field, chosen)}
          options={() =>
            optionsFor(latest.current.rows, latest.current.filters, field).map((option) => ({
              ...option,
              text: words(field, option.value),
            }))
          }
          onChange={(value) => onFilters({ [field]: value })}
        />
      );
    });
  }, [lang, onFilters, ...FIELDS.map((field) => filters[field])]);
  const columns = useMemo(() => <ColumnsMenu view={view} />, [view]);
  const states = useMemo(
    () => <StateRow rows={rows} state={filters.state} onFilters={onFilters} />,
    [rows, filters.state, onFilters],
  );
  return (
    <>
      <div class="filters no-print">
        <div class="search">
          <Icon name="search" />
          <input
            ref={searchRef}
            class="input"
            type="search"
            value={filters.search}
            placeholder={m.search_everything({}, lang)}
            aria-label={m.search_everything({}, lang)}
            maxLength={100}
            onInput={(event) => onFilters({ search: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              if (filters.search === '') event.currentTarget.blur();
              else onFilters({ search: '' });
            }}
          />
          <span class="search-key" aria-hidden="true">
            /
          </span>
        </div>
        <span class="filters-fold">
          <Button icon="sliders-horizontal" onClick={() => setOpen(!open)}>
            {m.filter({}, lang)}
          </Button>
        </span>
        <div class={open ? 'filters-all filters-open' : 'filters-all'}>
          {selects}
          {isFiltered(filters) && (
            <Button kind="quiet" icon="x" onClick={() => onFilters(NO_FILTERS)}>
              {m.filters_clear_short({}, lang)}
            </Button>
          )}
        </div>
        <div class="filters-actions">
          {signedIn && rows.length > 0 && (
            <Button
              kind="quiet"
              icon="refresh-cw"
              busy={reading && m.reading_now({}, lang)}
              onClick={() => actions.read(rows.filter((row) => row.device.monitored).map((row) => row.id))}
            >
              {m.read_all_now({}, lang)}
            </Button>
          )}
          {signedIn && !scan && <ScanButton onScan={actions.scan} />}
          {columns}
          {shown.length > 0 && <ExportMenu rows={shown} view={view} onFailure={actions.fail} />}
        </div>
      </div>
      {states}
      {failure !== null && (
        <Banner
          icon="circle-alert"
          fact={failure}
          action={
            <Button small onClick={actions.dismiss}>
              {m.close({}, lang)}
            </Button>
          }
        />
      )}
    </>
  );
}

const fieldNames = (lang: Language): Readonly<Record<FilterField, string>> => ({
  manufacturer: m.manufacturer({}, lang),
  model: m.model({}, lang),
  location: m.location({}, lang),
  group: m.group({}, lang),
  state: m.state({}, lang),
});

interface StateRowProps extends Pick<FilterBarProps, 'rows' | 'onFilters'> {
  readonly state: Filters['state'];
}

/** On a phone the counts are the State filter: a row that scrolls sideways. */
function StateRow({ rows, state: chosen, onFilters }: StateRowProps) {
  const lang = useLang();
  const counts = useMemo(() => {
    const found = new Map<RowState, number>();
    for (const row of rows) found.set(row.group, (found.get(row.group) ?? 0) + 1);
    return found;
  }, [rows]);
  const pill = (state: RowState | null, content: ComponentChildren) => (
    <button
      key={state ?? 'all'}
      type="button"
      class={chosen === state ? 'pill pill-on' : 'pill'}
      aria-pressed={chosen === state}
      onClick={() => onFilters({ state })}
    >
      {content}
    </button>
  );
  const icons = {
    trouble: ['octagon-alert', 'crit'],
    attention: ['triangle-alert', 'warn'],
    asleep: ['moon', ''],
    silent: ['unplug', 'warn'],
    well: ['circle-check', ''],
    notMonitored: ['eye-off', ''],
  } as const;
  return (
    <div class="pills">
      {pill(null, <Rich of={m.count_all.parts({ count: formatCount(rows.length, lang) }, lang)} />)}
      {ROW_STATES.filter((state) => counts.has(state)).map((state) =>
        pill(
          state,
          <>
            <Icon name={icons[state][0]} class={icons[state][1]} />
            <span>
              <Rich of={rowStateWord[state].parts({ count: formatCount(counts.get(state) ?? 0, lang) }, lang)} />
            </span>
          </>,
        ),
      )}
    </div>
  );
}
