/** An echo request and its reply as an ICMP datagram socket takes and gives them: without the IP header. */

export type IpFamily = 4 | 6;

/**
 * With the sequence 48 bits that a forger has to guess within one wait, to win nothing but an SNMP request to an address that
 * was to be looked at anyway. Most addresses of most ranges are sent two echoes and nothing else: each byte counts.
 */
export const TOKEN_BYTES = 4;
const HEADER_BYTES = 8;
/** RFC 792 and RFC 4443 §4. */
const TYPE = { 4: { request: 8, reply: 0 }, 6: { request: 128, reply: 129 } } as const;

export interface EchoReply {
  readonly sequence: number;
  readonly token: Uint8Array;
}

/** The kernel writes the identifier (the socket's own port) and the checksum. */
export function encodeEcho(family: IpFamily, sequence: number, token: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + TOKEN_BYTES);
  bytes[0] = TYPE[family].request;
  new DataView(bytes.buffer).setUint16(6, sequence);
  bytes.set(token, HEADER_BYTES);
  return bytes;
}

/** Undefined for everything that is no whole reply to an echo of ours. */
export function decodeReply(family: IpFamily, bytes: Uint8Array): EchoReply | undefined {
  if (bytes.length !== HEADER_BYTES + TOKEN_BYTES || bytes[0] !== TYPE[family].reply || bytes[1] !== 0)
    return undefined;
  const sequence = new DataView(bytes.buffer, bytes.byteOffset).getUint16(6);
  return { sequence, token: bytes.subarray(HEADER_BYTES) };
}

/** On the wire, with the IP header. */
export const packetBytes = (family: IpFamily, icmpBytes: number): number => (family === 4 ? 20 : 40) + icmpBytes;
export const ECHO_BYTES = HEADER_BYTES + TOKEN_BYTES;
