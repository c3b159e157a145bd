/** What a device told and its reading does not hold, and why: as `rsb read --explain` prints it. */
import type { Reading } from '@rsb/contract';
import type { Interpretation } from '@rsb/drivers';
import type { UnusedValue } from '../store/unused-values.ts';

/** A device may tell a thousand things that are not used; these are enough to see why. */
const MOST_UNUSED = 100;
const MOST_OIDS = 3;
/** A whole IEEE 1284 id would push the reason off the page. */
const LONGEST_VALUE = 80;

export function unusedIn(reading: Reading, draft: Interpretation['draft'] | undefined): readonly UnusedValue[] {
  if (!draft) return [];
  const used = new Map<string, unknown>([...draft.texts, ...draft.counts].map(([path, { value }]) => [path, value]));
  const isAsked = (path: string) => reading.asked.some((part) => path === part || path.startsWith(`${part}.`));
  const passedOver = draft.passedOver.flatMap(({ path, value, source }): readonly UnusedValue[] =>
    // Where what went before was taken back, its own row says why.
    used.has(path)
      ? [{ ...told(path, value, source.oids), why: used.get(path) === value ? 'same' : 'other', detail: null }]
      : [],
  );
  const refused = draft.rejections.map(
    ({ path, value, oids, why }): UnusedValue => ({ ...told(path, value, oids), why: 'refused', detail: why }),
  );
  return [...refused, ...passedOver].filter(({ path }) => isAsked(path)).slice(0, MOST_UNUSED);
}

function told(
  path: string,
  value: string | number,
  oids: readonly string[],
): Pick<UnusedValue, 'path' | 'value' | 'oids'> {
  const text = String(value);
  const cut = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
  return { path, value: cut, oids: oids.slice(0, MOST_OIDS) };
}
