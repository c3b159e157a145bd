/** Which addresses a range means. */
export { compareAddresses, type NumericAddress, parseAddress } from './address.ts';
export type { AddressRange, Interval } from './address-range.ts';
export { checkOverlaps } from './overlap.ts';
export { MOST_ADDRESSES, parseRange, type RangeDetail } from './parse-range.ts';
