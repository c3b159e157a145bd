/** One supply as a bar with its number below: the fill is the supply's own colour, never recoloured (LOOK §7). */
import { m } from '@rsb/messages';
import { useLang } from '../language/language.tsx';
import type { SupplyLevel } from '../reading/supply-level.ts';
import { levelText, supplyLabel } from '../reading/supply-words.ts';
import { Lit } from './Lit.tsx';
import './Inks.css';
import './TonerBar.css';

export interface TonerBarProps {
  readonly level: SupplyLevel;
  readonly old?: boolean;
  /** Full width, as on a machine's own page. */
  readonly wide?: boolean;
  /** `+3`: how many further inks this slot stands for. */
  readonly more?: number;
  /** The bar alone: its number stands elsewhere, with its unit. */
  readonly bare?: boolean;
}

export function TonerBar({ level, old, wide, more, bare }: TonerBarProps) {
  const lang = useLang();
  const text = levelText(level, lang);
  const tone = level.shown === 'empty' || level.shown === 'full' ? ' crit' : level.low ? ' warn' : '';
  return (
    <span class={`toner${old ? ' toner-old' : ''}${wide ? ' toner-wide' : ''}`}>
      <span class={`toner-bar ink-${level.ink} toner-${level.shown}`} role="img" aria-label={supplyLabel(level, lang)}>
        {level.mark !== null && <i class="toner-mark" style={{ marginLeft: `${level.mark}%` }} />}
        {level.shown === 'percent' && <i class="toner-fill" style={{ width: `${level.fill}%` }} />}
      </span>
      {!bare && (
        <span class={`toner-text num${tone}`} aria-hidden="true">
          <Lit value={text} />
          {more !== undefined && <span class="toner-more"> {m.supply_more({ count: more }, lang)}</span>}
        </span>
      )}
    </span>
  );
}
