/** Counter cells: two numbers under one another, right-aligned, on one baseline with the other cells (LOOK §6). */
import { m } from '@rsb/messages';
import { type Count, formatCount } from '../format/count.ts';
import { useLang } from '../language/language.tsx';
import type { CountCell } from '../reading/counter-cells.ts';
import { Lit } from './Lit.tsx';
import './Counters.css';

function value(cell: Count | null, none: string, lang: { readonly locale: 'en' | 'fr' | 'de' }) {
  return cell === null ? none : formatCount(cell, lang);
}

/** Standard count, below it the vendor's: equal → grey, different → both ink. */
export function LifeCell({ cell }: { readonly cell: CountCell }) {
  const lang = useLang();
  return (
    <span class="counter">
      <Lit value={value(cell.first, cell.firstMissing, lang)} />
      {cell.second !== undefined && (
        <span class={cell.same ? 'counter-second counter-same' : 'counter-second'}>
          <Lit value={value(cell.second, cell.secondMissing, lang)} />
        </span>
      )}
    </span>
  );
}

/** Mono, below it colour with its square; nothing below for mono machines. */
export function PagesCell({ cell }: { readonly cell: CountCell }) {
  const lang = useLang();
  return (
    <span class="counter">
      <Lit value={value(cell.first, cell.firstMissing, lang)} />
      {cell.second !== undefined && (
        <span class="counter-second">
          <i class="pages-square" role="img" aria-label={m.counter_color({}, lang)} />
          <Lit value={value(cell.second, cell.secondMissing, lang)} />
        </span>
      )}
      {cell.unsplit && <span class="counter-second counter-same">{m.counter_unsplit({}, lang)}</span>}
    </span>
  );
}
