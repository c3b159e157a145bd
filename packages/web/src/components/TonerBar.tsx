/** One supply as a bar: the fill is the supply's own colour, never recoloured (LOOK §7). */
import { useLang } from '../language/language.tsx';
import type { SupplyLevel } from '../reading/supply-level.ts';
import { supplyLabel } from '../reading/supply-words.ts';
import './Inks.css';
import './TonerBar.css';

export interface TonerBarProps {
  readonly level: SupplyLevel;
  readonly old?: boolean;
  /** Full width, as on a machine's own page. */
  readonly wide?: boolean;
}

export function TonerBar({ level, old, wide }: TonerBarProps) {
  const lang = useLang();
  return (
    <span class={`toner${old ? ' toner-old' : ''}${wide ? ' toner-wide' : ''}`}>
      <span class={`toner-bar ink-${level.ink} toner-${level.shown}`} role="img" aria-label={supplyLabel(level, lang)}>
        {level.mark !== null && <i class="toner-mark" style={{ marginLeft: `${level.mark}%` }} />}
        {level.shown === 'percent' && <i class="toner-fill" style={{ width: `${level.fill}%` }} />}
      </span>
    </span>
  );
}
