/**
 * Takes out of a printer's answers whose they are, consistently: the same text is the same other text at every place where
 * it stands, so that whoever gets the file sees what the driver sees.
 */
import { isIP } from 'node:net';
import { ipAdEntIfIndex } from '@rsb/drivers/blocks/standard-objects';
import { instanceOf, isWithin, type Oid, parseOid, type SnmpValue, type Varbind } from '@rsb/snmp';
import { type Disguise, disguiseBy } from './disguise.ts';
import { isSerial, latin1, type PrivateTexts } from './private-texts.ts';

/** How far a private text is followed: wherever it stands, only where it cannot be a common word, or not at all. */
export type Reach = 'everywhere' | 'serials' | 'nowhere';

export function redact(
  varbinds: readonly Varbind[],
  found: PrivateTexts,
  key: Uint8Array,
  reach: Reach = 'everywhere',
): readonly Varbind[] {
  const disguise = disguiseBy(key);
  const rules = rulesOf(found, disguise, reach);
  const whole = [...rules, everyWord(disguise)];
  return varbinds.map(({ oid, value }) => ({
    oid: renamed(oid, disguise),
    value: redactValue(value, isWhollyPrivate(oid, value, found) ? whole : rules, found.macs, disguise),
  }));
}

/** Tables of addresses have them in their names. */
function renamed(oid: Oid, disguise: Disguise): Oid {
  const address = instanceOf(ipAdEntIfIndex.oid, oid);
  if (address === undefined || isIP(address) !== 4 || isNobodys(address)) return oid;
  return parseOid(`${ipAdEntIfIndex.oid}.${disguise.ipv4(address)}`) ?? oid;
}

/** Finds a private text and says what stands in its place. */
interface Rule {
  readonly pattern: RegExp;
  /** Null where what was found is none after all. */
  readonly replace: (match: string) => string | null;
}

function isWhollyPrivate(oid: Oid, value: SnmpValue, { serialObjects, nameObjects }: PrivateTexts): boolean {
  const within = (objects: readonly Oid[]) => objects.some((object) => isWithin(object, oid));
  if (value.type !== 'octets') return false;
  return within(nameObjects) || (within(serialObjects) && isSerial(latin1(value.value)));
}

function redactValue(
  value: SnmpValue,
  rules: readonly Rule[],
  macs: readonly Uint8Array[],
  disguise: Disguise,
): SnmpValue {
  switch (value.type) {
    case 'ipAddress': {
      const address = value.value.join('.');
      if (isIP(address) !== 4 || isNobodys(address)) return value;
      return { type: 'ipAddress', value: Uint8Array.from(disguise.ipv4(address).split('.'), Number) };
    }
    case 'octets':
    case 'opaque': {
      const text = redactText(latin1(withoutMacs(value.value, macs, disguise)), rules);
      return { type: value.type, value: Buffer.from(text, 'latin1') };
    }
    default:
      return value;
  }
}

/** Hardware addresses as octets, alone or inside a binary record. */
function withoutMacs(octets: Uint8Array, macs: readonly Uint8Array[], disguise: Disguise): Uint8Array {
  const changed = Buffer.from(octets);
  for (const mac of macs) {
    for (let at = changed.indexOf(mac); at >= 0; at = changed.indexOf(mac, at + mac.length)) {
      changed.set(disguise.mac(mac), at);
    }
  }
  return changed;
}

/** Each rule in turn; what one has replaced is left alone by those after it. */
function redactText(text: string, rules: readonly Rule[]): string {
  let pieces: readonly { readonly text: string; readonly done: boolean }[] = [{ text, done: false }];
  for (const { pattern, replace } of rules) {
    pieces = pieces.flatMap((piece) => {
      if (piece.done) return [piece];
      const parts: { text: string; done: boolean }[] = [];
      let from = 0;
      for (const match of piece.text.matchAll(pattern)) {
        const other = replace(match[0]);
        if (other === null) continue;
        parts.push({ text: piece.text.slice(from, match.index), done: false }, { text: other, done: true });
        from = match.index + match[0].length;
      }
      return [...parts, { text: piece.text.slice(from), done: false }].filter((part) => part.text !== '');
    });
  }
  return pieces.map((piece) => piece.text).join('');
}

const everyWord = (disguise: Disguise): Rule => ({ pattern: /[\s\S]+/g, replace: (text) => disguise.text(text) });

