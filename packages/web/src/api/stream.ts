/** Server-sent events with our own reconnecting, so that the page can say for how long it is alone and when it tries again. */
import type { BrowserClock } from './clock.ts';

export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** Monotonic times of the page's clock. */
  | { readonly state: 'lost'; readonly since: number; readonly retryAt: number };

export interface StreamParts {
  readonly clock: BrowserClock;
  readonly open: () => EventSource;
  readonly events: readonly string[];
  readonly onEvent: (name: string, data: unknown) => void;
  readonly onConnection: (connection: Connection) => void;
}

export interface Stream {
  start(): void;
  /** Tries again at once. */
  retry(): void;
  /** The line is dead although nothing broke: the other side stopped answering. */
  giveUp(): void;
  stop(): void;
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;

export function createStream(parts: StreamParts): Stream {
  let source: EventSource | null = null;
  let cancelRetry: (() => void) | null = null;
  let lostSince: number | null = null;
  let wait = FIRST_WAIT;

  const close = () => {
    cancelRetry?.();
    cancelRetry = null;
    source?.close();
    source = null;
  };
  const lost = () => {
    close();
    const now = parts.clock.monotonic();
    lostSince ??= now;
    parts.onConnection({ state: 'lost', since: lostSince, retryAt: now + wait });
    cancelRetry = parts.clock.after(wait, open);
    wait = Math.min(LONGEST_WAIT, wait * 2);
  };
  const open = () => {
    close();
    if (lostSince === null) parts.onConnection({ state: 'connecting' });
    const opened = parts.open();
    source = opened;
    opened.onopen = () => {
      lostSince = null;
      wait = FIRST_WAIT;
      parts.onConnection({ state: 'live' });
    };
    opened.onerror = () => {
      if (source === opened) lost();
    };
    for (const name of parts.events) {
      opened.addEventListener(name, (event) => {
        if (event instanceof MessageEvent && typeof event.data === 'string')
          parts.onEvent(name, JSON.parse(event.data));
      });
    }
  };
  return {
    start: open,
    retry: () => {
      wait = FIRST_WAIT;
      open();
    },
    giveUp: lost,
    stop: close,
  };
}
