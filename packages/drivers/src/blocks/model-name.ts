/** A model name as people say it: no brand in front, no version, serial number or kind behind. */
import type { Brand } from '../definition.ts';
import { cleanText, shorten } from './text.ts';

/** What devices answer that is no name. */
const NO_NAME =
  /^(network |multi-?function(al)? |laser |color |colour |inkjet |label )*(printer|copier|device|peripheral|mfp|unknown|none|n\/?a|null|default)$|^generic\b/i;

/** Where the name ends and details begin. */
const DETAILS = /\s*[;\n]|,\s|\s+(?:version|ver\.|firmware|fw|s\/n|serial|rev\.)[\s:.]/i;

/** Words that follow a name and are none of it. */
const TAIL =
  /[\s,]+(?:(?:(?:network|mono(?:chrome)?|laser|colou?r|multi-?function) )*printer|(?:v\d+ )?(?:colou?r )?multi-?function (?:system|device|product|peripheral)|printing system|series|print server)\.?$/i;

/** A name behind the name: the host's or the hardware address. */
const BRACKETS = /\s*\[[^\]]*\]?$/;

/** What companies are called behind the brand: "Industries, Ltd.", "INC.", "COMPANY,LTD.". */
const COMPANY =
  /^(?:(?:electronics|electric|industries|international|worldwide|corporation|company|corp|co|inc|ltd|limited|gmbh|llc)\b[\s.,]*)+/i;

const MARKS = /[®™]|\((?:r|tm)\)/gi;

export function cleanModel(text: string, brands: readonly Brand[]): string | null {
  const whole = text.replace(MARKS, '').replace(BRACKETS, '');
  let name = withoutBrand(whole, brands);
  const branded = name !== whole;
  const details = DETAILS.exec(name);
  name = cleanText(details === null ? name : name.slice(0, details.index));
  if (NO_NAME.test(name)) return null;
  for (let tail = TAIL.exec(name); tail !== null; tail = TAIL.exec(name)) name = name.slice(0, tail.index);
  name = shorten(name.replace(/^[\s\-_/:,.]+|[\s\-_/:,]+$/g, ''));
  // Figures alone are a name only behind a brand.
  const named = /\p{L}/u.test(name) || (branded && /^\d{3,5}(?!\d)/.test(name));
  return name.length < 2 || !named || NO_NAME.test(name) ? null : name;
}

/** Takes the brand away as often as it stands in front: the company's name, then the brand. */
function withoutBrand(text: string, brands: readonly Brand[]): string {
  let name = text.trimStart();
  for (let times = 0; times < 3; times += 1) {
    const longest = brands.reduce((length, { says }) => {
      const match = says.exec(name);
      return match?.index === 0 ? Math.max(length, match[0].length) : length;
    }, 0);
    if (longest === 0) return name;
    name = name
      .slice(longest)
      .replace(/^[\s\-_/:,]+/, '')
      .replace(COMPANY, '');
  }
  return name;
}