function rulesOf(found: PrivateTexts, disguise: Disguise, reach: Reach): readonly Rule[] {
  const { macs, addresses, serials, names, open } = found;
  const isOpen = (text: string) => open.some((one) => one.includes(text.toLowerCase()));
  const shaped: readonly Rule[] = [
    ...macs.flatMap((mac) => macRules(mac, disguise)),
    { pattern: ANY_MAC, replace: (text) => (isOpen(text) ? null : inHexCaseOf(macText(text, disguise), text)) },
    ...[...addresses].filter((address) => !isNobodys(address)).map((address) => addressRule(address, disguise)),
    { pattern: ANY_IPV4, replace: (text) => (isOpen(text) || isNobodys(text) ? null : disguise.ipv4(text)) },
    {
      pattern: ANY_IPV6,
      replace: (text) => (isIP(text) === 6 && text.length > 3 && !isOpen(text) ? disguise.ipv6(text) : null),
    },
    { pattern: ANY_MAIL, replace: disguise.text },
  ];
  const followed = [
    ...(reach === 'nowhere' ? [] : serials),
    ...(reach === 'everywhere' ? [...names].flatMap(withShortName) : []),
  ].filter((text) => text.length >= SHORTEST_FOLLOWED && !isOpen(text));
  // The longest first, and inside it the shorter ones: a host name may hold a serial number or a hardware address.
  const rules = [...shaped];
  for (const text of followed.toSorted((a, b) => a.length - b.length)) {
    const inside = [...rules, everyWord(disguise)];
    rules.unshift({ pattern: occurrencesOf(text), replace: (match) => redactText(match, inside) });
  }
  return rules;
}

/** Shorter ones stand in too many words that have nothing to do with them. */
const SHORTEST_FOLLOWED = 4;

const ANY_MAC = /(?<![0-9a-f:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![0-9a-f:-])/gi;
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
/** Versions often begin with a letter or have a number too many. */
const ANY_IPV4 = new RegExp(`(?<![\\w.])(?:${OCTET}\\.){3}${OCTET}(?![\\w]|\\.\\w)`, 'g');
const ANY_IPV6 = /(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi;
const ANY_MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** Addresses that every machine has. */
const isNobodys = (address: string): boolean => address === '127.0.0.1' || /^(?:0|255)\./.test(address);

function withShortName(name: string): readonly string[] {
  const [first = ''] = name.split('.');
  return first === name || /\s/.test(name) ? [name] : [name, first, name.slice(first.length + 1)];
}

/** A text of letters alone must stand alone; one with digits may have anything but more of them around it. */
function occurrencesOf(text: string): RegExp {
  const isMixed = /\d/.test(text) && text.length >= 6;
  const before = isMixed ? (/^\d/.test(text) ? '(?<!\\d)' : '') : '(?<![0-9A-Za-z\\x80-\\xff])';
  const after = isMixed ? (/\d$/.test(text) ? '(?!\\d)' : '') : '(?![0-9A-Za-z\\x80-\\xff])';
  return new RegExp(`${before}${RegExp.escape(text)}${after}`, 'gi');
}

function addressRule(address: string, disguise: Disguise): Rule {
  const replace = isIP(address) === 6 ? disguise.ipv6 : disguise.ipv4;
  return { pattern: new RegExp(`(?<![\\d.])${RegExp.escape(address)}(?!\\d|\\.\\d)`, 'gi'), replace };
}

/** All ways to write it, and its last three octets, which many makers put into host names. */
function macRules(mac: Uint8Array, disguise: Disguise): readonly Rule[] {
  if (mac.length !== 6) return [];
  const octets = [...mac].map((octet) => octet.toString(16).padStart(2, '0'));
  const tail = octets.slice(3).join('');
  const before = /[a-f]/.test(tail) ? '' : '(?<!\\d)';
  return [
    { pattern: new RegExp(octets.join('[:.-]?'), 'gi'), replace: (text) => inHexCaseOf(macText(text, disguise), text) },
    {
      pattern: new RegExp(`${before}${tail}(?![0-9a-f])`, 'gi'),
      replace: (text) => inHexCaseOf(Buffer.from(disguise.mac(mac)).toString('hex').slice(6), text),
    },
  ];
}

/** Another address with the separators of the first. */
function macText(text: string, disguise: Disguise): string {
  const hex = text.replace(/[^0-9a-f]/gi, '').toLowerCase();
  const other = Buffer.from(disguise.mac(Buffer.from(hex, 'hex'))).toString('hex');
  let at = 0;
  return text.replace(/[0-9a-f]/gi, () => other.charAt(at++));
}

const inHexCaseOf = (hex: string, original: string): string => (/[a-f]/.test(original) ? hex : hex.toUpperCase());
