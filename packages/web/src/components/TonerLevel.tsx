/** A supply's bar with its number below, for a cell of a table. */
import { useLang } from '../language/language.tsx';
import type { SupplyLevel } from '../reading/supply-level.ts';
import { levelText } from '../reading/supply-words.ts';
import { Lit } from './Lit.tsx';
import { TonerBar } from './TonerBar.tsx';
import './TonerLevel.css';

export function TonerLevel({ level, old = false }: { readonly level: SupplyLevel; readonly old?: boolean }) {
  const lang = useLang();
  const tone = level.shown === 'empty' || level.shown === 'full' ? 'crit' : level.low ? 'warn' : '';
  return (
    <>
      <TonerBar level={level} old={old} />
      <span class={`toner-text num ${tone || (old ? 'toner-text-old' : 'fact')}`} aria-hidden="true">
        <Lit value={levelText(level, lang)} />
      </span>
    </>
  );
}
