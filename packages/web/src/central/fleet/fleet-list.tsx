/** The fleet as one list in the chosen order, a page at a time; the server sorts and filters. */
import type { FleetCounts, FleetPage } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import type { ListQuery } from '../list-query.ts';
import { LoadedPart } from '../loaded-part.tsx';
import { useResource } from '../use-resource.ts';
import { withCursor } from './fleet-query.ts';
import { FleetTable } from './fleet-table.tsx';

const ON_A_PAGE = 50;

export interface FleetListProps {
  readonly asked: string;
  readonly list: ListQuery;
  readonly onClear: () => void;
}

export function FleetList({ asked, list, onClear }: FleetListProps) {
  const lang = useLang();
  /** Cursors of the pages behind, and of this one. */
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const page = useResource<FleetPage>(withCursor('/fleet', asked, cursors.at(-1) ?? null));
  return (
    <LoadedPart of={page} onRetry={() => void page.reload()} rows={10}>
      {({ machines, total, atLeast, next }) =>
        total === 0 ? (
          <NoMatch asked={asked} onClear={onClear} />
        ) : (
          <>
            <div class="fleet-scroll">
              <FleetTable list={list}>{[{ head: null, machines }]}</FleetTable>
            </div>
            <PageFoot
              first={(cursors.length - 1) * ON_A_PAGE + 1}
              shown={machines.length}
              total={total}
              atLeast={atLeast}
              onBack={cursors.length > 1 ? () => setCursors(cursors.slice(0, -1)) : undefined}
              onNext={next === null ? undefined : () => setCursors([...cursors, next])}
            />
            <span class="visually-hidden" role="status">
              {m.fleet_shown(
                { first: '1', last: formatCount(machines.length, lang), total: countWord(total, atLeast, lang) },
                lang,
              )}
            </span>
          </>
        )
      }
    </LoadedPart>
  );
}

export function NoMatch({ asked, onClear }: { readonly asked: string; readonly onClear: () => void }) {
  const lang = useLang();
  if (asked === '') return <NoMachines />;
  return (
    <PageState title={m.fleet_no_match({}, lang)} action={<Button onClick={onClear}>{m.fleet_clear({}, lang)}</Button>}>
      {m.fleet_no_match_next({}, lang)}
    </PageState>
  );
}

/** Nothing is said to be missing while readings are there that were not worked through. */
function NoMachines() {
  const lang = useLang();
  const { value } = useResource<FleetCounts>('/fleet/counts');
  const waits = value?.waiting.readings ?? 0;
  if (value === null) return <LoadingRows rows={6} label={m.loading({}, lang)} />;
  return waits === 0 ? (
    <PageState title={m.fleet_none({}, lang)}>{m.fleet_none_next({}, lang)}</PageState>
  ) : (
    <PageState title={m.fleet_waiting_first({}, lang)}>
      {m.fleet_behind({ count: waits, n: formatCount(waits, lang) }, lang)} {m.fleet_waiting_next({}, lang)}
    </PageState>
  );
}

export interface PageFootProps {
  readonly first: number;
  readonly shown: number;
  readonly total: number;
  /** There are more than `total`. */
  readonly atLeast?: boolean;
  readonly onBack: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

const countWord = (total: number, atLeast: boolean, lang: ReturnType<typeof useLang>): string =>
  atLeast ? m.fleet_at_least({ n: formatCount(total, lang) }, lang) : formatCount(total, lang);

export function PageFoot({ first, shown, total, atLeast = false, onBack, onNext }: PageFootProps) {
  const lang = useLang();
  const numbers = {
    first: formatCount(first, lang),
    last: formatCount(first + shown - 1, lang),
    total: countWord(total, atLeast, lang),
  };
  return (
    <nav class="fleet-foot" aria-label={m.pager_label({}, lang)}>
      <span class="fact">{m.fleet_shown(numbers, lang)}</span>
      {(onBack || onNext) && (
        <span class="row-of-buttons no-print">
          <Button icon="chevron-left" disabled={!onBack} onClick={onBack}>
            {m.fleet_back({}, lang)}
          </Button>
          <Button icon="chevron-right" disabled={!onNext} onClick={onNext}>
            {m.fleet_next({}, lang)}
          </Button>
        </span>
      )}
    </nav>
  );
}
