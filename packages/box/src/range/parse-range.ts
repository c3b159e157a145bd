/** From what a person types to a set of addresses, or to a fault that says which part is wrong and why. */
import { type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import { addressText, type Family, parseAddress, WIDTH } from './address.ts';
import {
  type AddressRange,
  addressRange,
  countOf,
  type Interval,
  mergeIntervals,
  subtractIntervals,
} from './address-range.ts';

/** A /16, or an IPv6 /112. A scan of more would take days at a rate that nobody notices. */
export const MOST_ADDRESSES = 65_536;
/** The settings' own limit for the text. */
const LONGEST_RANGE = 1000;

/** Why a part is no range: the `detail` of rangeInvalid. `value` and `most` go with it where they tell more. */
export type RangeDetail =
  | 'notAddress'
  | 'octetAbove'
  | 'octetLeadingZero'
  | 'prefixAbove'
  | 'prefixInvalid'
  | 'maskInvalid'
  | 'lastBeforeFirst'
  | 'familiesMixed'
  | 'wildcardPlace'
  | 'zone'
  | 'reserved'
  | 'multicast'
  | 'onlyExclusions'
  | 'tooLong';

/**
 * Lists with commas or blanks of: single addresses, CIDR (also with a mask), first–last with a hyphen or dash (also
 * 10.0.0.1-50), wildcards (10.0.0.*); `!` before a part takes it out. A CIDR of /30 or larger leaves out its network and
 * broadcast address.
 */
export function parseRange(text: string): Outcome<AddressRange, Fault> {
  if (text.length > LONGEST_RANGE) {
    return failure(
      fault('rangeInvalid', {
        range: `${text.slice(0, 40)}…`,
        detail: 'tooLong',
        value: text.length,
        most: LONGEST_RANGE,
      }),
    );
  }
  const parts = partsOf(text);
  if (parts.length === 0) return failure(fault('rangeEmpty'));
  const included: Interval[] = [];
  const excluded: Interval[] = [];
  const normalized = new Set<string>();
  for (const part of parts) {
    const exclusion = part.startsWith('!');
    const parsed = parsePart(exclusion ? part.slice(1) : part, part);
    if (!parsed.ok) return parsed;
    if (exclusion) excluded.push(parsed.value.whole);
    else included.push(parsed.value.usable);
    normalized.add(exclusion ? `!${parsed.value.text}` : parsed.value.text);
  }
  if (included.length === 0) return failure(invalid(text, 'onlyExclusions'));
  const intervals = subtractIntervals(mergeIntervals(included), mergeIntervals(excluded));
  const count = countOf(intervals);
  if (count > MOST_ADDRESSES) {
    return failure(
      fault('rangeTooLarge', {
        range: text.trim(),
        // Beyond 2^53 a JSON number would not be exact, and nobody reads it.
        addresses: count > Number.MAX_SAFE_INTEGER ? String(count) : Number(count),
        most: MOST_ADDRESSES,
      }),
    );
  }
  for (const interval of intervals) {
    const reason = unusable(interval);
    if (reason) return failure(invalid(text, reason.detail, { value: reason.address }));
  }
  const range = addressRange([...normalized].join(', '), intervals);
  return range ? success(range) : failure(fault('rangeEmpty'));
}

/** Blanks around a dash or after `!` belong to the part; all others, commas and semicolons divide. */
function partsOf(text: string): string[] {
  return text
    .replace(/\s*[-‐‑‒–—−]\s*/g, '-')
    .replace(/!\s+/g, '!')
    .split(/[\s,;]+/)
    .filter((part) => part !== '');
}

interface ParsedPart {
  readonly text: string;
  /** Without network and broadcast address of a CIDR. */
  readonly usable: Interval;
  readonly whole: Interval;
}

function parsePart(part: string, shown: string): Outcome<ParsedPart, Fault> {
  if (part.includes('/')) return parseCidr(part, shown);
  if (part.includes('-')) return parseSpan(part, shown);
  if (part.includes('*')) return parseWildcard(part, shown);
  const address = parseAddress(part);
  if (!address) return failure(notAddress(part, shown));
  const interval = { family: address.family, from: address.value, to: address.value };
  return success({ text: addressText(address), usable: interval, whole: interval });
}

function parseCidr(part: string, shown: string): Outcome<ParsedPart, Fault> {
  const [base = '', length = '', ...rest] = part.split('/');
  const address = parseAddress(base);
  if (!address) return failure(notAddress(base, shown));
  const width = WIDTH[address.family];
  if (length.includes('.')) {
    const prefix = address.family === 4 && rest.length === 0 ? prefixOfMask(length) : undefined;
    if (prefix === undefined) return failure(invalid(shown, 'maskInvalid', { value: length }));
    return success(block(address.family, address.value, prefix));
  }
  if (rest.length > 0 || !/^\d{1,4}$/.test(length)) return failure(invalid(shown, 'prefixInvalid', { value: length }));
  const prefix = Number(length);
  if (prefix > width) return failure(invalid(shown, 'prefixAbove', { value: prefix, most: width }));
  return success(block(address.family, address.value, prefix));
}

function prefixOfMask(mask: string): number | undefined {
  const parsed = parseAddress(mask);
  if (parsed?.family !== 4) return undefined;
  const ones = parsed.value.toString(2).padStart(32, '0');
  return /^1*0*$/.test(ones) ? ones.lastIndexOf('1') + 1 : undefined;
}

function block(family: Family, value: bigint, prefix: number): ParsedPart {
  const hostBits = BigInt(WIDTH[family] - prefix);
  const from = (value >> hostBits) << hostBits;
  const to = from + (1n << hostBits) - 1n;
  const whole = { family, from, to };
  const usable = family === 4 && hostBits >= 2n ? { family, from: from + 1n, to: to - 1n } : whole;
  const base = addressText({ family, value: from });
  return { text: hostBits === 0n ? base : `${base}/${prefix}`, usable, whole };
}

function parseSpan(part: string, shown: string): Outcome<ParsedPart, Fault> {
  const [firstText = '', lastText = '', ...rest] = part.split('-');
  if (rest.length > 0) return failure(invalid(shown, 'notAddress', { value: part }));
  const first = parseAddress(firstText);
  if (!first) return failure(notAddress(firstText, shown));
  // 10.0.0.1-50: the last number alone.
  const short = first.family === 4 && /^\d{1,3}$/.test(lastText);
  const lastFull = short ? firstText.replace(/\d+$/, lastText) : lastText;
  const last = parseAddress(lastFull);
  if (!last) return failure(notAddress(lastFull, shown));
  if (last.family !== first.family) return failure(invalid(shown, 'familiesMixed'));
  if (last.value < first.value) {
    return failure(invalid(shown, 'lastBeforeFirst', { value: addressText(last), first: addressText(first) }));
  }
  const interval = { family: first.family, from: first.value, to: last.value };
  const text = first.value === last.value ? addressText(first) : `${addressText(first)}-${addressText(last)}`;
  return success({ text, usable: interval, whole: interval });
}

function parseWildcard(part: string, shown: string): Outcome<ParsedPart, Fault> {
  const stars = /^(\d{1,3}(?:\.\d{1,3}){0,2})((?:\.\*){1,3})$/.exec(part);
  const numbers = stars?.[1]?.split('.') ?? [];
  const open = (stars?.[2]?.length ?? 0) / 2;
  if (!stars || numbers.length + open !== 4) return failure(invalid(shown, 'wildcardPlace', { value: part }));
  const base = [...numbers, ...Array<string>(open).fill('0')].join('.');
  const address = parseAddress(base);
  if (!address) return failure(notAddress(base, shown));
  return success(block(4, address.value, 32 - 8 * open));
}

function notAddress(text: string, shown: string): Fault {
  if (text.includes('%')) return invalid(shown, 'zone', { value: text });
  const octets = /^\d+(\.\d+){3}$/.test(text) ? text.split('.') : [];
  const padded = octets.find((octet) => octet.length > 1 && octet.startsWith('0'));
  if (padded) return invalid(shown, 'octetLeadingZero', { value: padded });
  const above = octets.find((octet) => Number(octet) > 255);
  if (above) return invalid(shown, 'octetAbove', { value: above, most: 255 });
  return invalid(shown, 'notAddress', { value: text === '' ? shown : text });
}

const invalid = (range: string, detail: RangeDetail, more: Record<string, string | number> = {}): Fault =>
  fault('rangeInvalid', { range: range.trim(), detail, ...more });

/** What no printer can have (RFC 6890, RFC 5771, RFC 4291): asking there would reach nobody or everybody. */
const UNUSABLE: readonly { readonly cidr: readonly [string, number]; readonly detail: RangeDetail }[] = [
  { cidr: ['0.0.0.0', 8], detail: 'reserved' },
  { cidr: ['224.0.0.0', 4], detail: 'multicast' },
  { cidr: ['240.0.0.0', 4], detail: 'reserved' },
  { cidr: ['::', 128], detail: 'reserved' },
  { cidr: ['ff00::', 8], detail: 'multicast' },
  // Without the interface's name, which differs from machine to machine, such an address leads nowhere.
  { cidr: ['fe80::', 10], detail: 'zone' },
];

function unusable(interval: Interval): { readonly detail: RangeDetail; readonly address: string } | undefined {
  for (const { cidr, detail } of UNUSABLE) {
    const base = parseAddress(cidr[0]);
    if (!base || base.family !== interval.family) continue;
    const { whole } = block(base.family, base.value, cidr[1]);
    if (interval.to < whole.from || interval.from > whole.to) continue;
    const beginsWithin = interval.from >= whole.from;
    const value = beginsWithin ? interval.from : whole.from;
    return { detail, address: addressText({ family: interval.family, value }) };
  }
  return undefined;
}
