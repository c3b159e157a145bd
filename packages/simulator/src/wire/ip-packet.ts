/** IPv4 packets as a site on a wire reads and writes them: echo (RFC 792) and UDP (RFC 768), without options or fragments. */

export interface EchoRequest {
  readonly kind: 'echo';
  readonly from: string;
  readonly to: string;
  /** Identifier, sequence and data: an echo's reply gives them back. */
  readonly body: Uint8Array;
}

export interface UdpDatagram {
  readonly kind: 'udp';
  readonly from: string;
  readonly to: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly payload: Uint8Array;
}

const IP_HEADER = 20;
const UDP_HEADER = 8;
const PROTOCOL = { icmp: 1, udp: 17 } as const;
const ECHO_REQUEST = 8;
const ECHO_REPLY = 0;
const UNREACHABLE = 3;
const PORT_UNREACHABLE = 3;
const TIME_TO_LIVE = 64;

/** What an answer carries, for who asked: the ICMP message, or the payload of the datagram and the port it came from. */
export function decodeAnswer(
  packet: Uint8Array,
):
  | { readonly kind: 'icmp'; readonly from: string; readonly message: Uint8Array }
  | { readonly kind: 'udp'; readonly from: string; readonly port: number; readonly payload: Uint8Array }
  | undefined {
  const content = packet.subarray(IP_HEADER);
  const from = textOf(packet.subarray(12, 16));
  if (packet[9] === PROTOCOL.icmp) return { kind: 'icmp', from, message: content };
  if (packet[9] !== PROTOCOL.udp || content.length < UDP_HEADER) return undefined;
  const port = (content[0] ?? 0) * 256 + (content[1] ?? 0);
  return { kind: 'udp', from, port, payload: content.subarray(UDP_HEADER) };
}

/** Undefined for everything else. */
export function decodePacket(packet: Uint8Array): EchoRequest | UdpDatagram | undefined {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  if (packet.length < IP_HEADER || view.getUint8(0) !== 0x45) return undefined;
  const length = view.getUint16(2);
  if (length > packet.length) return undefined;
  const from = textOf(packet.subarray(12, 16));
  const to = textOf(packet.subarray(16, 20));
  const content = packet.subarray(IP_HEADER, length);
  switch (view.getUint8(9)) {
    case PROTOCOL.icmp:
      if (content.length < 8 || content[0] !== ECHO_REQUEST) return undefined;
      return { kind: 'echo', from, to, body: content.subarray(4) };
    case PROTOCOL.udp:
      if (content.length < UDP_HEADER) return undefined;
      return {
        kind: 'udp',
        from,
        to,
        fromPort: view.getUint16(IP_HEADER),
        toPort: view.getUint16(IP_HEADER + 2),
        payload: content.subarray(UDP_HEADER),
      };
    default:
      return undefined;
  }
}

export function encodeEchoReply({ from, to, body }: EchoRequest): Uint8Array {
  return withHeader('icmp', to, from, icmp(ECHO_REPLY, 0, body));
}

/** What a host says of a port at which nobody listens: it quotes the header and 8 bytes of the packet. */
export function encodePortUnreachable({ from, to }: UdpDatagram, packet: Uint8Array): Uint8Array {
  const quoted = new Uint8Array(4 + IP_HEADER + 8);
  quoted.set(packet.subarray(0, IP_HEADER + 8), 4);
  return withHeader('icmp', to, from, icmp(UNREACHABLE, PORT_UNREACHABLE, quoted));
}

export function encodeUdpAnswer({ from, to, fromPort, toPort }: UdpDatagram, payload: Uint8Array): Uint8Array {
  return withHeader('udp', to, from, encodeUdp(toPort, fromPort, payload));
}

/** The UDP datagram that is sent from `fromPort` to `toPort`. */
export function encodeUdp(fromPort: number, toPort: number, payload: Uint8Array): Uint8Array {
  const datagram = new Uint8Array(UDP_HEADER + payload.length);
  const view = new DataView(datagram.buffer);
  view.setUint16(0, fromPort);
  view.setUint16(2, toPort);
  view.setUint16(4, datagram.length);
  // A checksum of 0 means none (RFC 768).
  datagram.set(payload, UDP_HEADER);
  return datagram;
}

function icmp(type: number, code: number, body: Uint8Array): Uint8Array {
  const message = new Uint8Array(4 + body.length);
  message[0] = type;
  message[1] = code;
  message.set(body, 4);
  new DataView(message.buffer).setUint16(2, checksum(message));
  return message;
}

/** For who stands at the other end: an ICMP message or a UDP datagram in a packet. */
export function withHeader(protocol: keyof typeof PROTOCOL, from: string, to: string, content: Uint8Array): Uint8Array {
  const packet = new Uint8Array(IP_HEADER + content.length);
  const view = new DataView(packet.buffer);
  view.setUint8(0, 0x45);
  view.setUint16(2, packet.length);
  view.setUint8(8, TIME_TO_LIVE);
  view.setUint8(9, PROTOCOL[protocol]);
  packet.set(octetsOf(from), 12);
  packet.set(octetsOf(to), 16);
  view.setUint16(10, checksum(packet.subarray(0, IP_HEADER)));
  packet.set(content, IP_HEADER);
  return packet;
}

/** RFC 1071. */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 2) sum += ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

const textOf = (octets: Uint8Array): string => octets.join('.');
const octetsOf = (address: string): number[] => address.split('.').map(Number);
