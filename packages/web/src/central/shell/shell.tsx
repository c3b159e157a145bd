/** The frame of all pages: sidebar with the dealer's name, the places, the person at the foot; a bar on top where it is narrow. */
import { LOCALES, m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { useObservable } from '../../api/observable.ts';
import { Icon } from '../../components/Icon.tsx';
import { LANGUAGE_NAMES, LanguageMenu } from '../../components/LanguageMenu.tsx';
import { Mark } from '../../components/Mark.tsx';
import { Menu, MenuItem, MenuLine } from '../../components/Menu.tsx';
import { ThemeMenu } from '../../components/ThemeMenu.tsx';
import { useChooseLanguage, useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import type { Route } from '../router.ts';
import { PlaceLinks, PlaceMenuItems } from './places.tsx';
import './shell.css';

export function Shell({ route, children }: { readonly route: Route; readonly children: ComponentChildren }) {
  const lang = useLang();
  return (
    <div class="shell">
      <a class="skip-link" href="#content">
        {m.skip_to_content({}, lang)}
      </a>
      <Sidebar route={route} />
      <TopBar />
      <div class="shell-page">{children}</div>
    </div>
  );
}

function useSignOut() {
  const { client, session, resources, router, views } = useCentral();
  return async () => {
    await client.send('DELETE', '/session');
    // First the place: who signs in next does not land on this one's page.
    router.replace('/signin');
    resources.forget();
    views.forget();
    await session.load();
  };
}

function useWho(): { readonly dealer: string; readonly user: string } {
  const { session } = useObservable(useCentral().session);
  return { dealer: session?.dealer ?? '', user: session?.user ?? '' };
}

function Sidebar({ route }: { readonly route: Route }) {
  const lang = useLang();
  const { dealer, user } = useWho();
  const signOut = useSignOut();
  return (
    <header class="sidebar no-print">
      <a class="sidebar-name" href="/">
        <Mark />
        <span>
          <b>{dealer}</b>
          <span class="second">{m.product_central({}, lang)}</span>
        </span>
      </a>
      <nav aria-label={m.places({}, lang)}>
        <PlaceLinks route={route} />
      </nav>
      <div class="sidebar-foot">
        <a
          class="sidebar-place"
          href="/settings"
          aria-current={route.page === 'settings' || route.page === 'api' ? 'page' : undefined}
        >
          <Icon name="settings" />
          <span>{m.settings_place({}, lang)}</span>
        </a>
        <div class="sidebar-tools">
          <LanguageMenu long />
          <ThemeMenu />
        </div>
        <Menu
          buttonClass="sidebar-place sidebar-person"
          button={
            <>
              <Icon name="user" />
              <span class="ellipsis">{user}</span>
            </>
          }
        >
          <MenuItem icon="log-out" onChoose={() => void signOut()}>
            {m.sign_out({}, lang)}
          </MenuItem>
        </Menu>
      </div>
    </header>
  );
}

function TopBar() {
  const lang = useLang();
  const { dealer, user } = useWho();
  const { router } = useCentral();
  const choose = useChooseLanguage();
  const signOut = useSignOut();
  return (
    <header class="shell-bar no-print">
      <a class="sidebar-name" href="/">
        <Mark />
        <span>
          <b class="ellipsis">{dealer}</b>
          <span class="second">{m.product_central({}, lang)}</span>
        </span>
      </a>
      <ThemeMenu />
      <Menu
        align="right"
        button={
          <>
            <Icon name="menu" />
            {m.menu({}, lang)}
          </>
        }
      >
        <PlaceMenuItems go={(path) => router.go(path)} />
        <MenuItem icon="settings" onChoose={() => router.go('/settings')}>
          {m.settings_place({}, lang)}
        </MenuItem>
        <MenuLine />
        {LOCALES.map((locale) => (
          <MenuItem key={locale} lang={locale} chosen={locale === lang.locale} onChoose={() => choose(locale)}>
            {LANGUAGE_NAMES[locale]}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem icon="log-out" onChoose={() => void signOut()}>
          {m.sign_out_named({ name: user }, lang)}
        </MenuItem>
      </Menu>
    </header>
  );
}
