/** Octets to a harmless text: charset as declared or as it really is, no control characters, no padding, bounded. */
import { LONGEST_TEXT } from '@rsb/contract';
import type { SnmpValue } from '@rsb/snmp';
import type { Answers, AskedObject } from '../definition.ts';
import { findCharset, IBM_850, LATIN_1, ROMAN_8, SHIFT_JIS } from './charsets.ts';
import { charsetFor } from './standard-objects.ts';

/** No text of a printer that is of use is longer (an IEEE 1284 id reaches 1 kB); the rest of a giant is not looked at. */
const MOST_BYTES = 4096;

/** Where two charsets read equally well, the more usual one is right: its head start in plausibility. */
const USUAL = [
  { charset: LATIN_1, head: 0.3 },
  { charset: IBM_850, head: 0.1 },
  { charset: ROMAN_8, head: 0 },
  { charset: SHIFT_JIS, head: 0 },
];
/** A declared charset keeps its right unless another reads clearly better. */
const DECLARED_HEAD = 1.5;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The charset that the device declares for its texts; null where it declares none. */
export function declaredCharset(answers: Answers): number | null {
  const value = answers.value(charsetFor.identity.oid, '1.1');
  return value?.type === 'integer' ? value.value : null;
}

/** The text of one instance, null where there is none. */
export function textAt(answers: Answers, object: Pick<AskedObject, 'oid'>, instance: string): string | null {
  return textOf(answers.value(object.oid, instance), declaredCharset(answers));
}

/** A value as a short clean text; null for anything that is no text or says nothing. */
export function textOf(value: SnmpValue | undefined, charset: number | null): string | null {
  const text = longTextOf(value, charset);
  return text === null ? null : shorten(text);
}

/** As `textOf`, for texts that are parsed and not shown. */
export function longTextOf(value: SnmpValue | undefined, charset: number | null): string | null {
  if (value?.type !== 'octets' && value?.type !== 'opaque') return null;
  const text = cleanText(decodeText(value.value, charset));
  return text === '' ? null : text;
}

/**
 * Declared charsets are often wrong (UTF-8 under the name of hp-roman8 in several captures), so valid UTF-8 goes first; a declared
 * one must make sense of the octets, else the most plausible of the usual ones is taken.
 */
export function decodeText(octets: Uint8Array, declared: number | null): string {
  const nul = endOfText(octets);
  const bytes = octets.subarray(0, nul);
  if (bytes.every((byte) => byte < 0x80)) return String.fromCharCode(...bytes);
  if (declared === 1013 || declared === 1014 || declared === 1015) return findCharset(declared)?.(bytes) ?? '';
  try {
    return utf8.decode(bytes);
  } catch {
    // Not UTF-8 (or cut inside a character).
  }
  const candidates = declared === null ? USUAL : [{ charset: declared, head: DECLARED_HEAD }, ...USUAL];
  let best = '';
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const { charset, head } of candidates) {
    const decode = findCharset(charset);
    if (decode === undefined) continue;
    const text = decode(bytes);
    const score = plausibility(text) + head;
    if (score > bestScore) {
      best = text;
      bestScore = score;
    }
  }
  return best;
}

/** Octets end at a NUL that only padding follows; a giant is cut. */
function endOfText(octets: Uint8Array): number {
  let end = Math.min(octets.length, MOST_BYTES);
  while (end > 0 && octets[end - 1] === 0) end -= 1;
  return end;
}

/** Kana and ideographs stand in runs; a single one among Latin letters is an accident of another charset. */
const CJK = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]/u;

/** The first characters show a charset as well as all of them. */
const ENOUGH = 200;

/** How much a text looks written by a person: letters in their places count for it, symbols and capitals inside words against. */
function plausibility(text: string): number {
  let score = 0;
  let foreign = 0;
  const characters = [...text.slice(0, ENOUGH)];
  for (const [index, character] of characters.entries()) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) continue;
    foreign += 1;
    const before = characters[index - 1] ?? '';
    const after = characters[index + 1] ?? '';
    if (character === '\ufffd' || code < 0xa0) score -= 4;
    else if (CJK.test(character)) score += CJK.test(before) || CJK.test(after) ? 1.2 : 0;
    else if (/[\uff61-\uff9f]/u.test(character)) score -= 0.5;
    else if (/\p{Ll}/u.test(character)) score += /\p{Lu}/u.test(before) && /\p{Lu}/u.test(after) ? -1 : 1;
    else if (/\p{Lu}/u.test(character)) score += /\p{Ll}/u.test(before) ? -1 : 0.8;
    else if (/\p{L}/u.test(character)) score += 0.4;
    else if (/[°«»®©§·]/u.test(character)) score += 0.2;
    else score -= 1;
  }
  return foreign === 0 ? 0 : score / foreign;
}

/** Removes what could move, hide or break other text, folds white space, and takes padding away. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029\u00a0]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\ufffd]/gu, '')
    .replace(/ {2,}/gu, ' ')
    .trim();
}

/** Cut to what the contract takes, never through a character. */
export function shorten(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  let end = LONGEST_TEXT;
  if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).trimEnd();
}
