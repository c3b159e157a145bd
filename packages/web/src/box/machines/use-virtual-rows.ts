/** Which rows of the list are in view: the list of 10,000 scrolls like the list of 13. */
import type * as Core from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Span } from './drawn-rows.ts';

export interface VirtualRows {
  readonly seen: Span;
  /** With those around that are to be drawn before they come into view. */
  readonly wanted: Span;
  scrollTo(index: number): void;
}

export interface VirtualRowsOptions {
  readonly count: number;
  readonly rowHeight: number;
  /** Height of the sticky head, which would cover a row that is scrolled to. */
  readonly headHeight: number;
  readonly scroller: RefObject<HTMLElement | null>;
  /** All rows are wanted: few of them, or a page that is being printed. */
  readonly all: boolean;
}

const OVERSCAN = 6;

export function useVirtualRows({ count, rowHeight, headHeight, scroller, all }: VirtualRowsOptions): VirtualRows {
  const [, redraw] = useState(0);
  const [core, setCore] = useState<typeof Core | null>(null);
  // Measured when it changes: to ask while rows are drawn would have the page laid out in between.
  const place = useRef({ top: 0, height: innerHeight });
  useEffect(() => {
    const list = scroller.current;
    if (!list) return undefined;
    const measure = () => {
      place.current = { top: list.scrollTop, height: list.clientHeight };
    };
    const observer = new ResizeObserver(measure);
    observer.observe(list);
    list.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      list.removeEventListener('scroll', measure);
    };
  }, [scroller]);
  useEffect(() => {
    // A short list, which is the usual one, never loads it.
    if (!all && !core) void import('@tanstack/virtual-core').then((loaded) => setCore(() => loaded));
  }, [all, core]);
  const options = core && {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollToFn: core.elementScroll,
    observeElementRect: core.observeElementRect,
    observeElementOffset: core.observeElementOffset,
    // What lies around is drawn when there is time for it (`drawn-rows.ts`).
    overscan: 0,
    scrollPaddingStart: headHeight,
    onChange: () => redraw((times) => times + 1),
  };
  // One for the life of the list, kept current below.
  const virtualizer = useMemo(
    () => (core && options ? new core.Virtualizer<HTMLElement, HTMLElement>(options) : null),
    [core],
  );
  if (options) virtualizer?.setOptions(options);
  useEffect(() => virtualizer?._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer?._willUpdate());

  const screen = (): Span => {
    const { top, height } = place.current;
    const rows = Math.ceil(height / rowHeight);
    const first = Math.max(0, Math.min(Math.floor(top / rowHeight), count - rows));
    return { first, end: Math.min(count, first + rows + 1) };
  };
  const items = all ? undefined : virtualizer?.getVirtualItems();
  const last = items?.at(-1);
  // A short list, or the library for long ones is on its way: what a screen holds.
  const seen = items?.[0] && last ? { first: items[0].index, end: Math.min(count, last.index + 1) } : screen();
  return {
    seen,
    wanted: all
      ? { first: 0, end: count }
      : { first: Math.max(0, seen.first - OVERSCAN), end: Math.min(count, seen.end + OVERSCAN) },
    scrollTo: (index) => {
      if (virtualizer && !all) virtualizer.scrollToIndex(index, { align: 'auto' });
    },
  };
}
