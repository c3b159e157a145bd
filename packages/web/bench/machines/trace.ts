/**
 * What the browser works for a step, in processor time: the machine may be busy with other things, and a clock on the wall
 * then tells more of them than of the page. Read from Chromium's trace ("Trace Event Format": `ts`, `dur`, `tdur` in µs).
 */
import type { CDPSession, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

export interface Step {
  /** Processor time of the page's main thread in the step, in ms: script, style, layout, paint. */
  readonly main: number;
  /** The longest task of the main thread in it, by its processor time and by the clock on the wall, in ms. */
  readonly longest: number;
  readonly longestWall: number;
  /** Processor time by kind of work, in ms. */
  readonly kinds: ReadonlyMap<string, number>;
}

export interface Recorded {
  readonly steps: readonly Step[];
  /** Processor time of the threads that raster and put the picture together, for each step on average, in ms. */
  readonly drawing: number;
}

/** Marks of the page begin a step (`performance.mark(STEP)`). */
export const STEP = 'bench-step';
const CATEGORIES = ['toplevel', 'blink.user_timing', 'devtools.timeline', '__metadata'];
const TASK = 'ThreadControllerImpl::RunTask';
export async function recorded(page: Page, run: () => Promise<void>): Promise<Recorded> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const each of value) events.push(each as unknown as TraceEvent);
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { recordMode: 'recordAsMuchAsPossible', includedCategories: CATEGORIES },
  });
  await run();
  await ended(session);
  await session.detach();
  return accounted(events);
}

async function ended(session: CDPSession): Promise<void> {
  const done = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await done;
}

const thread = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;

function accounted(events: readonly TraceEvent[]): Recorded {
  const names = new Map<string, string>();
  for (const event of events) {
    if (event.ph === 'M' && event.name === 'thread_name') names.set(thread(event), event.args?.name ?? '');
  }
  const marks = events.filter((event) => event.name === STEP && event.ph !== 'M').sort((a, b) => a.ts - b.ts);
  const [first] = marks;
  if (!first) throw new Error('the page marked no step');
  const main = thread(first);
  const starts = marks.map((mark) => mark.ts);
  const steps = starts.map(() => ({ main: 0, longest: 0, longestWall: 0, kinds: new Map<string, number>() }));
  /** The step whose mark lies before or within the event. */
  const stepOf = ({ ts, dur = 0 }: TraceEvent) => {
    const at = starts.findLastIndex((start) => start <= ts + dur);
    return at < 0 ? undefined : steps[at];
  };
  let drawing = 0;
  const tasks = events.filter((event) => event.ph === 'X');
  for (const event of tasks) {
    if (event.name !== TASK) continue;
    const { tdur = 0, dur = 0 } = event;
    if (thread(event) === main) {
      const step = stepOf(event);
      if (!step) continue;
      step.main += tdur / 1000;
      step.longest = Math.max(step.longest, tdur / 1000);
      step.longestWall = Math.max(step.longestWall, dur / 1000);
    } else if (event.ts >= first.ts && isDrawing(names.get(thread(event)) ?? '')) drawing += tdur / 1000;
  }
  for (const { event, self } of selfTimes(tasks.filter((event) => thread(event) === main))) {
    const step = stepOf(event);
    step?.kinds.set(event.name, (step.kinds.get(event.name) ?? 0) + self / 1000);
  }
  return { steps, drawing: drawing / steps.length };
}

const isDrawing = (name: string): boolean =>
  name.startsWith('Compositor') || name.startsWith('VizCompositor') || name.startsWith('ThreadPoolForeground');

/** Processor time of each event without what it holds. */
function selfTimes(events: readonly TraceEvent[]): readonly { readonly event: TraceEvent; readonly self: number }[] {
  const sorted = [...events].sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const open: { readonly event: TraceEvent; self: number }[] = [];
  const all: { readonly event: TraceEvent; self: number }[] = [];
  for (const event of sorted) {
    while (open.length > 0) {
      const top = open.at(-1)?.event;
      if (top && event.ts < top.ts + (top.dur ?? 0)) break;
      open.pop();
    }
    const entry = { event, self: event.tdur ?? 0 };
    const around = open.at(-1);
    if (around) around.self -= event.tdur ?? 0;
    open.push(entry);
    all.push(entry);
  }
  return all;
}
