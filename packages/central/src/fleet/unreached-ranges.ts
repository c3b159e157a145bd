/** Ranges that a box does not reach, and which of them a machine stands in. Pure. */
import { BlockList, isIP } from 'node:net';
import { isRangeAlias, type UnreachedHere, type UnreachedRange, type UnreachedShown } from '@rsb/contract';

/** As they stand in the box's row. */
export const unreachedRanges = (kept: string | null): UnreachedRange[] => (kept === null ? [] : JSON.parse(kept));

/** As people see them: the name of a range that the customer withholds tells them nothing. */
export const shownRange = ({ range, reason, since }: UnreachedRange): UnreachedShown => ({
  range: isRangeAlias(range) ? null : range,
  reason,
  since,
});

interface Standing {
  /** Empty where the customer withholds it. */
  readonly address: string;
  /** When it was read last. */
  readonly lastAt: number;
}

/**
 * The range that keeps a machine from being read. Where the customer withholds addresses, ranges have other names: a machine
 * that was not read since one of them is out of reach may stand in it, and nobody can say more.
 */
export function unreachedAt(ranges: readonly UnreachedRange[], standing: Standing): UnreachedHere | null {
  const found = rangeFinder(ranges)(standing);
  return found && shownHere(found);
}

export interface FoundRange {
  readonly range: UnreachedRange;
  readonly certain: boolean;
}

export const shownHere = ({ range, certain }: FoundRange): UnreachedHere => ({ ...shownRange(range), certain });

/** The same for many machines of one box: ranges are read once. */
export function rangeFinder(ranges: readonly UnreachedRange[]): (standing: Standing) => FoundRange | null {
  const named = ranges.map((range) => ({ range, holds: holderOf(range.range) }));
  return ({ address, lastAt }) => {
    const found = named.find(({ holds }) => holds(address));
    if (found) return { range: found.range, certain: true };
    const possible = ranges.find(({ range, since }) => isRangeAlias(range) && lastAt <= Date.parse(since));
    return possible ? { range: possible, certain: false } : null;
  };
}

/**
 * A range is written as on the box: single addresses, CIDR, first-last, wildcards, and `!` before what is taken out. What is
 * not understood holds nobody.
 */
function holderOf(range: string): (address: string) => boolean {
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
  return (address) => {
    const family = familyOf(address);
    return family !== null && within.check(address, family) && !without.check(address, family);
  };
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
