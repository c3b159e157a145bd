/** IP addresses as numbers, so that ranges can be merged, counted and searched. Text is read by ipaddr.js, strictly. */
import ipaddr from 'ipaddr.js';

export type Family = 4 | 6;

export interface NumericAddress {
  readonly family: Family;
  readonly value: bigint;
}

/** Bits of an address. */
export const WIDTH: Readonly<Record<Family, number>> = { 4: 32, 6: 128 };

/**
 * Four decimal numbers, or any IPv6 text without a zone. Octal and short forms ("010.0.0.1", "10.1"), which programs read
 * in different ways, are no address. An IPv4 address in IPv6 clothes (::ffff:10.0.0.1) is the IPv4 address.
 */
export function parseAddress(text: string): NumericAddress | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return numeric(ipaddr.IPv4.parse(text));
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.IPv6.parse(text);
  return numeric(address.isIPv4MappedAddress() ? address.toIPv4Address() : address);
}

/** For sorting, IPv4 before IPv6; what is no address comes last. */
export function compareAddresses(a: string, b: string): number {
  const [one, other] = [parseAddress(a), parseAddress(b)];
  if (!one || !other) return Number(!one) - Number(!other);
  return one.family - other.family || (one.value < other.value ? -1 : one.value > other.value ? 1 : 0);
}

function numeric(address: ipaddr.IPv4 | ipaddr.IPv6): NumericAddress {
  let value = 0n;
  for (const byte of address.toByteArray()) value = (value << 8n) | BigInt(byte);
  return { family: address.kind() === 'ipv4' ? 4 : 6, value };
}

/** Dotted decimal, or IPv6 in the form of RFC 5952. */
export function addressText({ family, value }: NumericAddress): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
  const bytes = Array.from({ length: 16 }, (_, index) => Number((value >> BigInt(120 - 8 * index)) & 255n));
  return new ipaddr.IPv6(bytes).toRFC5952String();
}
