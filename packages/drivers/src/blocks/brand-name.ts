/** The brand on the case: a sister brand that any text names beats the maker of the engine. */
import type { Brand } from '../definition.ts';

/** The brand that a text names first; the longer name where two begin at one place (a brand of two words, not the one inside it). */
export function findBrand(text: string, brands: readonly Brand[]): string | null {
  let best: { name: string; at: number; length: number } | null = null;
  for (const { name, says } of brands) {
    const match = says.exec(text);
    if (match === null) continue;
    const length = match[0].length;
    if (best === null || match.index < best.at || (match.index === best.at && length > best.length)) {
      best = { name, at: match.index, length };
    }
  }
  return best?.name ?? null;
}

/**
 * Of several texts, the one that names another brand than the engine's maker is right: cards and firmware name the maker,
 * the case and the localized texts the brand that sells it.
 */
export function chooseBrand<T extends { readonly text: string }>(
  texts: readonly T[],
  maker: string | null,
  brands: readonly Brand[],
): { readonly name: string; readonly from: T } | null {
  let first: { readonly name: string; readonly from: T } | null = null;
  for (const from of texts) {
    const name = findBrand(from.text, brands);
    if (name === null) continue;
    if (name !== maker) return { name, from };
    first ??= { name, from };
  }
  return first;
}
