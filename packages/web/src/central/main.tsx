/** Entry of central's pages: parts are made here, then the pages are drawn. */
import '../look/look.ts';
import { render } from 'preact';
import { createClient } from '../api/client.ts';
import { browserClock } from '../api/clock.ts';
import { browserMemory, tabMemory } from '../api/memory.ts';
import { LanguageProvider, prepareLanguage, rememberedLocale } from '../language/language.tsx';
import { createRouter } from '../routing/router.ts';
import { App } from './app.tsx';
import type { CentralParts } from './central-context.tsx';
import { createLastViews } from './last-views.ts';
import { createResources } from './resources.ts';
import { createSession } from './session.ts';

const client = createClient((input, init) => fetch(input, init));
const session = createSession(client, browserClock);
const resources = createResources({ client, now: session.now, onSignedOut: () => void session.load() });
const router = createRouter(window);
const views = createLastViews(router, tabMemory);
const parts: CentralParts = { client, session, resources, router, views, clock: browserClock };

const locale = rememberedLocale(browserMemory, 'en');
const loaded = session.load();
await prepareLanguage(locale);
const root = document.getElementById('app');
if (root) {
  render(
    <LanguageProvider first={locale}>
      <App parts={parts} />
    </LanguageProvider>,
    root,
  );
}
await loaded;
