/** The places of central with their counts; where it is narrow, the same as a menu. */
import type { FleetCounts } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Icon } from '../../components/Icon.tsx';
import { MenuItem } from '../../components/Menu.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import type { IconName } from '../../look/icons.ts';
import { AlertsCount } from '../alerts/alerts-count.tsx';
import { useCentral } from '../central-context.tsx';
import type { Route } from '../router.ts';
import { useResource } from '../use-resource.ts';

type Lang = ReturnType<typeof useLang>;

interface Place {
  readonly href: string;
  readonly icon: IconName;
  readonly word: (lang: Lang) => string;
  /** Pages that belong to it. */
  readonly pages: readonly Route['page'][];
  readonly count?: (counts: FleetCounts) => number;
}

const PLACES: readonly Place[] = [
  { href: '/', icon: 'sun', word: (lang) => m.today({}, lang), pages: ['today'], count: ({ today }) => today },
  {
    href: '/fleet',
    icon: 'printer',
    word: (lang) => m.fleet({}, lang),
    pages: ['fleet', 'device'],
    count: ({ machines }) => machines,
  },
  {
    href: '/customers',
    icon: 'building-2',
    word: (lang) => m.customers({}, lang),
    pages: ['customers', 'customer'],
    count: ({ customers }) => customers,
  },
  {
    href: '/boxes',
    icon: 'router',
    word: (lang) => m.boxes({}, lang),
    pages: ['boxes', 'box'],
    count: ({ boxes }) => boxes,
  },
  { href: '/alerts', icon: 'bell', word: (lang) => m.alerts_title({}, lang), pages: ['alerts', 'alert'] },
];

export function PlaceLinks({ route }: { readonly route: Route }) {
  const lang = useLang();
  const { views } = useCentral();
  const { value } = useResource<FleetCounts>('/fleet/counts');
  // Before the first readings are worked through, a nought would say what nobody knows.
  const isFirst = value !== null && value.machines === 0 && value.waiting.readings > 0;
  return (
    <>
      {PLACES.map(({ href, icon, word, pages, count }) => (
        <a
          key={href}
          class="sidebar-place"
          href={views.hrefOf(href)}
          aria-current={pages.includes(route.page) ? 'page' : undefined}
        >
          <Icon name={icon} />
          <span>{word(lang)}</span>
          {value && count && !(isFirst && count(value) === 0) && (
            <span class="sidebar-count num">{formatCount(count(value), lang)}</span>
          )}
          {href === '/alerts' && !isFirst && <AlertsCount />}
        </a>
      ))}
    </>
  );
}

export function PlaceMenuItems({ go }: { readonly go: (path: string) => void }) {
  const lang = useLang();
  const { views } = useCentral();
  return (
    <>
      {PLACES.map(({ href, icon, word }) => (
        <MenuItem key={href} icon={icon} onChoose={() => go(views.hrefOf(href))}>
          {word(lang)}
        </MenuItem>
      ))}
    </>
  );
}
