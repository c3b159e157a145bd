/**
 * Changes private texts into others of the same shape and length: digits stay digits, letters stay letters of their case.
 * The same text always becomes the same other text under one key, and nothing leads back once the key is gone.
 */
import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';

export interface Disguise {
  /** Octets as Latin-1 text; each run of letters and digits is changed by itself, so a part stays the same part. */
  text(text: string): string;
  /** Keeps the first three octets: they name the maker of the interface. */
  mac(octets: Uint8Array): Uint8Array;
  /** Four numbers with as many digits each. */
  ipv4(address: string): string;
  ipv6(address: string): string;
}

export function disguiseBy(key: Uint8Array): Disguise {
  const given = new Map<string, string>();
  const taken = new Map<string, string>();

  /** The same for the same text, another for another: two machines never become one. */
  function once(kind: string, from: string, make: (next: (limit: number) => number) => string): string {
    const known = given.get(`${kind} ${from}`);
    if (known !== undefined) return known;
    let made = from;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      made = make(numbersFrom(key, `${kind} ${attempt} ${from}`));
      if (made !== from && (taken.get(`${kind} ${made}`) ?? from) === from) break;
    }
    given.set(`${kind} ${from}`, made);
    taken.set(`${kind} ${made}`, from);
    return made;
  }

  return {
    text: (text) =>
      text.replace(WORD, (word) => {
        const folded = lowerCase(word);
        return inCaseOf(
          once('text', folded, (next) => otherWord(folded, next)),
          word,
        );
      }),
    mac(octets) {
      const hex = Buffer.from(octets).toString('hex');
      const other = once('mac', hex, (next) => {
        const tail = Array.from({ length: octets.length - 3 }, () => next(256));
        return hex.slice(0, 6) + Buffer.from(tail).toString('hex');
      });
      return Buffer.from(other, 'hex');
    },
    ipv4: (address) =>
      once('ipv4', address, (next) =>
        address
          .split('.')
          .map((part, index) => numberOfLength(part.length, index === 0, next))
          .join('.'),
      ),
    ipv6: (address) =>
      once('ipv6', address.toLowerCase(), (next) => {
        const other = address.replace(/[1-9a-f]/gi, () => (1 + next(15)).toString(16));
        return isIP(other) === 6 ? other : address;
      }),
  };
}

/** Few texts of one shape are left where it has one or two characters; then two may become the same. */
const MOST_ATTEMPTS = 50;

/** Octets above ASCII belong to words in every charset. */
const WORD = /[0-9A-Za-z\x80-\xff]+/g;

const lowerCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function inCaseOf(other: string, original: string): string {
  return other.replace(/[a-z]/g, (letter, at: number) =>
    /[A-Z]/.test(original.charAt(at)) ? letter.toUpperCase() : letter,
  );
}

function otherWord(word: string, next: (limit: number) => number): string {
  let other = '';
  for (const character of decodedUtf8(word) ?? word) {
    // Padding in front stays padding.
    if (/\d/.test(character)) other += character === '0' && /^0*$/.test(other) ? '0' : digit(other, next);
    else if (/[a-z]/.test(character)) other += String.fromCharCode(0x61 + next(26));
    else other += otherForeign(Buffer.from(character).length, decodedUtf8(word) !== null, next);
  }
  return other;
}

const digit = (before: string, next: (limit: number) => number): number =>
  /^0*$/.test(before) ? 1 + next(9) : next(10);

/** Null where the octets are in another charset. */
function decodedUtf8(word: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(word, 'latin1'));
  } catch {
    return null;
  }
}

/** Letters in Latin-1 and in other Latin charsets, first and second octets in Shift_JIS. */
const SAFE = '\xe0\xe1\xe2\xe8\xe9\xea';

/** A small Latin letter for two octets of UTF-8, kana for three, a face for four. */
function otherForeign(octets: number, utf8: boolean, next: (limit: number) => number): string {
  if (!utf8) return SAFE.charAt(next(SAFE.length));
  const code = octets === 2 ? 0xe0 + next(23) : octets === 3 ? 0x3042 + next(60) : 0x1f600 + next(60);
  return Buffer.from(String.fromCodePoint(code)).toString('latin1');
}

function numberOfLength(digits: number, first: boolean, next: (limit: number) => number): string {
  if (digits === 1) return String(1 + next(9));
  if (digits === 2) return String(10 + next(90));
  // Neither loopback nor multicast.
  const number = 100 + next(first ? 124 : 155);
  return String(first && number === 127 ? 128 : number);
}

/** Numbers below a limit, made of the key and a text, as many as are asked for. */
function numbersFrom(key: Uint8Array, text: string): (limit: number) => number {
  let block = Buffer.alloc(0);
  let counter = 0;
  return (limit) => {
    if (block.length < 4) {
      block = createHmac('sha256', key).update(`${counter} ${text}`).digest();
      counter += 1;
    }
    const number = block.readUInt32BE(0);
    block = block.subarray(4);
    return number % limit;
  };
}
