/** All supplies of a machine: name, what the machine says of it, the bar in full width, the percent (LOOK §7). */
import type { Supply } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useLang } from '../language/language.tsx';
import { supplyLevel } from '../reading/supply-level.ts';
import { levelText, supplyName } from '../reading/supply-words.ts';
import { TonerBar } from './TonerBar.tsx';
import './SupplyList.css';

export interface SupplyListProps {
  readonly supplies: readonly Supply[];
  readonly mark: number;
  readonly old?: boolean;
  /** A further line below the name, e.g. when it was replaced. */
  readonly note?: (supply: Supply) => string | null;
}

export function SupplyList({ supplies, mark, old = false, note }: SupplyListProps) {
  const lang = useLang();
  return (
    <ul class="supplies">
      {supplies.map((supply) => {
        const level = supplyLevel(supply, mark);
        const name = supplyName(supply, lang);
        const tone = level.shown === 'empty' || level.shown === 'full' ? 'crit' : level.low ? 'warn' : '';
        const facts = [
          supply.partNumber && m.part({ number: supply.partNumber }, lang),
          supply.serialNumber && m.serial({ number: supply.serialNumber }, lang),
        ].filter(Boolean);
        const noted = note?.(supply) ?? null;
        return (
          <li key={supply.index} class="supply">
            <span class="supply-name">
              <span>{name}</span>
              {supply.description && supply.description.toLowerCase() !== name.toLowerCase() && (
                <span class="second">{supply.description}</span>
              )}
              {noted !== null && <span class="second">{noted}</span>}
              {facts.length > 0 && <span class="second serial">{facts.join(', ')}</span>}
            </span>
            <span class="supply-bar">
              <TonerBar level={level} old={old} wide />
            </span>
            <span class={`supply-value num ${tone}`} aria-hidden="true">
              <b>{levelText(level, lang)}</b>
              {level.shown === 'percent' && <span class="fact">{'\u00a0%'}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
