/** Writes answers as `.snmprec`: one object a line, `OID|type|value`, type as the BER tag in decimal, `x` for hexadecimal. */
import { unreachable } from '@rsb/runtime';
import { compareOid, type SnmpValue, type Varbind } from '@rsb/snmp';

/** In the order of their names, each once; what was not told is no line. */
export function encodeSnmprec(varbinds: readonly Varbind[]): string {
  const seen = new Set<string>();
  const lines: string[] = [];
  for (const { oid, value } of varbinds.toSorted((a, b) => compareOid(a.oid, b.oid))) {
    const field = encodeValue(value);
    if (field === null || seen.has(oid)) continue;
    seen.add(oid);
    lines.push(`${oid}|${field}\n`);
  }
  return lines.join('');
}

function encodeValue(value: SnmpValue): string | null {
  switch (value.type) {
    case 'integer':
      return `2|${value.value}`;
    case 'octets':
      return isPlain(value.value)
        ? `4|${Buffer.from(value.value).toString('latin1')}`
        : `4x|${Buffer.from(value.value).toString('hex')}`;
    case 'oid':
      return `6|${value.value}`;
    case 'ipAddress':
      return `64|${[...value.value].join('.')}`;
    case 'counter32':
      return `65|${value.value}`;
    case 'gauge32':
      return `66|${value.value}`;
    case 'timeTicks':
      return `67|${value.value}`;
    case 'opaque':
      return `68x|${Buffer.from(value.value).toString('hex')}`;
    case 'counter64':
      return `70|${value.value}`;
    case 'null':
    case 'noSuchObject':
    case 'noSuchInstance':
    case 'endOfMibView':
      return null;
    default:
      return unreachable(value);
  }
}

/** Printable ASCII that no editor changes: no blank at either end. */
const isPlain = (octets: Uint8Array): boolean =>
  octets.every((octet) => octet >= 0x20 && octet < 0x7f) && octets.at(0) !== 0x20 && octets.at(-1) !== 0x20;
