/** What the steps of a machine's counters say to a person: events, and questions where nothing can be known. */
import { instant, isoInstant } from '@rsb/runtime';
import { ANSWERS, askedOf, pagesOf, whyOf } from './answers.ts';
import type { Counted } from './counting.ts';
import {
  type DecideLine,
  type DoubtfulCount,
  type EventDetail,
  type EventKind,
  type EventLine,
  USAGE_COUNTS,
  type UsageCount,
} from './lines.ts';
import { minus, printed } from './quantity.ts';
import type { Step, StepKind } from './series.ts';
import type { Timed } from './timed.ts';

/** A dealer is not asked about so few pages. */
const NOT_ASKED = 50;

const EVENTS: Readonly<Record<StepKind, EventKind | null>> = {
  risen: null,
  wrapped: 'counterWrapped',
  restarted: 'counterReset',
  fallen: 'counterReset',
  jumped: 'counterJump',
  rollover: 'counterWrapped',
  rebased: 'counterRebased',
};

interface Found {
  readonly step: Step;
  readonly counts: UsageCount[];
}

export function findingLines(
  device: string,
  readings: readonly Timed[],
  { steps, exchanges, stuck }: Counted,
): readonly (EventLine | DecideLine)[] {
  const timeOf = (position: number) => isoInstant(instant(readings[position]?.at ?? 0));
  const lines: (EventLine | DecideLine)[] = [];
  const event = (kind: EventKind, position: number, detail: EventDetail) =>
    lines.push({ line: 'event', device, at: timeOf(position), kind, detail });

  for (const { at } of exchanges) event('counterExchanged', at, { counts: ['mono', 'color'] });
  for (const { seen } of stuck) event('counterStuck', seen, { counts: ['all'] });
  for (const { step, counts } of gathered(steps)) {
    const kind = EVENTS[step.kind];
    if (kind === null) continue;
    event(kind, step.to, {
      counts,
      before: printed(step.before),
      after: printed(step.after),
      ...(step.modulus === null ? {} : { modulus: step.modulus }),
    });
  }
  for (const doubts of doubtful(steps)) {
    const why = askedOf(doubts.map(({ step }) => step));
    const [first] = doubts;
    if (!why || !first || !doubts.some(isAsked)) continue;
    lines.push({
      line: 'decide',
      device,
      at: timeOf(first.step.to),
      why,
      from: timeOf(Math.min(...doubts.map(({ step }) => step.from))),
      to: timeOf(first.step.to),
      counts: doubts.map(doubtOf),
    });
  }
  return lines;
}

interface Doubt {
  readonly count: UsageCount;
  readonly step: Step;
}

/** Of each reading, the counts that nobody but a person can judge. */
function doubtful(steps: Counted['steps']): Iterable<readonly Doubt[]> {
  const doubts = USAGE_COUNTS.flatMap((count) => steps[count].filter(whyOf).map((step) => ({ count, step })));
  return Map.groupBy(doubts, ({ step }) => step.to).values();
}

/** What happened to several counters at once is told once; of what may not have happened there is only the question. */
function gathered(steps: Counted['steps']): readonly Found[] {
  const found = new Map<string, Found>();
  for (const count of USAGE_COUNTS) {
    for (const step of steps[count]) {
      if (step.kind === 'risen' || step.unconfirmed) continue;
      const key = `${EVENTS[step.kind]} ${step.to}`;
      const known = found.get(key);
      if (known) known.counts.push(count);
      else found.set(key, { step, counts: [count] });
    }
  }
  return [...found.values()];
}

const isAsked = ({ step }: Doubt): boolean =>
  !step.answered && Math.abs(Number(minus(step.after, step.before))) > NOT_ASKED;

function doubtOf({ count, step }: Doubt): DoubtfulCount {
  const answers = ANSWERS.flatMap((answer) => {
    const pages = pagesOf(step, answer);
    return pages === null ? [] : [{ answer, pages: printed(pages) }];
  });
  return { count, before: printed(step.before), after: printed(step.after), answers };
}
