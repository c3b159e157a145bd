/** A table that may be wider than its panel: it scrolls by itself, by keyboard too. */
import type { ComponentChildren } from 'preact';
import './WideScroll.css';

export function WideScroll({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section class="wide-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
