/** Which page stands at which address, and what has to be done before: first start, sign-in. */
import { m } from '@rsb/messages';
import { useEffect } from 'preact/hooks';
import { wordProblem } from '../api/client.ts';
import { useObservable } from '../api/observable.ts';
import { Button } from '../components/Button.tsx';
import { Later } from '../components/Later.tsx';
import { LoadingRows, PageState } from '../components/States.tsx';
import { ToastHost } from '../components/Toast.tsx';
import { DatesProvider } from '../format/dates-context.tsx';
import { useLang } from '../language/language.tsx';
import { CentralContext, type CentralParts, useCentral } from './central-context.tsx';
import { isOfHouse, type Route, routeOf } from './router.ts';
import { Shell } from './shell/shell.tsx';
import { TodayPage } from './today/today-page.tsx';

const LATER = {
  fleet: () => import('./fleet/fleet-page.tsx').then((module) => module.FleetPage),
  boxes: () => import('./boxes/boxes-page.tsx').then((module) => module.BoxesPage),
  customers: () => import('./customers/customers-page.tsx').then((module) => module.CustomersPage),
  customer: () => import('./customer/customer-page.tsx').then((module) => module.CustomerPage),
  box: () => import('./customer/box-page.tsx').then((module) => module.BoxPage),
  device: () => import('./device/device-page.tsx').then((module) => module.DevicePage),
  alert: () => import('./alerts/alert-page.tsx').then((module) => module.AlertPage),
  alerts: () => import('./alerts/alerts-page.tsx').then((module) => module.AlertsPage),
  settings: () => import('./settings/settings-page.tsx').then((module) => module.SettingsPage),
  api: () => import('./api-document/api-page.tsx').then((module) => module.ApiPage),
  import: () => import('./import/import-page.tsx').then((module) => module.ImportPage),
  join: () => import('./sign-in/join-page.tsx').then((module) => module.JoinPage),
  start: () => import('./sign-in/first-start-page.tsx').then((module) => module.FirstStartPage),
  signIn: () => import('./sign-in/sign-in-page.tsx').then((module) => module.SignInPage),
} as const;

/** The dealer's own days; what belongs to a site is shown in the site's zone. */
const DEALER_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export function App({ parts }: { readonly parts: CentralParts }) {
  return (
    <CentralContext.Provider value={parts}>
      <DatesProvider zone={DEALER_ZONE}>
        <ToastHost>
          <Pages />
        </ToastHost>
      </DatesProvider>
    </CentralContext.Provider>
  );
}

function Pages() {
  const lang = useLang();
  const { session: store, router } = useCentral();
  const { session, problem } = useObservable(store);
  const place = useObservable(router);
  const route = routeOf(place.path);
  const needed = session === null ? null : neededPage(session.setup, session.user !== null);

  useEffect(() => {
    if (needed === 'start' && route.page !== 'start') router.replace('/start');
    if (needed === 'signIn' && route.page !== 'signIn' && route.page !== 'join') {
      const to = route.page === 'start' ? '/' : place.path + place.query;
      router.replace(to === '/' ? '/signin' : `/signin?to=${encodeURIComponent(to)}`);
    }
    if (needed === null && session !== null && route.page === 'start') router.replace('/');
  }, [needed, session, route.page, place, router]);

  if (!session) {
    return problem ? (
      <PageState
        title={m.central_no_answer({}, lang)}
        action={
          <Button icon="refresh-cw" onClick={() => void store.load()}>
            {m.try_again({}, lang)}
          </Button>
        }
      >
        {wordProblem(problem, lang)}
      </PageState>
    ) : (
      <LoadingRows label={m.loading({}, lang)} />
    );
  }
  if (route.page === 'join' && needed !== 'start') return <Later key="join" load={LATER.join} props={{}} />;
  if (needed === 'start') return <Later key="start" load={LATER.start} props={{}} />;
  if (needed === 'signIn' || route.page === 'signIn')
    return <Later key="signIn" load={LATER.signIn} props={{ query: place.query }} />;
  const isAway = session.role === 'reader' && isOfHouse(route);
  return (
    <Shell route={route}>
      <RoutePage route={isAway ? NOTHING : route} query={place.query} />
    </Shell>
  );
}

const NOTHING: Route = { page: 'unknown' };

function neededPage(setup: 'codeNeeded' | 'done', signedIn: boolean): 'start' | 'signIn' | null {
  if (setup === 'codeNeeded') return 'start';
  return signedIn ? null : 'signIn';
}

function RoutePage({ route, query }: { readonly route: Route; readonly query: string }) {
  const lang = useLang();
  switch (route.page) {
    case 'today':
      return <TodayPage query={query} />;
    case 'fleet':
      return <Later key="fleet" load={LATER.fleet} props={{ query }} />;
    case 'boxes':
      return <Later key="boxes" load={LATER.boxes} props={{ query }} />;
    case 'customers':
      return <Later key="customers" load={LATER.customers} props={{ query }} />;
    case 'customer':
      return <Later key={`customer ${route.customer}`} load={LATER.customer} props={{ id: route.customer, query }} />;
    case 'box':
      return (
        <Later
          key={`box ${route.customer} ${route.agent}`}
          load={LATER.box}
          props={{ customer: route.customer, agent: route.agent, query }}
        />
      );
    case 'device':
      return (
        <Later
          key={`device ${route.customer} ${route.device}`}
          load={LATER.device}
          props={{ customer: route.customer, id: route.device, query }}
        />
      );
    case 'alerts':
      return <Later key="alerts" load={LATER.alerts} props={{ part: route.part, query }} />;
    case 'alert':
      return (
        <Later
          key={`alert ${route.customer} ${route.alert}`}
          load={LATER.alert}
          props={{ customer: route.customer, id: route.alert }}
        />
      );
    case 'settings':
      return <Later key="settings" load={LATER.settings} props={{}} />;
    case 'api':
      return <Later key="api" load={LATER.api} props={{}} />;
    case 'import':
      return <Later key="import" load={LATER.import} props={{}} />;
    case 'join':
    case 'start':
    case 'signIn':
      return null;
    case 'unknown':
      return (
        <main id="content" class="page">
          <PageState whole title={m.nothing_here({}, lang)} action={<a href="/">{m.today({}, lang)}</a>} />
        </main>
      );
  }
}
