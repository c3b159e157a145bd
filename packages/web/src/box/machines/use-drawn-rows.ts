/** The rows that stand in the page: those in view in the frame that answers, the others once the page is at rest. */
import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useBox } from '../box-context.tsx';
import { nextSpan, RowElements, type Span } from './drawn-rows.ts';
import type { MachineRow } from './machine-row.ts';
import { useWorkedIn } from './use-worked-in.ts';

export interface DrawnRowsOptions {
  readonly rows: readonly MachineRow[];
  readonly seen: Span;
  readonly wanted: Span;
  /** All that is wanted is drawn at once: paper has no later. */
  readonly atOnce: boolean;
  /** Elements whose row went are kept for the next. */
  readonly keeps: boolean;
  readonly body: RefObject<HTMLElement | null>;
}

export interface DrawnRow {
  /** null: the element waits for a row, unseen. */
  readonly row: MachineRow | null;
  /** Its place among the rows of the page. */
  readonly at: number;
  /** Which element it stands in. */
  readonly element: number;
}

/** As many new rows as a wheel brings in a frame. */
const SOME = 6;
/** Without a change for this time, in ms, the page is at rest: further rows come, so many at a time. */
const REST = 80;
const STEP = 16;
const SLICE = 8;
const NOTHING: Span = { first: 0, end: 0 };

export function useDrawnRows({ rows, seen, wanted, atOnce, keeps, body }: DrawnRowsOptions): readonly DrawnRow[] {
  const { clock } = useBox();
  const elements = useMemo(() => new RowElements(), []);
  const isWorkedIn = useWorkedIn(body);
  const drawn = useRef<Span>(NOTHING);
  const resting = useRef(false);
  const [, redraw] = useState(0);
  const idsOf = ({ first, end }: Span) => rows.slice(first, end).map((row) => row.id);

  const isHeld = isWorkedIn();
  const isOther = !isHeld && elements.isOther(idsOf(seen));
  const most = atOnce ? rows.length : isOther ? 0 : resting.current ? SLICE : SOME;
  const span = nextSpan(isOther ? NOTHING : drawn.current, { seen, wanted, most });
  drawn.current = span;
  const numbers = elements.next(idsOf(span), isHeld);

  const isWhole = span.first <= wanted.first && span.end >= wanted.end;
  useEffect(() => {
    const wait = resting.current ? STEP : REST;
    resting.current = false;
    if (isWhole) return undefined;
    return clock.after(wait, () => {
      resting.current = true;
      redraw((times) => times + 1);
    });
  });
  const waiting = keeps ? elements.waiting.map((element) => ({ row: null, at: -1, element })) : [];
  return [
    ...rows.slice(span.first, span.end).map((row, at) => ({ row, at: span.first + at, element: numbers[at] ?? 0 })),
    ...waiting,
  ];
}
