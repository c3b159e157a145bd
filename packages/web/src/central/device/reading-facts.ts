/** A raw reading in a line: its state, its life count, how complete it is. The shape is the box's and may be newer. */
import { m } from '@rsb/messages';
import { type Count, formatCount } from '../../format/count.ts';
import { statusStateWord } from '../../reading/machine-state.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };
const STATES = ['idle', 'printing', 'warmup', 'sleep', 'down', 'unknown'] as const;

function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

function countIn(value: unknown): Count | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? value : null;
}

export function readingFacts(reading: unknown, lang: Lang): readonly string[] {
  const completeness = at(reading, 'completeness', 'state');
  const state = STATES.find((each) => each === at(reading, 'status', 'state'));
  const life = countIn(at(reading, 'counters', 'life')) ?? countIn(at(reading, 'counters', 'vendorLife'));
  const whole = {
    complete: m.completeness_complete({}, lang),
    partial: m.completeness_partial({}, lang),
    unreachable: m.completeness_unreachable({}, lang),
    refused: m.completeness_refused({}, lang),
  };
  return [
    typeof completeness === 'string' && Object.hasOwn(whole, completeness)
      ? whole[completeness as keyof typeof whole]
      : null,
    life === null ? null : m.life_count_is({ count: formatCount(life, lang) }, lang),
    state ? statusStateWord(state, lang) : null,
  ].filter((fact) => fact !== null);
}
