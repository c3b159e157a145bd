/** Draws only the rows that are in view: the list of 10,000 scrolls like the list of 13. */
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';

export interface VirtualRows {
  readonly first: number;
  /** Behind the last drawn row. */
  readonly end: number;
  readonly before: number;
  readonly after: number;
  scrollTo(index: number): void;
}

export interface VirtualRowsOptions {
  readonly count: number;
  readonly rowHeight: number;
  /** Height of the sticky head, which would cover a row that is scrolled to. */
  readonly headHeight: number;
  readonly scroller: RefObject<HTMLElement | null>;
  /** All rows are drawn: few of them, or a page that is being printed. */
  readonly all: boolean;
}

const OVERSCAN = 12;

export function useVirtualRows({ count, rowHeight, headHeight, scroller, all }: VirtualRowsOptions): VirtualRows {
  const [, redraw] = useState(0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    overscan: OVERSCAN,
    scrollPaddingStart: headHeight,
    initialRect: { width: 1440, height: 900 },
    onChange: () => redraw((times) => times + 1),
  };
  const virtualizer = useMemo(() => new Virtualizer<HTMLElement, HTMLElement>(options), []);
  virtualizer.setOptions(options);
  useEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  const scrollTo = (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' });
  if (all) return { first: 0, end: count, before: 0, after: 0, scrollTo };
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const end = Math.min(count, (items.at(-1)?.index ?? -1) + 1);
  return { first, end, before: first * rowHeight, after: (count - end) * rowHeight, scrollTo };
}
