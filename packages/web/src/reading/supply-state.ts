/** Su: the worst supply of a machine in one word, and which ones it is (LOOK §6). */
import type { Status, Supply } from '@rsb/contract';
import { m } from '@rsb/messages';
import { supplyLevel } from './supply-level.ts';
import { supplyShort } from './supply-words.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export type SupplyCondition = 'ok' | 'low' | 'empty' | 'wasteNearFull' | 'wasteFull' | 'unknown' | 'notRead';

export interface SupplyState {
  readonly condition: SupplyCondition;
  readonly severity: 'critical' | 'warning' | null;
  /** The supplies that the condition speaks of. */
  readonly supplies: readonly Supply[];
}

const WORST_FIRST: readonly SupplyCondition[] = ['empty', 'wasteFull', 'low', 'wasteNearFull'];

function conditionOf(supply: Supply, mark: number): SupplyCondition {
  const level = supplyLevel(supply, mark);
  if (level.shown === 'full') return 'wasteFull';
  if (level.shown === 'empty') return 'empty';
  if (level.low || supply.state === 'low') return supply.type === 'waste' ? 'wasteNearFull' : 'low';
  return level.shown === 'unknown' ? 'unknown' : 'ok';
}

/** An empty supply stops nothing while the machine goes on: a warning; critical once it says that it is down. */
export function supplyState(
  supplies: readonly Supply[] | null,
  status: Pick<Status, 'state' | 'errors'> | null,
  mark: number,
): SupplyState {
  const down = status?.state === 'down';
  const grave = down ? 'critical' : 'warning';
  if (supplies === null) return { condition: 'notRead', severity: null, supplies: [] };
  const conditions = supplies.map((supply) => ({ supply, condition: conditionOf(supply, mark) }));
  for (const condition of WORST_FIRST) {
    const found = conditions.filter((entry) => entry.condition === condition).map((entry) => entry.supply);
    if (found.length > 0) {
      const stops = condition === 'empty' || condition === 'wasteFull';
      return { condition, severity: stops ? grave : 'warning', supplies: found };
    }
  }
  // The machine says that toner is out or low without saying which.
  if (status?.errors.includes('noToner')) return { condition: 'empty', severity: grave, supplies: [] };
  if (status?.errors.includes('lowToner')) return { condition: 'low', severity: 'warning', supplies: [] };
  const told = conditions.some((entry) => entry.condition === 'ok');
  return { condition: told ? 'ok' : 'unknown', severity: null, supplies: [] };
}

export function supplyWord(state: SupplyState, lang: Lang): string {
  switch (state.condition) {
    case 'ok':
      return m.supplies_ok({}, lang);
    case 'low':
      return m.supplies_low({}, lang);
    case 'empty':
      return m.supplies_empty({}, lang);
    case 'wasteFull':
      return m.supplies_waste_full({}, lang);
    case 'wasteNearFull':
      return m.supplies_waste_near_full({}, lang);
    case 'unknown':
    case 'notRead':
      return '?';
  }
}

/** "black", "cyan, magenta"; nothing where the word says it all. */
export function supplyDetail(state: SupplyState, lang: Lang): string | null {
  if (state.condition !== 'low' && state.condition !== 'empty') return null;
  const names = [...new Set(state.supplies.map((supply) => supplyShort(supply, lang)))];
  return names.length === 0 ? null : names.join(', ');
}
