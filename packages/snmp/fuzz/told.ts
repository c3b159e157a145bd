/**
 * What a message says, read by a second reader that shares no code with the codec: plain, slow and lenient. It tells
 * whether an answer that the engine took from a mutant stood in that mutant.
 */
import type { SnmpValue } from '../src/value.ts';

interface Part {
  readonly tag: number;
  readonly bytes: Uint8Array;
}

export interface Told {
  readonly version: bigint;
  /** The community, or in v3 the message's id as text. */
  readonly who: string;
  readonly requestId: bigint;
  readonly varbinds: readonly { readonly name: string; readonly value: Part }[];
}

/** Elements side by side, up to the first that does not fit. */
function parts(bytes: Uint8Array): Part[] {
  const found: Part[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const tag = bytes[at] as number;
    let length = bytes[at + 1] as number;
    at += 2;
    if (length >= 0x80) {
      const octets = length - 0x80;
      if (octets === 0 || octets > 4) break;
      length = Number(BigInt(`0x0${Buffer.from(bytes.subarray(at, at + octets)).toString('hex')}`));
      at += octets;
    }
    if (at + length > bytes.length) break;
    found.push({ tag, bytes: bytes.subarray(at, at + length) });
    at += length;
  }
  return found;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const whole = (bytes: Uint8Array): bigint => BigInt.asIntN(8 * bytes.length, BigInt(`0x0${hex(bytes)}`));

export function toldBy(bytes: Uint8Array): Told | undefined {
  const message = parts(bytes)[0];
  if (message === undefined) return undefined;
  const [version, second, third, fourth] = parts(message.bytes);
  if (version === undefined || second === undefined || third === undefined) return undefined;
  const number = whole(version.bytes);
  if (number !== 3n) return toldByPdu(number, hex(second.bytes), third);
  const id = parts(second.bytes)[0];
  const pdu = fourth && parts(fourth.bytes)[2];
  return id && pdu && toldByPdu(number, String(whole(id.bytes)), pdu);
}

function toldByPdu(version: bigint, who: string, pdu: Part): Told | undefined {
  const [id, , , list] = parts(pdu.bytes);
  if (pdu.tag !== 0xa2 || id === undefined || list === undefined) return undefined;
  const varbinds = parts(list.bytes).flatMap((each) => {
    const [name, value] = parts(each.bytes);
    return name && value ? [{ name: hex(name.bytes), value }] : [];
  });
  return { version, who, requestId: whole(id.bytes), varbinds };
}

/** Whether octets under this tag are this value. */
export function saysValue({ tag, bytes }: Part, value: SnmpValue): boolean {
  switch (value.type) {
    case 'integer':
      return tag === 0x02 && whole(bytes) === BigInt(value.value);
    case 'counter32':
      return tag === 0x41 && BigInt.asUintN(32, whole(bytes)) === BigInt(value.value);
    case 'gauge32':
      return (tag === 0x42 || tag === 0x47) && BigInt.asUintN(32, whole(bytes)) === BigInt(value.value);
    case 'timeTicks':
      return tag === 0x43 && BigInt.asUintN(32, whole(bytes)) === BigInt(value.value);
    case 'counter64':
      return tag === 0x46 && BigInt.asUintN(64, whole(bytes)) === value.value;
    case 'octets':
      return tag === 0x04 && hex(bytes) === hex(value.value);
    case 'ipAddress':
      return tag === 0x40 && hex(bytes) === hex(value.value);
    case 'opaque':
      return tag === 0x44 && hex(bytes) === hex(value.value);
    case 'oid':
      return tag === 0x06 && arcsOf(bytes) === value.value;
    case 'null':
      return tag === 0x05;
    case 'noSuchObject':
      return tag === 0x80;
    case 'noSuchInstance':
      return tag === 0x81;
    case 'endOfMibView':
      return tag === 0x82;
    default:
      return false;
  }
}

function arcsOf(bytes: Uint8Array): string {
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const octet of bytes) {
    arc = arc * 128n + BigInt(octet & 0x7f);
    if (octet >= 0x80) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const first = arcs.shift() ?? 0n;
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...arcs].join('.');
}
