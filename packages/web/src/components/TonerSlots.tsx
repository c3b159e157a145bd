/**
 * Four fixed places K C M Y, so that "black" can be scanned as a column (LOOK §7). One element a place: bar, fill and mark are
 * its backgrounds, for a long list draws hundreds of them in a frame.
 */
import { m } from '@rsb/messages';
import { Component, type VNode } from 'preact';
import type { Language } from '../language/language.tsx';
import type { SupplyLevel } from '../reading/supply-level.ts';
import type { SupplySlots } from '../reading/supply-slots.ts';
import { levelText, supplyLabel } from '../reading/supply-words.ts';
import { Changes } from './changes.ts';
import './Inks.css';
import './Lit.css';
import './TonerSlots.css';

export interface TonerSlotsProps {
  readonly slots: SupplySlots;
  readonly old?: boolean;
  readonly lang: Language;
  /** Whose they are, where the element may become another machine's. */
  readonly of?: string;
}

export class TonerSlots extends Component<TonerSlotsProps> {
  private readonly changes = new Changes();

  override render({ slots, old = false, lang, of }: TonerSlotsProps) {
    const texts = slots.places.map((level) => (level ? levelText(level, lang) : ''));
    const lit = this.changes.next(texts, of);
    const drawn: VNode[] = [];
    slots.places.forEach((level, at) => {
      if (!level) return;
      const more = at === 3 && slots.more > 0 ? slots.more : 0;
      drawn.push(tonerSlot({ level, text: texts[at] ?? '', lit: lit[at] ?? 0, place: at, old, more, lang }));
    });
    return <span class="toner-slots">{drawn}</span>;
  }
}

export interface TonerSlotProps {
  readonly level: SupplyLevel;
  readonly old?: boolean;
  readonly lang: Language;
  /** Whose they are, where the element may become another machine's. */
  readonly of?: string;
}

/** One such bar alone, as of the waste container. */
export class TonerSlot extends Component<TonerSlotProps> {
  private readonly changes = new Changes();

  override render({ level, old = false, lang, of }: TonerSlotProps) {
    const text = levelText(level, lang);
    const [lit = 0] = this.changes.next([text], of);
    return tonerSlot({ level, text, lit, place: 0, old, more: 0, lang });
  }
}

interface DrawnSlot {
  readonly level: SupplyLevel;
  readonly text: string;
  readonly lit: number;
  readonly place: number;
  readonly old: boolean;
  /** `+3`: how many further inks this place stands for. */
  readonly more: number;
  readonly lang: Language;
}

function tonerSlot({ level, text, lit, place, old, more, lang }: DrawnSlot): VNode {
  const { shown, ink, fill, mark } = level;
  const tone = shown === 'empty' || shown === 'full' ? ' slot-crit' : level.low ? ' slot-warn' : '';
  return (
    <span
      key={`${place} ${lit}`}
      class={`slot slot-${place} slot-${shown} ink-${ink}${tone}${old ? ' slot-old' : ''}${lit > 0 ? ' lit' : ''}`}
      role="img"
      aria-label={supplyLabel(level, lang)}
      style={shown === 'percent' ? `--at:${fill}%;--mark:${mark ?? 0}%` : undefined}
    >
      {text}
      {more > 0 && <span class="slot-more"> {m.supply_more({ count: more }, lang)}</span>}
    </span>
  );
}
