/**
 * Leaves out of a printer's answers each that holds what the customer withholds: a disguised word still has the length of
 * the true one, and a hardware address its maker. Nothing is cut out of a text: the whole answer stays here.
 */
import { isIP } from 'node:net';
import type { WithheldField, Withhold } from '@rsb/contract';
import { DRIVERS, objectsOf } from '@rsb/drivers';
import { ifPhysAddress, ipAdEntIfIndex, sysLocation, sysName } from '@rsb/drivers/blocks/standard-objects';
import { isWithin, type Oid, type Varbind } from '@rsb/snmp';

export type WithheldWords = Readonly<Record<WithheldField, string | null>>;

/** Shorter words stand in other words by chance; the objects made for them are left out all the same. */
const SHORTEST_WORD = 3;
const LONG_WORD = 6;
const ANY_MAC = /(?<![0-9a-f])[0-9a-f]{2}(?:[:.-][0-9a-f]{2}){5}(?![0-9a-f])/i;
const ANY_IPV4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])/;

export function withoutWithheld(
  varbinds: readonly Varbind[],
  withhold: Withhold,
  words: WithheldWords,
): readonly Varbind[] {
  const fields = (Object.keys(withhold) as WithheldField[]).filter((field) => withhold[field]);
  if (fields.length === 0) return varbinds;
  const objects = fields.flatMap((field) => OBJECTS[field]());
  const within = (oid: Oid, of: readonly Oid[]) => of.some((object) => isWithin(object, oid));
  const told = (of: readonly Oid[]): string[] => varbinds.flatMap((one) => (within(one.oid, of) ? octetsOf(one) : []));
  const texts = fields.flatMap((field) => {
    if (field === 'macAddress') return [];
    const word = words[field] === null ? [] : [Buffer.from(words[field]).toString('latin1')];
    return [...word, ...told(OBJECTS[field]())].flatMap((text) => holding(text.trim()));
  });
  const macs = withhold.macAddress
    ? [words.macAddress?.replaceAll(/[^0-9a-f]/gi, '').toLowerCase() ?? '', ...told([ifPhysAddress.oid]).map(hexOf)]
        // An interface without one says nothing, or zeros.
        .filter((hex) => hex.length >= 12 && !/^0*$/.test(hex))
    : [];
  const isTold = (varbind: Varbind): boolean => {
    const { oid, value } = varbind;
    if (within(oid, objects)) return true;
    if (value.type === 'ipAddress') return withhold.address;
    return octetsOf(varbind).some((octets) => {
      const text = octets.replaceAll('\0', '');
      if (texts.some((pattern) => pattern.test(text))) return true;
      if (withhold.address && (ANY_IPV4.test(text) || (isIP(text.trim()) === 6 && text.trim().length > 3))) return true;
      if (!withhold.macAddress) return false;
      const hex = hexOf(octets);
      const digits = text.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
      return ANY_MAC.test(text) || macs.some((mac) => hex.includes(mac) || digits.includes(mac));
    });
  };
  return varbinds.filter((varbind) => !isTold(varbind));
}

const OBJECTS: Readonly<Record<WithheldField, () => readonly Oid[]>> = {
  address: () => [ipAdEntIfIndex.oid],
  macAddress: () => [ifPhysAddress.oid, ...askedFor('identity.macAddress')],
  hostName: () => [sysName.oid, ...askedFor('identity.hostName')],
  location: () => [sysLocation.oid, ...askedFor('identity.location')],
};

const askedFor = (path: string): readonly Oid[] =>
  DRIVERS.flatMap(objectsOf).flatMap((object) => (object.path === path ? [object.oid] : []));

const octetsOf = ({ value }: Varbind): string[] =>
  value.type === 'octets' || value.type === 'opaque' ? [Buffer.from(value.value).toString('latin1')] : [];

const hexOf = (octets: string): string => Buffer.from(octets, 'latin1').toString('hex');

function holding(word: string): readonly RegExp[] {
  if (word.length < SHORTEST_WORD) return [];
  const literal = RegExp.escape(word);
  const isWhole = word.length < LONG_WORD || isIP(word) !== 0;
  const edge = '[0-9A-Za-z\\x80-\\xff]';
  return [new RegExp(isWhole ? `(?<!${edge})${literal}(?!${edge})` : literal, 'i')];
}
