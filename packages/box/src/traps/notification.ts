/**
 * As much of a notification as may be believed, which is nothing but that it is one: an SNMP message of version 1 or 2c
 * (RFC 1157 §4, RFC 3416 §4.2.6). Community and content are not looked at.
 */

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OCTETS = 0x04;
/** Trap of v1, InformRequest, Trap of v2c. */
const NOTIFICATIONS: ReadonlySet<number> = new Set([0xa4, 0xa6, 0xa7]);
const LONGEST_COMMUNITY = 255;

/** Reads a dozen bytes at most, whatever comes. */
export function isNotification(bytes: Uint8Array): boolean {
  if (bytes[0] !== SEQUENCE) return false;
  const length = bytes[1] ?? 0;
  // The long form (X.690 §8.1.3.5) of up to four octets.
  const version = 2 + (length < 0x80 ? 0 : length & 0x7f);
  if (version > 6 || bytes[version] !== INTEGER || bytes[version + 1] !== 1) return false;
  const number = bytes[version + 2];
  if (number !== 0 && number !== 1) return false;
  const community = version + 3;
  if (bytes[community] !== OCTETS) return false;
  const first = bytes[community + 1] ?? 0;
  if (first > 0x81) return false;
  const size = first === 0x81 ? (bytes[community + 2] ?? 0) : first;
  if (size > LONGEST_COMMUNITY) return false;
  const pdu = bytes[community + (first === 0x81 ? 3 : 2) + size];
  return pdu !== undefined && NOTIFICATIONS.has(pdu);
}
