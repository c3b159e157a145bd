/** What the box tells its pages, kept current: state and devices first by request, then by server-sent events. */
import type { BoxEvent, BoxView, DeviceList, DeviceView, SessionView } from '@rsb/contract';
import type { Answer, ApiClient, Problem } from '../api/client.ts';
import type { BrowserClock } from '../api/clock.ts';
import { type Cell, cellOf, type Observable } from '../api/observable.ts';
import { type Connection, createStream } from '../api/stream.ts';

export interface LiveState {
  readonly box: BoxView | null;
  /** null until the first list has arrived. */
  readonly devices: ReadonlyMap<string, DeviceView> | null;
  readonly session: SessionView | null;
  readonly connection: Connection;
  /** Why the list is not there. */
  readonly problem: Problem | null;
  /** Box time of the last change of a device. */
  readonly lastChange: number | null;
  readonly settingsRevision: number | null;
}

export interface BoxLive extends Observable<LiveState> {
  start(): Promise<void>;
  stop(): void;
  /** The page is not looked at: its stream is closed, so that many tabs do not use up the browser's connections. */
  pause(): void;
  resume(): void;
  /** Asks for everything again: after sign-in, sign-out, or "Try again". */
  reload(): Promise<void>;
  retry(): void;
  setSession(session: SessionView): void;
  putBox(box: BoxView): void;
  putDevices(devices: readonly DeviceView[]): void;
  /** Milliseconds since 1970 by the box's clock, as it goes on here. */
  now(): number;
  /** Box time of a monotonic moment of this page. */
  at(monotonic: number): number;
}

export interface LiveParts {
  readonly client: ApiClient;
  readonly clock: BrowserClock;
  /** `since`: the mark up to which this page knows all changes; null where it knows none. */
  readonly openEvents: (since: string | null) => EventSource;
}

/** A box that lost its power closes no connection: after this time without a word it is asked. */
const SILENCE = 20_000;
const ANSWER = 5000;

const EVENTS: readonly BoxEvent['event'][] = ['state', 'device', 'removed', 'settings', 'mark', 'reload'];
/** Devices that change within this time are drawn together; longer where the list is long. */
const GATHER = 50;

export function createBoxLive({ client, clock, openEvents }: LiveParts): BoxLive {
  const cell: Cell<LiveState> = cellOf<LiveState>({
    box: null,
    devices: null,
    session: null,
    connection: { state: 'connecting' },
    problem: null,
    lastChange: null,
    settingsRevision: null,
  });
  const change = (part: Partial<LiveState>) => cell.set({ ...cell.get(), ...part });
  let ahead = 0;
  const now = () => ahead + clock.monotonic();
  let pending: Map<string, DeviceView | null> | null = null;
  /** Up to here every change is known; null until a list tells, and while one is owed. */
  let mark: string | null = null;
  let listsAsked = 0;

  const putBox = (box: BoxView) => {
    ahead = Date.parse(box.now) - clock.monotonic();
    change({ box });
  };
  const drawPending = () => {
    const { devices } = cell.get();
    const changes = pending;
    // What changes before the list is there waits for it: that list may be older.
    if (!devices || !changes || listsAsked > 0) return;
    pending = null;
    const next = new Map(devices);
    for (const [id, device] of changes) {
      if (device) next.set(id, device);
      else next.delete(id);
    }
    change({ devices: next, lastChange: now() });
  };
  const putDevice = (id: string, device: DeviceView | null) => {
    if (!pending) {
      pending = new Map();
      clock.after(GATHER + Math.floor((cell.get().devices?.size ?? 0) / 10), drawPending);
    }
    pending.set(id, device);
  };
  const partOf = (list: Answer<DeviceList>): Partial<LiveState> =>
    list.ok
      ? { devices: new Map(list.value.devices.map((device) => [device.id, device])), problem: null }
      : { problem: list.problem };
  const askList = async (): Promise<Answer<DeviceList>> => {
    listsAsked += 1;
    const list = await client.get<DeviceList>('/devices');
    listsAsked -= 1;
    return list;
  };
  const putList = (list: Answer<DeviceList>, more: Partial<LiveState> = {}) => {
    if (list.ok) mark = list.value.mark ?? null;
    change({ ...more, ...partOf(list) });
    drawPending();
  };
  const loadList = async () => {
    // Until it is there, a stream that breaks must not come back as if nothing were owed.
    mark = null;
    putList(await askList());
  };
  const reload = async () => {
    // All at once; a list that is there by then is drawn together with the rest, not after it.
    let list: Answer<DeviceList> | null = null;
    const asked = askList().then((answer) => {
      list = answer;
      return answer;
    });
    const [session, state] = await Promise.all([
      client.get<SessionView>('/session'),
      client.get<BoxView>('/state'),
    ] as const);
    if (session.ok) client.useToken(session.value.csrfToken);
    if (state.ok) ahead = Date.parse(state.value.now) - clock.monotonic();
    const told = {
      ...(session.ok ? { session: session.value } : {}),
      ...(state.ok ? { box: state.value } : { problem: state.problem }),
    };
    if (!state.ok || state.value.setup !== 'done') {
      change(told);
      void asked.then(drawPending);
      return;
    }
    if (list) putList(list, told);
    else {
      change(told);
      putList(await asked);
    }
    // After the list, so that no change falls between the two; it belongs to the session that opened it.
    stream.retry();
  };
  const setSession = (session: SessionView) => {
    client.useToken(session.csrfToken);
    change({ session });
  };
  const take = ({ event, data }: BoxEvent) => {
    watch();
    if (event === 'state') putBox(data);
    else if (event === 'device') putDevice(data.id, data);
    else if (event === 'removed') putDevice(data.id, null);
    else if (event === 'settings') change({ settingsRevision: data.revision });
    else if (event === 'reload') void loadList();
    else if (mark !== null) mark = data.mark;
  };

  let cancelWatch = () => {};
  /** Set anew at each word of the box; when it runs out, the box is asked, and lost if it does not answer. */
  const watch = () => {
    cancelWatch();
    cancelWatch = clock.after(SILENCE, async () => {
      const answer = await client.get<BoxView>('/state', { patience: ANSWER });
      if (cell.get().connection.state !== 'live') return;
      if (answer.ok) {
        putBox(answer.value);
        watch();
      } else if (answer.problem.kind === 'offline') stream.giveUp();
    });
  };

  const stream = createStream({
    clock,
    open: () => openEvents(mark),
    events: EVENTS,
    // Our own server's words, in the contract's shapes.
    onEvent: (event, data) => take({ event, data } as BoxEvent),
    onConnection: (connection) => {
      change({ connection });
      if (connection.state === 'live') watch();
      else cancelWatch();
      // Without a mark the box cannot say what happened meanwhile.
      if (connection.state === 'live' && mark === null && listsAsked === 0) void loadList();
    },
  });

  return {
    get: cell.get,
    subscribe: cell.subscribe,
    start: reload,
    stop: () => {
      cancelWatch();
      stream.stop();
    },
    pause: () => {
      cancelWatch();
      stream.stop();
      change({ connection: { state: 'connecting' } });
    },
    resume: () => stream.retry(),
    reload,
    retry: () => {
      stream.retry();
      if (cell.get().devices === null) void reload();
    },
    setSession,
    putBox,
    putDevices: (devices) => {
      for (const device of devices) putDevice(device.id, device);
      drawPending();
    },
    now,
    at: (monotonic) => ahead + monotonic,
  };
}
