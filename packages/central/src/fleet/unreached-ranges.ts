/** Ranges that a box does not reach, and which of them a machine stands in. Pure. */
import { BlockList, isIP } from 'node:net';
import type { UnreachedRange } from '@rsb/contract';

/** As they stand in the box's row. */
export const unreachedRanges = (kept: string | null): UnreachedRange[] => (kept === null ? [] : JSON.parse(kept));

/** Null also where the customer withholds addresses: the range is told by another name then. */
export const findUnreached = (ranges: readonly UnreachedRange[], address: string): UnreachedRange | null =>
  ranges.find(({ range }) => holds(range, address)) ?? null;

/**
 * A range is written as on the box: single addresses, CIDR, first-last, wildcards, and `!` before what is taken out. What is
 * not understood holds nobody.
 */
function holds(range: string, address: string): boolean {
  const family = familyOf(address);
  if (family === null) return false;
  const [within, without] = [new BlockList(), new BlockList()];
  const parts = range
    .replaceAll(/\s*[-‐‑‒–—−]\s*/g, '-')
    .replaceAll(/!\s+/g, '!')
    .split(/[\s,;]+/);
  for (const part of parts) {
    try {
      if (part.startsWith('!')) add(without, part.slice(1));
      else add(within, part);
    } catch {
      // Out of bounds, e.g. a prefix of 40 or a last address before the first: refused by the list itself.
    }
  }
  return within.check(address, family) && !without.check(address, family);
}

function add(list: BlockList, part: string): void {
  const stars = /^(\d{1,3}(?:\.\d{1,3}){0,2})((?:\.\*){1,3})$/.exec(part);
  const [base = '', prefix] = stars ? wildcard(stars) : part.split('/');
  const [first = '', last] = base.split('-');
  const family = familyOf(first);
  if (family === null) return;
  if (prefix !== undefined) list.addSubnet(first, bitsOf(prefix), family);
  else if (last === undefined) list.addAddress(first, family);
  else list.addRange(first, /^\d{1,3}$/.test(last) ? first.replace(/\d+$/, last) : last, family);
}

const familyOf = (address: string): 'ipv4' | 'ipv6' | null => {
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null;
};

/** `10.0.*.*` as base and prefix. */
function wildcard([, told = '', stars = '']: RegExpExecArray): [string, string] {
  const numbers = told.split('.');
  const open = stars.length / 2;
  return [[...numbers, ...Array<string>(open).fill('0')].join('.'), String(8 * numbers.length)];
}

/** A prefix, or a mask as 255.255.255.0. */
function bitsOf(prefix: string): number {
  if (!prefix.includes('.')) return Number(prefix);
  return prefix.split('.').reduce((bits, octet) => bits + Number(octet).toString(2).replaceAll('0', '').length, 0);
}
