/** The hardware address of the interface that was asked, among loopbacks, sleeping radios and rows that lie. */
import type { Oid } from '@rsb/snmp';
import { childOf } from '@rsb/snmp/oid';
import type { Answers, Block } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { integerOf } from './count.ts';
import { ifOperStatus, ifPhysAddress, ifType, ipAdEntIfIndex } from './standard-objects.ts';

const SOFTWARE_LOOPBACK = 24;
const UP = 1;

/** A printer has a few; more are bridges and tunnels, or a lie. */
const MOST_INTERFACES = 16;

interface Interface {
  readonly index: string;
  readonly mac: string;
  readonly up: boolean;
  readonly oid: Oid;
}

export const networkInterface: Block = {
  name: 'networkInterface',
  asks: [
    ifPhysAddress,
    { ...ifOperStatus, instancesFor: doubtfulRows },
    { ...ifType, instancesFor: (known) => (isDoubtful(known) ? doubtfulRows(known) : []) },
    { ...ipAdEntIfIndex, when: isDoubtful },
  ],
  read(answers: Answers, draft: Draft) {
    const found = findInterface(answers, draft.context.address);
    if (found === undefined) return;
    draft.text('identity.macAddress', found.mac, { oids: [found.oid], how: 'join', evidence: 'mib' });
  },
};

/** Of one address only, whichever rows have it, there is nothing to choose: else whose interface is up. */
function doubtfulRows(known: Answers): readonly string[] {
  const rows = addressesOf(known).slice(0, MOST_INTERFACES);
  return new Set(rows.map(({ mac }) => mac)).size > 1 ? rows.map(({ instance }) => instance) : [];
}

/** Where none or several are up, or only one that the device made up, their kinds and the device's IP addresses tell. */
function isDoubtful(known: Answers): boolean {
  const rows = doubtfulRows(known);
  if (rows.length === 0 || known.outcome(ifOperStatus.oid) === 'notAsked') return false;
  const isUp = (instance: string) => integerOf(known.value(ifOperStatus.oid, instance)) === UP;
  const up = new Set(addressesOf(known).flatMap(({ instance, mac }) => (isUp(instance) ? [mac] : [])));
  return up.size !== 1 || [...up].some(isLocal);
}

const addressesOf = (known: Answers): readonly { readonly instance: string; readonly mac: string }[] =>
  known.column(ifPhysAddress.oid).flatMap(({ instance, value }) => {
    const mac = value.type === 'octets' ? macOf(value.value) : null;
    return mac === null ? [] : [{ instance, mac }];
  });

/**
 * Captured machines break every simpler rule: Ethernet may be ifType 7, ipAdEntIfIndex may name a loopback or an interface
 * that is down, and the first MAC may be all zero.
 */
function findInterface(answers: Answers, address: string): Interface | undefined {
  const candidates: Interface[] = [];
  for (const { instance, value } of answers.column(ifPhysAddress.oid)) {
    if (value.type !== 'octets' || integerOf(answers.value(ifType.oid, instance)) === SOFTWARE_LOOPBACK) continue;
    const mac = macOf(value.value);
    if (mac === null) continue;
    const up = integerOf(answers.value(ifOperStatus.oid, instance)) === UP;
    candidates.push({ index: instance, mac, up, oid: childOf(ifPhysAddress.oid, instance) });
  }
  const owning = (ip: string) => {
    const index = integerOf(answers.value(ipAdEntIfIndex.oid, ip));
    return candidates.find((candidate) => candidate.index === String(index));
  };
  const owner = owning(address);
  if (owner?.up === true) return owner;
  // Behind address translation the device knows itself by another address.
  const behind = answers
    .column(ipAdEntIfIndex.oid)
    .map(({ instance }) => instance)
    .filter((ip) => !ip.startsWith('127.') && ip !== '0.0.0.0')
    .map(owning)
    .filter((candidate) => candidate !== undefined);
  const bestOf = (fits: (candidate: Interface) => boolean) => {
    const owners = (owner === undefined ? behind : [owner]).filter(fits);
    const among = candidates.filter(fits);
    return owners.find(({ up }) => up) ?? among.find(({ up }) => up) ?? owners[0] ?? among[0];
  };
  return bestOf(({ mac }) => !isLocal(mac)) ?? bestOf(() => true);
}

/** Given by the device to itself (IEEE 802, bit 2 of the first octet): Wi-Fi Direct and bridges, not what the label shows. */
const isLocal = (mac: string): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 2) !== 0;

/** A unicast address of six octets, lower case with colons; null for anything else. */
export function macOf(octets: Uint8Array): string | null {
  if (octets.length !== 6 || octets.every((octet) => octet === 0) || ((octets[0] ?? 0) & 1) === 1) return null;
  return [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join(':');
}
