/** All machines of the dealer: views as tabs with counts, filters, groups by customer or one list, pages from the server. */
import type { FleetCounts, FleetModels, SavedView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { FilterSelect } from '../../components/FilterSelect.tsx';
import { Icon } from '../../components/Icon.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { useCentral, useNow } from '../central-context.tsx';
import { ClearFilters } from '../clear-filters.tsx';
import { useListQuery } from '../list-query.ts';
import { PageHead } from '../page-head.tsx';
import { SearchField } from '../search-field.tsx';
import { useResource } from '../use-resource.ts';
import { WorkBehindBanner } from '../work-behind.tsx';
import { FleetGroupsList } from './fleet-groups.tsx';
import { FleetList } from './fleet-list.tsx';
import { queryOf, VIEWS, viewWord } from './fleet-query.ts';
import { useSettled } from './use-settled.ts';
import './fleet.css';

export function FleetPage({ query }: { readonly query: string }) {
  const lang = useLang();
  const now = useNow(30_000);
  const list = useListQuery(query, 'name');
  const counts = useResource<FleetCounts>('/fleet/counts');
  const models = useResource<FleetModels>('/fleet/models');
  const search = useSettled(list.search);
  const flat = list.get('flat') === '1' || list.sort !== 'name' || list.descending;
  const view = VIEWS.find((each) => each === list.get('view')) ?? 'all';
  const model = list.get('model');
  const box = list.get('box');
  const asked = queryOf({ view, search, model, box, sort: list.sort, descending: list.descending });
  const tabs = useRef<HTMLElement>(null);
  // Where tabs are wider than the page, the one that is open must be among those in sight.
  useEffect(() => {
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [view, counts.value !== null]);
  const n = (count: number) => ({ count, n: formatCount(count, lang) });
  const totals = counts.value && [
    m.count_machines({ count: counts.value.machines, machines: formatCount(counts.value.machines, lang) }, lang),
    m.fleet_customers(n(counts.value.customers), lang),
    m.fleet_sites(n(counts.value.sites), lang),
  ];
  return (
    <main id="content" class="page fleet">
      <PageHead
        title={m.fleet({}, lang)}
        beside={totals && <span class="fact">{totals.join(', ')}</span>}
        right={
          <>
            <SavedViews query={query} />
            <Button
              kind="quiet"
              icon="download"
              title={m.export_machines({}, lang)}
              href={`/api/v1/exports/devices.xlsx?language=${lang.locale}`}
            >
              {m.fleet_export_all({}, lang)}
            </Button>
          </>
        }
      />
      <WorkBehindBanner />
      <nav ref={tabs} class="fleet-tabs no-print" aria-label={m.fleet_views({}, lang)}>
        {VIEWS.filter((each) => each !== 'unwatched' || (counts.value?.views.unwatched ?? 0) > 0).map((each) => (
          <button
            key={each}
            type="button"
            class="fleet-tab"
            aria-current={each === view ? 'true' : undefined}
            onClick={() => list.set('view', each === 'all' ? null : each)}
          >
            {viewWord(each, lang)}{' '}
            <span class="num fact">{counts.value ? formatCount(counts.value.views[each], lang) : ''}</span>
          </button>
        ))}
      </nav>
      <div class="fleet-filters no-print">
        <SearchField value={list.search} label={m.fleet_search({}, lang)} onInput={list.setSearch} />
        <FilterSelect
          name={m.fleet_model({}, lang)}
          value={model}
          chosen={model}
          options={() =>
            (models.value ?? []).map((each) => ({ value: each.model, text: each.model, count: each.machines }))
          }
          onChange={(next) => list.set('model', next)}
        />
        {box !== null && (
          <button type="button" class="button button-plain button-on" onClick={() => list.set('box', null)}>
            {m.box_named({ agent: box }, lang)}
            <Icon name="x" />
          </button>
        )}
        <ClearFilters list={list} />
        <span class="push fleet-grouping">
          <button
            type="button"
            class="button button-plain"
            aria-pressed={!flat}
            onClick={() => {
              list.set('sort', null);
              list.set('flat', flat ? null : '1');
            }}
          >
            <Icon name={flat ? 'layers' : 'table'} />
            {flat ? m.fleet_grouped({}, lang) : m.fleet_flat({}, lang)}
          </button>
        </span>
      </div>
      {flat ? (
        <FleetList key={asked} asked={asked} list={list} onClear={list.clearFilters} />
      ) : (
        <FleetGroupsList key={asked} asked={asked} list={list} now={now} onClear={list.clearFilters} />
      )}
    </main>
  );
}

/** A person's own choices under a name each. */
function SavedViews({ query }: { readonly query: string }) {
  const lang = useLang();
  const { client, router } = useCentral();
  const views = useResource<readonly SavedView[]>('/fleet/views');
  const [naming, setNaming] = useState<string | null>(null);
  const save = async (event: Event) => {
    event.preventDefault();
    const name = naming?.trim() ?? '';
    if (name === '') return;
    await client.send('POST', '/fleet/views', { body: { name, query: query.replace(/^\?/, '') } });
    setNaming(null);
    await views.reload();
  };
  const remove = async (view: SavedView) => {
    await client.send('DELETE', `/fleet/views/${encodeURIComponent(view.id)}`);
    await views.reload();
  };
  return (
    <>
      {(views.value ?? []).map((view) => (
        <span key={view.id} class="saved-view">
          <button type="button" class="link-button" onClick={() => router.go(`/fleet?${view.query}`)}>
            {view.name}
          </button>
          <Button
            kind="quiet"
            small
            icon="x"
            label={m.fleet_view_remove({ name: view.name }, lang)}
            onClick={() => void remove(view)}
          />
        </span>
      ))}
      {naming === null ? (
        <Button kind="quiet" icon="plus" onClick={() => setNaming('')}>
          {m.fleet_save_view({}, lang)}
        </Button>
      ) : (
        <form class="row-of-buttons" onSubmit={(event) => void save(event)}>
          <input
            class="input"
            maxLength={40}
            value={naming}
            aria-label={m.fleet_view_name({}, lang)}
            placeholder={m.fleet_view_name({}, lang)}
            onInput={(event) => setNaming(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Escape' && setNaming(null)}
          />
          <Button type="submit" disabled={naming.trim() === ''}>
            {m.fleet_view_save({}, lang)}
          </Button>
        </form>
      )}
    </>
  );
}
