/** Counter cells: two numbers under one another, right-aligned, on one baseline with the other cells (LOOK §6). */
import { m } from '@rsb/messages';
import { Component } from 'preact';
import { type Count, formatCount } from '../format/count.ts';
import type { Language } from '../language/language.tsx';
import type { CountCell } from '../reading/counter-cells.ts';
import { Changes } from './changes.ts';
import './Counters.css';
import './Lit.css';

export interface CounterCellProps {
  readonly cell: CountCell;
  readonly lang: Language;
  /** Whose it is, where the element may become another machine's. */
  readonly of?: string;
}

const value = (count: Count | null, none: string, lang: Language) => (count === null ? none : formatCount(count, lang));

abstract class CounterCell extends Component<CounterCellProps> {
  private readonly changes = new Changes();

  protected texts({ cell, lang, of }: CounterCellProps) {
    const first = value(cell.first, cell.firstMissing, lang);
    const second = cell.second === undefined ? '' : value(cell.second, cell.secondMissing, lang);
    const [litFirst = 0, litSecond = 0] = this.changes.next([first, second], of);
    return { first, second, litFirst, litSecond };
  }
}

const lit = (count: number): string => (count > 0 ? ' lit' : '');

/** Standard count, below it the vendor's: equal → grey, different → both ink. */
export class LifeCell extends CounterCell {
  override render(props: CounterCellProps) {
    const { cell } = props;
    const { first, second, litFirst, litSecond } = this.texts(props);
    return (
      <>
        <span key={`first ${litFirst}`} class={`counter${lit(litFirst)}`}>
          {first}
        </span>
        {cell.second !== undefined && (
          <span
            key={`second ${litSecond}`}
            class={`counter counter-second${cell.same ? ' counter-same' : ''}${lit(litSecond)}`}
          >
            {second}
          </span>
        )}
      </>
    );
  }
}

/** Mono, below it colour with its square; nothing below for mono machines. */
export class PagesCell extends CounterCell {
  override render(props: CounterCellProps) {
    const { cell, lang } = props;
    const { first, second, litFirst, litSecond } = this.texts(props);
    return (
      <>
        <span key={`first ${litFirst}`} class={`counter${lit(litFirst)}`}>
          {first}
        </span>
        {cell.second !== undefined && (
          <span key={`second ${litSecond}`} class={`counter counter-second counter-color${lit(litSecond)}`}>
            <i role="img" aria-label={m.counter_color({}, lang)} />
            {second}
          </span>
        )}
        {cell.unsplit && <span class="counter counter-second counter-same">{m.counter_unsplit({}, lang)}</span>}
      </>
    );
  }
}
