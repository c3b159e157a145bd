/** What drivers say of a value in English, how a count was checked and why one is not used, in the reader's language. */
import * as m from '../generated/messages.js';
import type { Locale } from './locale.ts';

type Term = (inputs: Record<string, never>, options: { locale: Locale }) => string;
type Refusal = (inputs: { count: string; label: string }, options: { locale: Locale }) => string;

/** Sums are written as their terms, e.g. `mono + color = all`; a check that is no sum is one term. */
const TERMS: ReadonlyMap<string, Term> = new Map([
  ['mono', m.check_mono],
  ['color', m.check_color],
  ['all', m.check_all],
  ['print', m.check_print],
  ['copy', m.check_copy],
  ['fax', m.check_fax],
  ['total', m.check_total],
  ['total (all)', m.check_total_all],
  ['total (mono)', m.check_total_mono],
  ['total (color)', m.check_total_color],
  ['life count', m.check_life_count],
  ["vendor's life count", m.check_vendor_life_count],
  ['service count', m.check_service_count],
  ['functions', m.check_functions],
  ['function', m.check_function],
  ['sizes', m.check_sizes],
  ['jobs', m.check_jobs],
  ['color modes', m.check_color_modes],
  ['one-sided', m.check_one_sided],
  ['two-sided', m.check_two_sided],
  ['two-sided mono', m.check_two_sided_mono],
  ['scans', m.check_scans],
  ['other scans', m.check_other_scans],
  ['two projects agree', m.check_two_projects_agree],
  ['equals the life count', m.check_equals_the_life_count],
  ['no row above all pages of its color and function', m.check_no_row_above_all_pages_of_its_color_and_function],
]);

/** The first that fits counts. A number or a name of the machine stands in the words as it is. */
const REFUSALS: readonly (readonly [RegExp, Refusal])[] = [
  [/^two-sided mono and color do not add up to it$/, m.refused_two_sided],
  [/^mono and color do not add up to the total$/, m.refused_split_total],
  [/^mono and color do not add up to (?<count>.+)$/, m.refused_split],
  [/^functions do not add up to (?<count>.+)$/, m.refused_functions_count],
  [/^the functions do not add up$/, m.refused_functions],
  [/^the sizes do not add up to the total$/, m.refused_sizes],
  [/^the sizes are more than the total$/, m.refused_sizes_more],
  [/^more large pages than pages$/, m.refused_large],
  [/^its table is not the total$/, m.refused_table],
  [/^counted on another base than the impressions$/, m.refused_base],
  [/^sheets that do not add up to the life count$/, m.refused_sheets],
  [/^neither the total nor a part of the life count$/, m.refused_neither],
  [/^the color modes do not add up to the function$/, m.refused_modes],
  [/^together more than the whole, (?<count>.+)$/, m.refused_more],
  [/^reported by others only, and no sum of the device's own confirms (?<count>.+)$/, m.refused_reported],
  [/^labeled "(?<label>.*)"$/, m.refused_labeled],
  [/^sysObjectID is the card's maker's$/, m.refused_card],
  [/^does not add up to (?<count>.+) with (?<label>.+)$/, m.refused_halves],
  [/^says nothing of the machine$/, m.refused_nothing],
  [/^a placeholder$/, m.refused_placeholder],
  [/^the hardware address again$/, m.refused_mac],
];

/** A check with a term that has no word stays as the driver says it. */
export function wordCheck(check: string, locale: Locale): string {
  const terms = check.split(/ ([+=]) /);
  const worded = terms.map((term, at) => (at % 2 === 1 ? term : TERMS.get(term)?.({}, { locale })));
  return worded.includes(undefined) ? check : worded.join(' ');
}

export function wordRefusal(why: string, locale: Locale): string {
  for (const [pattern, wording] of REFUSALS) {
    const found = pattern.exec(why);
    if (found)
      return wording({ count: found.groups?.['count'] ?? '', label: found.groups?.['label'] ?? '' }, { locale });
  }
  return why;
}
