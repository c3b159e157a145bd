/** All boxes of the dealer: when each was heard, its version, what waits on it; those not heard longest come first. */
import type { BoxesOfFleet, BoxOfFleet } from '@rsb/contract';
import { m } from '@rsb/messages';
import { PageState } from '../../components/States.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useNow } from '../central-context.tsx';
import { ClearFilters } from '../clear-filters.tsx';
import { PageFoot } from '../fleet/fleet-list.tsx';
import { withCursor } from '../fleet/fleet-query.ts';
import { HeardTicks } from '../fleet/heard-ticks.tsx';
import { useSettled } from '../fleet/use-settled.ts';
import { Heard } from '../heard.tsx';
import { useListQuery } from '../list-query.ts';
import { LoadedPart } from '../loaded-part.tsx';
import { PageHead } from '../page-head.tsx';
import { boxPath, customerPath } from '../router.ts';
import { SearchField } from '../search-field.tsx';
import { UnreachedCount } from '../unreached.tsx';
import { useCursors } from '../use-cursors.ts';
import { useResource } from '../use-resource.ts';
import '../customers/customers-page.css';
import './boxes-page.css';

const ON_A_PAGE = 50;

export function BoxesPage({ query }: { readonly query: string }) {
  const lang = useLang();
  const list = useListQuery(query, '');
  const search = useSettled(list.search);
  const silentOnly = list.get('silent') === '1';
  const asked = new URLSearchParams({
    ...(search.trim() === '' ? {} : { q: search.trim() }),
    ...(silentOnly ? { silent: 'true' } : {}),
  }).toString();
  return (
    <main id="content" class="page">
      <BoxesList asked={asked}>
        <SearchField value={list.search} label={m.boxes_search({}, lang)} onInput={list.setSearch} />
        <button
          type="button"
          class={silentOnly ? 'button button-plain button-on' : 'button button-plain'}
          aria-pressed={silentOnly}
          onClick={() => list.set('silent', silentOnly ? null : '1')}
        >
          {m.boxes_silent_only({}, lang)}
        </button>
        <ClearFilters list={list} />
      </BoxesList>
    </main>
  );
}

interface BoxesListProps {
  readonly asked: string;
  readonly children: preact.ComponentChildren;
}

function BoxesList({ asked, children }: BoxesListProps) {
  const lang = useLang();
  const now = useNow();
  const [cursors, setCursors] = useCursors(asked);
  const boxes = useResource<BoxesOfFleet>(withCursor('/fleet/boxes', asked, cursors.at(-1) ?? null));
  const { value } = boxes;
  return (
    <>
      <PageHead
        title={m.boxes({}, lang)}
        beside={
          value && (
            <span class="fact">
              {formatCount(value.total, lang)}
              {value.silent > 0 && (
                <>
                  ,{' '}
                  <span class="warn">
                    {m.boxes_silent_count({ count: value.silent, n: formatCount(value.silent, lang) }, lang)}
                  </span>
                </>
              )}
            </span>
          )
        }
      />
      <div class="list-tools">{children}</div>
      <LoadedPart of={boxes} onRetry={() => void boxes.reload()}>
        {(page) =>
          page.total === 0 ? (
            <PageState title={asked === '' ? m.boxes_none({}, lang) : m.boxes_no_match({}, lang)}>
              {asked === '' ? m.boxes_none_next({}, lang) : ''}
            </PageState>
          ) : (
            <>
              <div class="panel list-panel boxes-panel">
                <BoxesTable boxes={page.boxes} now={now} />
              </div>
              <PageFoot
                first={(cursors.length - 1) * ON_A_PAGE + 1}
                shown={page.boxes.length}
                total={page.total}
                onBack={cursors.length > 1 ? () => setCursors(cursors.slice(0, -1)) : undefined}
                onNext={page.next === null ? undefined : () => setCursors([...cursors, page.next])}
              />
            </>
          )
        }
      </LoadedPart>
    </>
  );
}

function BoxesTable({ boxes, now }: { readonly boxes: readonly BoxOfFleet[]; readonly now: number }) {
  const lang = useLang();
  return (
    <table class="table boxes-table">
      <thead>
        <tr>
          <th scope="col" class="head">
            {m.box({}, lang)}
          </th>
          <th scope="col" class="head">
            {m.today_customer_site({}, lang)}
          </th>
          <th scope="col" class="head">
            {m.boxes_heard({}, lang)}
          </th>
          <th scope="col" class="head">
            {m.last_heard({}, lang)}
          </th>
          <th scope="col" class="head head-numeric">
            {m.machines({}, lang)}
          </th>
          <th scope="col" class="head head-numeric">
            {m.box_waiting({}, lang)}
          </th>
          <th scope="col" class="head">
            {m.box_version({}, lang)}
          </th>
        </tr>
      </thead>
      <tbody>
        {boxes.map((box) => (
          <BoxRow key={box.agent} box={box} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function BoxRow({ box, now }: { readonly box: BoxOfFleet; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  return (
    <tr class={box.revokedAt === null ? 'row row-line' : 'row row-line old'}>
      <th scope="row">
        <a class="row-link num" href={boxPath(box.customer, box.agent)}>
          {box.agent}
        </a>
      </th>
      <td>
        <span class="cell-first">
          <a class="row-aside" href={customerPath(box.customer)}>
            {box.customerName}
          </a>
        </span>
        {box.siteName !== '' && <span class="cell-second">{box.siteName}</span>}
      </td>
      <td>
        <HeardTicks hours={box.hours} />
      </td>
      <td data-name={m.last_heard({}, lang)}>
        {box.revokedAt === null ? (
          <>
            <Heard at={box.lastHeard} now={now} hours={box.silentHours} />
            <UnreachedCount ranges={box.unreached} />
          </>
        ) : (
          m.box_revoked_on({ day: dates.day(box.revokedAt) }, lang)
        )}
      </td>
      <td class="cell-numeric" data-name={m.machines({}, lang)}>
        {formatCount(box.machines, lang)}
      </td>
      <td class="cell-numeric" data-name={m.box_waiting({}, lang)}>
        {box.waiting === null ? '?' : formatCount(box.waiting, lang)}
      </td>
      <td data-name={m.box_version({}, lang)}>{box.version ?? '?'}</td>
    </tr>
  );
}
