/** Entry of the Device Manager: parts are made here, then the pages are drawn. */
import '../look/look.ts';
import { render } from 'preact';
import { createClient } from '../api/client.ts';
import { browserClock } from '../api/clock.ts';
import { fetchAfter } from '../api/early.ts';
import { browserMemory } from '../api/memory.ts';
import { LanguageProvider, prepareLanguage, rememberedLocale } from '../language/language.tsx';
import { createRouter } from '../routing/router.ts';
import { App } from './app.tsx';
import { type BoxParts, keptParts } from './box-context.tsx';
import { createBoxLive } from './live.ts';

const client = createClient(fetchAfter(window));
const live = createBoxLive({
  client,
  clock: browserClock,
  openEvents: (since) => new EventSource(since === null ? '/api/v1/events' : `/api/v1/events?since=${since}`),
});
const parts: BoxParts = { client, live, router: createRouter(window), clock: browserClock, ...keptParts() };

/** A tab that nobody looks at keeps its stream for a while: switching back and forth costs nothing. */
const UNSEEN = 60_000;
let cancelPause: (() => void) | null = null;
let isPaused = false;
document.addEventListener('visibilitychange', () => {
  cancelPause?.();
  cancelPause = null;
  if (document.visibilityState === 'hidden') {
    cancelPause = browserClock.after(UNSEEN, () => {
      isPaused = true;
      live.pause();
    });
  } else if (isPaused) {
    isPaused = false;
    live.resume();
  }
});

const locale = rememberedLocale(browserMemory, 'en');
const started = live.start();
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
await started;
