/** Codes that people carry from one screen to another: sixteen characters nobody can misread, kept only as a hash. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Random } from '@rsb/runtime';

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 80 bits: the plain hash cannot be searched. */
const LENGTH = 16;
const GROUP = 4;

export function drawCode(random: Random): string {
  let code = '';
  for (const byte of random.bytes(LENGTH)) code += ALPHABET[byte % ALPHABET.length];
  return (code.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}

/** The same hash for the code however it was typed: small letters, spaces, O for 0, I or L for 1. */
export function hashCode(typed: string): string {
  const plain = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return createHash('sha256').update(`rsb-code-1 ${plain}`).digest('hex');
}

export function sameHash(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
