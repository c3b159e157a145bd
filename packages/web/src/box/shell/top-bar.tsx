/** The bar on top: whose box this is, the places, the site's date and clock, language, theme, who is signed in. */
import { LOCALES, m } from '@rsb/messages';
import { useEffect } from 'preact/hooks';
import { useObservable } from '../../api/observable.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { LANGUAGE_NAMES, LanguageMenu } from '../../components/LanguageMenu.tsx';
import { Mark } from '../../components/Mark.tsx';
import { Menu, MenuItem, MenuLine } from '../../components/Menu.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { THEMES, ThemeMenu, themeWord } from '../../components/ThemeMenu.tsx';
import { useNarrow } from '../../components/use-narrow.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useChooseLanguage, useLang } from '../../language/language.tsx';
import { useTheme } from '../../theme/theme.ts';
import { useMachineActions } from '../actions-context.tsx';
import { useBox, useBoxView, useLive, useNow, useSignedIn } from '../box-context.tsx';
import { machineRow } from '../machines/machine-row.ts';
import type { Route } from '../router.ts';
import { ScanCost } from '../scan-cost.tsx';
import { ReadAge } from './read-age.tsx';
import './top-bar.css';

export function TopBar({ route }: { readonly route: Route }) {
  const lang = useLang();
  const box = useBoxView();
  const agent = box.agent === null ? m.not_enrolled({}, lang) : m.agent({ agent: box.agent }, lang);
  const { settingsEdit } = useBox();
  const edit = useObservable(settingsEdit);
  const narrow = useNarrow();
  useEffect(() => {
    document.title = `${m.product_box({}, lang)} ${agent}`;
  }, [lang, agent]);
  const tabs = [
    { href: '/', text: m.tab_machines({}, lang), current: route.page === 'machines' || route.page === 'machine' },
    { href: '/left', text: m.tab_left({}, lang), current: route.page === 'left' },
    { href: '/health', text: m.tab_health({}, lang), current: route.page === 'health' },
    {
      href: '/settings',
      text: edit?.isEdited ? m.tab_settings_edited({}, lang) : m.tab_settings({}, lang),
      current: route.page === 'settings',
    },
  ];
  if (narrow && route.page === 'machine') return <MachineBar id={route.id} tabs={tabs} />;
  return (
    <header class="top-bar no-print">
      <a class="top-name" href="/">
        <Mark />
        <span class="top-words">
          <b>{m.product_box({}, lang)}</b> <span class="top-agent">{agent}</span>
        </span>
      </a>
      <div class="top-tabs">
        <Tabs tabs={tabs} label={m.places({}, lang)} />
      </div>
      {box.dealer && <Dealer name={box.dealer.name} hotline={box.dealer.hotline} />}
      <SiteClock />
      <div class="top-tools">
        <LanguageMenu />
        <ThemeMenu />
        <Person />
      </div>
      <PhoneMenu tabs={tabs} />
    </header>
  );
}

/** On a phone a machine's page needs its width for the machine: back, the age of what it told, all else behind More. */
function MachineBar({ id, tabs }: PhoneMenuProps & { readonly id: string }) {
  const lang = useLang();
  const now = useNow(10_000);
  const { devices } = useLive();
  const { supplyMark } = useBoxView();
  const device = devices?.get(id);
  return (
    <header class="top-bar no-print">
      <a class="top-back" href="/">
        <Icon name="chevron-left" size={16} />
        {m.tab_machines({}, lang)}
      </a>
      {device && <ReadAge row={machineRow(device, { lang, mark: supplyMark, oldBefore: 0 })} now={now} />}
      <PhoneMenu tabs={tabs} more />
    </header>
  );
}

const telephone = (number: string): string => `tel:${number.replaceAll(/[^+\d]/g, '')}`;

function Dealer({ name, hotline }: { readonly name: string; readonly hotline: string | null }) {
  return (
    <span class="top-dealer">
      <span class="ellipsis" title={name}>
        {name}
      </span>
      {hotline && (
        <a href={telephone(hotline)}>
          <Icon name="phone" size={14} />
          {hotline}
        </a>
      )}
    </span>
  );
}

