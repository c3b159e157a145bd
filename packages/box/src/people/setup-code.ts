/** The code that proves who stands at the box at its first start: printed once, kept as a hash. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Random } from '@rsb/runtime';

/** Without 0 O 1 I L U, which are misread from a label or over the telephone. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 3;
const GROUP_LENGTH = 4;

/** Twelve signs of thirty: 58 bits, beyond any guessing at five tries a minute. */
export function drawSetupCode(random: Random): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[random.below(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** Case, dashes and blanks do not matter. */
export function hashSetupCode(code: string): string {
  return createHash('sha256')
    .update(code.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''))
    .digest('hex');
}

export function isSetupCode(code: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSetupCode(code), 'hex'), Buffer.from(hash, 'hex'));
}
