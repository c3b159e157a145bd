/** Which page stands at which address, and what has to be done before: first start, sign-in. */
import { m } from '@rsb/messages';
import { useEffect, useMemo } from 'preact/hooks';
import { wordProblem } from '../api/client.ts';
import { useObservable } from '../api/observable.ts';
import { Button } from '../components/Button.tsx';
import { Later } from '../components/Later.tsx';
import { LoadingRows, PageState } from '../components/States.tsx';
import { ToastHost } from '../components/Toast.tsx';
import { DatesProvider } from '../format/dates-context.tsx';
import { NumbersProvider, useLang } from '../language/language.tsx';
import { ActionsProvider } from './actions-context.tsx';
import { BoxContext, type BoxParts, useBox, useLive } from './box-context.tsx';
import { MachinesPage } from './machines/machines-page.tsx';
import { type Route, routeOf } from './router.ts';
import { TopBar } from './shell/top-bar.tsx';

/** Pages beside the list load when they are opened: the list must be there at once. */
const LATER = {
  machine: () => import('./machine/machine-page.tsx').then((module) => module.MachinePage),
  left: () => import('./what-left/what-left-page.tsx').then((module) => module.WhatLeftPage),
  health: () => import('./health/health-page.tsx').then((module) => module.HealthPage),
  settings: () => import('./settings/settings-page.tsx').then((module) => module.SettingsPage),
  start: () => import('./first-start/first-start-page.tsx').then((module) => module.FirstStartPage),
  signIn: () => import('./sign-in/sign-in-page.tsx').then((module) => module.SignInPage),
} as const;

export function App({ parts }: { readonly parts: BoxParts }) {
  const { box } = useObservable(parts.live);
  return (
    <BoxContext.Provider value={parts}>
      <NumbersProvider numbers={box?.numberFormat ?? 'language'}>
        <DatesProvider zone={box?.zone ?? 'UTC'}>
          <ToastHost>
            <ActionsProvider>
              <Pages />
            </ActionsProvider>
          </ToastHost>
        </DatesProvider>
      </NumbersProvider>
    </BoxContext.Provider>
  );
}

function Pages() {
  const lang = useLang();
  const { live, router } = useBox();
  const { box, session, problem } = useLive();
  const place = useObservable(router);
  const route = useMemo(() => routeOf(place.path), [place.path]);
  // A key in the search changes the address, not what stands on top.
  const top = useMemo(() => route.page !== 'start' && <TopBar route={route} />, [route]);

  useEffect(() => {
    if (!box) return;
    if (box.setup === 'codeNeeded' && route.page !== 'start') router.replace('/start');
    const closed = problem?.kind === 'problem' && problem.code === 'signInNeeded';
    const needsSession = route.page === 'settings' || route.page === 'start';
    if (box.setup === 'done' && session && !session.signedIn && (closed || needsSession) && route.page !== 'signIn')
      router.replace(`/signin?to=${encodeURIComponent(place.path + place.query)}`);
  }, [box, session, problem, route.page, place, router]);

  if (!box) {
    return problem ? (
      <PageState
        title={m.box_not_reached({}, lang)}
        action={
          <Button icon="refresh-cw" onClick={() => void live.reload()}>
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
  return (
    <>
      <a class="skip-link" href="#content">
        {m.skip_to_content({}, lang)}
      </a>
      {top}
      <RoutePage route={route} query={place.query} />
    </>
  );
}

function RoutePage({ route, query }: { readonly route: Route; readonly query: string }) {
  const lang = useLang();
  switch (route.page) {
    case 'machines':
      return <MachinesPage query={query} />;
    case 'machine':
      return <Later key={route.id} load={LATER.machine} props={{ id: route.id, query }} />;
    case 'left':
      return <Later key="left" load={LATER.left} props={{ payload: route.payload }} />;
    case 'health':
      return <Later key="health" load={LATER.health} props={{}} />;
    case 'settings':
      return <Later key="settings" load={LATER.settings} props={{ section: route.section }} />;
    case 'start':
      return <Later key="start" load={LATER.start} props={{}} />;
    case 'signIn':
      return <Later key="signIn" load={LATER.signIn} props={{ query }} />;
    case 'unknown':
      return <PageState title={m.nothing_here({}, lang)} action={<a href="/">{m.to_machines({}, lang)}</a>} />;
  }
}
