/** Draws only the rows that are in view: the list of 10,000 scrolls like the list of 13. */
import type * as Core from '@tanstack/virtual-core';
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

const OVERSCAN = 6;

export function useVirtualRows({ count, rowHeight, headHeight, scroller, all }: VirtualRowsOptions): VirtualRows {
  const [, redraw] = useState(0);
  const [core, setCore] = useState<typeof Core | null>(null);
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
    overscan: OVERSCAN,
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
  const between = (first: number, end: number): VirtualRows => ({
    first,
    end,
    before: first * rowHeight,
    after: (count - end) * rowHeight,
    scrollTo: (index) => {
      if (virtualizer && !all) virtualizer.scrollToIndex(index, { align: 'auto' });
    },
  });
  if (all) return between(0, count);
  // While the library for long lists is on its way: what a screen holds.
  if (!virtualizer) return between(0, Math.min(count, Math.ceil(innerHeight / rowHeight)));
  const items = virtualizer.getVirtualItems();
  return between(items[0]?.index ?? 0, Math.min(count, (items.at(-1)?.index ?? -1) + 1));
}