function SiteClock() {
  const dates = useDates();
  const { zone } = useBoxView();
  const now = useNow(1000);
  return (
    <time class="top-clock num" title={zone}>
      <span>{dates.longDay(now)}</span> <b>{dates.clock(now)}</b>
    </time>
  );
}

function useSignOut() {
  const { client, live, router } = useBox();
  return async () => {
    await client.send('DELETE', '/session');
    await live.reload();
    router.go('/');
  };
}

function Person() {
  const lang = useLang();
  const signOut = useSignOut();
  const { session } = useLive();
  if (!session?.signedIn) {
    return (
      <Button kind="quiet" icon="user" href="/signin">
        {m.sign_in({}, lang)}
      </Button>
    );
  }
  return (
    <Menu
      align="right"
      button={
        <>
          <Icon name="user" />
          {session.person?.name ?? m.signed_in({}, lang)}
        </>
      }
    >
      <MenuItem icon="log-out" onChoose={() => void signOut()}>
        {m.sign_out({}, lang)}
      </MenuItem>
    </Menu>
  );
}

interface PhoneMenuProps {
  readonly tabs: readonly { readonly href: string; readonly text: string; readonly current: boolean }[];
  /** Beside a page's own head: what else there is. */
  readonly more?: boolean;
}

function PhoneMenu({ tabs, more = false }: PhoneMenuProps) {
  const lang = useLang();
  return (
    <div class="top-phone">
      <Menu
        align="right"
        button={
          <>
            <Icon name={more ? 'ellipsis' : 'menu'} />
            {more ? m.more({}, lang) : m.menu({}, lang)}
          </>
        }
      >
        {() => <PhoneItems tabs={tabs} />}
      </Menu>
    </div>
  );
}

/** All that stands in the bar where it is wide, and what can be done to the whole list. */
function PhoneItems({ tabs }: Pick<PhoneMenuProps, 'tabs'>) {
  const lang = useLang();
  const { live, router } = useBox();
  const { scan, dealer } = useBoxView();
  const signedIn = useSignedIn();
  const choose = useChooseLanguage();
  const signOut = useSignOut();
  const actions = useMachineActions();
  const [theme, chooseTheme] = useTheme();
  const hotline = dealer?.hotline;
  const readAll = () => {
    const devices = [...(live.get().devices?.values() ?? [])];
    actions.read(devices.filter((device) => device.monitored).map((device) => device.id));
  };
  return (
    <>
      {tabs.map((tab) => (
        <MenuItem key={tab.href} chosen={tab.current} onChoose={() => router.go(tab.href)}>
          {tab.text}
        </MenuItem>
      ))}
      {signedIn && (
        <>
          <MenuLine />
          {!scan && (
            <MenuItem icon="radar" onChoose={actions.scan}>
              {m.scan_now({}, lang)}
              <br />
              <ScanCost />
            </MenuItem>
          )}
          <MenuItem icon="refresh-cw" onChoose={readAll}>
            {m.read_all_now({}, lang)}
          </MenuItem>
        </>
      )}
      {hotline && (
        <>
          <MenuLine />
          <MenuItem icon="phone" onChoose={() => location.assign(telephone(hotline))}>
            {dealer?.name}
            <br />
            <span class="fact num">{hotline}</span>
          </MenuItem>
        </>
      )}
      <MenuLine />
      {LOCALES.map((locale) => (
        <MenuItem key={locale} lang={locale} chosen={locale === lang.locale} onChoose={() => choose(locale)}>
          {LANGUAGE_NAMES[locale]}
        </MenuItem>
      ))}
      <MenuLine />
      {THEMES.map((name) => (
        <MenuItem key={name} chosen={name === theme} onChoose={() => chooseTheme(name)}>
          {themeWord(name, lang)}
        </MenuItem>
      ))}
      <MenuLine />
      {signedIn ? (
        <MenuItem icon="log-out" onChoose={() => void signOut()}>
          {m.sign_out({}, lang)}
        </MenuItem>
      ) : (
        <MenuItem icon="user" onChoose={() => router.go('/signin')}>
          {m.sign_in({}, lang)}
        </MenuItem>
      )}
    </>
  );
}
