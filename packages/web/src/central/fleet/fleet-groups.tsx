/** The fleet by customer: a closed group still tells trouble, supplies and its box; an open one lists its machines by site. */
import type { FleetGroup, FleetGroups, FleetMachine, FleetPage } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Icon } from '../../components/Icon.tsx';
import { agoText } from '../../format/age.ts';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import type { ListQuery } from '../list-query.ts';
import { LoadedPart } from '../loaded-part.tsx';
import { useResource, useResources } from '../use-resource.ts';
import { NoMatch, PageFoot } from './fleet-list.tsx';
import { withCursor } from './fleet-query.ts';
import { COLUMNS, type FleetBlock, FleetTable } from './fleet-table.tsx';

const ON_A_PAGE = 50;
/** Machines of one customer that stand here; all of them stand on the customer's own page. */
const MOST_OPEN = 200;

export interface FleetGroupsListProps {
  readonly asked: string;
  readonly list: ListQuery;
  readonly now: number;
  readonly onClear: () => void;
}

export function FleetGroupsList({ asked, list, now, onClear }: FleetGroupsListProps) {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const groups = useResource<FleetGroups>(withCursor('/fleet/groups', asked, cursors.at(-1) ?? null));
  const shown = groups.value?.groups ?? [];
  // What was searched or chosen is shown at once where it is little; of the whole fleet the first group is open.
  const narrowed = asked !== '' && (groups.value?.machines ?? 0) <= ON_A_PAGE;
  const isOpen = ({ customer }: FleetGroup, at: number) => (narrowed || at === 0) !== toggled.has(customer);
  const open = shown.filter(isOpen).map(({ customer }) => customer);
  const pathOf = (customer: string) =>
    withCursor('/fleet', [asked, `customer=${customer}&limit=${MOST_OPEN}`].filter(Boolean).join('&'), null);
  const pages = useResources<FleetPage>(open.map(pathOf));
  const toggle = (customer: string) => {
    const next = new Set(toggled);
    if (!next.delete(customer)) next.add(customer);
    setToggled(next);
  };
  return (
    <LoadedPart of={groups} onRetry={() => void groups.reload()} rows={10}>
      {({ total, next }) =>
        total === 0 ? (
          <NoMatch asked={asked} onClear={onClear} />
        ) : (
          <>
            <div class="fleet-scroll">
              <FleetTable list={list} grouped>
                {shown.flatMap((group, at): FleetBlock[] => {
                  const page = open.includes(group.customer) ? pages[open.indexOf(group.customer)]?.value : undefined;
                  const head = (
                    <GroupRow
                      group={group}
                      now={now}
                      open={isOpen(group, at)}
                      onToggle={() => toggle(group.customer)}
                    />
                  );
                  return [{ head, machines: [] }, ...blocksOf(page?.machines ?? [], group)];
                })}
              </FleetTable>
            </div>
            <PageFoot
              first={(cursors.length - 1) * ON_A_PAGE + 1}
              shown={shown.length}
              total={total}
              onBack={cursors.length > 1 ? () => setCursors(cursors.slice(0, -1)) : undefined}
              onNext={next === null ? undefined : () => setCursors([...cursors, next])}
            />
          </>
        )
      }
    </LoadedPart>
  );
}

/** Machines by site; where a customer has one site only, its name would say nothing. */
function blocksOf(machines: readonly FleetMachine[], group: FleetGroup): FleetBlock[] {
  const sites = Map.groupBy(machines, ({ site }) => site);
  return [...sites]
    .sort(([, [one]], [, [other]]) => (one?.siteName ?? '').localeCompare(other?.siteName ?? ''))
    .map(([site, own]) => ({
      head: sites.size > 1 || group.sites > 1 ? <SiteRow key={site} name={own[0]?.siteName ?? ''} /> : null,
      machines: own,
    }));
}

function SiteRow({ name }: { readonly name: string }) {
  const lang = useLang();
  return (
    <tr class="fleet-site">
      <th colSpan={COLUMNS} scope="rowgroup">
        {name === '' ? m.fleet_first_site({}, lang) : name}
      </th>
    </tr>
  );
}

interface GroupRowProps {
  readonly group: FleetGroup;
  readonly now: number;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function GroupRow({ group, now, open, onToggle }: GroupRowProps) {
  const lang = useLang();
  const dates = useDates();
  const n = (count: number) => ({ count, n: formatCount(count, lang) });
  const about = [
    m.fleet_sites(n(group.sites), lang),
    m.count_machines({ count: group.machines, machines: formatCount(group.machines, lang) }, lang),
    group.box === null
      ? m.count_boxes({ count: group.boxes, boxes: formatCount(group.boxes, lang) }, lang)
      : m.box_named({ agent: group.box }, lang),
  ].join(', ');
  return (
    <tr class="fleet-group">
      <th colSpan={COLUMNS} scope="rowgroup">
        <span class="fleet-group-line">
          <button type="button" class="fleet-group-name" aria-expanded={open} onClick={onToggle}>
            <Icon name={open ? 'chevron-down' : 'chevron-right'} />
            <b>{group.name}</b>
            <span class="fact">{about}</span>
          </button>
          <span class="fleet-group-facts">
            {group.trouble > 0 && (
              <span class={group.severity === 'critical' ? 'crit' : 'warn'}>
                <Icon name={group.severity === 'critical' ? 'octagon-alert' : 'triangle-alert'} />{' '}
                {group.severity === 'critical'
                  ? m.fleet_group_trouble(n(group.trouble), lang)
                  : m.fleet_group_look(n(group.trouble), lang)}
              </span>
            )}
            {group.supplies > 0 && (
              <span class="warn">
                <Icon name="droplet" /> {m.fleet_group_supplies(n(group.supplies), lang)}
              </span>
            )}
            {group.silentBoxes > 0 && (
              <span class="warn">
                <Icon name="unplug" /> {m.fleet_group_silent_box({}, lang)}
              </span>
            )}
            <span class="fact fleet-group-heard">
              {group.lastHeard === null
                ? m.fleet_group_never({}, lang)
                : m.fleet_group_heard({ ago: agoText(group.lastHeard, now, dates, lang) }, lang)}
            </span>
          </span>
        </span>
      </th>
    </tr>
  );
}
