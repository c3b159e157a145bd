/** The part of a MIB that every machine on a network has: system group, interfaces, addresses (RFC 3418, 2863, 4293). */
import { oid } from '@rsb/snmp';
import type { LiveValue, MibObject } from '../mib.ts';
import {
  counter32,
  gauge32,
  integer,
  ipAddress,
  macAddress,
  NO_OBJECT,
  objectId,
  octets,
  row,
  scalar,
  text,
  ticks,
} from '../values.ts';

export interface SystemGroup {
  readonly description: LiveValue;
  readonly objectId: string;
  /** sysUpTime in hundredths of a second. */
  readonly upTime: () => number;
  readonly contact: string;
  readonly name: LiveValue;
  readonly location: LiveValue;
  /** Sum of layers (RFC 3418): 72 is a host with applications, 6 a switch that routes. */
  readonly services: number;
}

export function systemGroup(group: SystemGroup): MibObject[] {
  const system = '1.3.6.1.2.1.1';
  return [
    scalar(`${system}.1`, group.description),
    scalar(`${system}.2`, objectId(group.objectId)),
    scalar(`${system}.3`, () => ticks(group.upTime())),
    scalar(`${system}.4`, text(group.contact)),
    scalar(`${system}.5`, group.name),
    scalar(`${system}.6`, group.location),
    scalar(`${system}.7`, integer(group.services)),
  ];
}

export interface Interface {
  readonly name: string;
  /** IANAifType: 6 Ethernet, 24 loopback, 71 wireless, 1 other. */
  readonly type: number;
  readonly mac: string | null;
  readonly speed: number;
  readonly up: boolean;
  readonly addresses: readonly { readonly address: string; readonly mask: string }[];
}

/** ifTable and ipAddrTable; rows are numbered from 1 in the order given. */
export function interfaces(list: readonly Interface[]): MibObject[] {
  const objects: MibObject[] = [scalar('1.3.6.1.2.1.2.1', integer(list.length))];
  for (const [position, each] of list.entries()) {
    const index = position + 1;
    objects.push(
      ...row('1.3.6.1.2.1.2.2.1', index, {
        1: integer(index),
        2: text(each.name),
        3: integer(each.type),
        4: integer(each.type === 24 ? 33196 : 1500),
        5: gauge32(each.speed),
        6: each.mac === null ? octets() : macAddress(each.mac),
        7: integer(1),
        8: integer(each.up ? 1 : 2),
        9: ticks(0),
        10: counter32(each.up ? 171_355_476 : 0),
        11: counter32(each.up ? 975_760 : 0),
        13: counter32(0),
        14: counter32(0),
        16: counter32(each.up ? 82_670_337 : 0),
        17: counter32(each.up ? 461_609 : 0),
        19: counter32(0),
        20: counter32(0),
        22: NO_OBJECT,
      }),
    );
    for (const { address, mask } of each.addresses) {
      objects.push(
        ...row('1.3.6.1.2.1.4.20.1', address, {
          1: ipAddress(address),
          2: integer(index),
          3: ipAddress(mask),
          4: integer(1),
          5: integer(65_535),
        }),
      );
    }
  }
  return objects;
}

/** ipNetToMediaTable: who talked to this machine lately. No reader of printers may ask for it. */
export function arpTable(neighbours: readonly { readonly address: string; readonly mac: string }[]): MibObject[] {
  return neighbours.flatMap(({ address, mac }) =>
    row('1.3.6.1.2.1.4.22.1', `1.${address}`, {
      1: integer(1),
      2: macAddress(mac),
      3: ipAddress(address),
      4: integer(3),
    }),
  );
}

export interface HostDevice {
  /** Last arcs of hrDeviceTypes (RFC 2790): 1 other, 3 processor, 4 network, 5 printer, 6 disk. */
  readonly type: 1 | 3 | 4 | 5 | 6 | null;
  readonly description: string;
  readonly productId: string | null;
  readonly status: number;
}

/** hrDeviceTable; rows are numbered from 1 in the order given. */
export function hostDevices(devices: readonly HostDevice[]): MibObject[] {
  return devices.flatMap((device, position) =>
    row('1.3.6.1.2.1.25.3.2.1', position + 1, {
      1: integer(position + 1),
      2: device.type === null ? NO_OBJECT : { type: 'oid', value: oid(`1.3.6.1.2.1.25.3.1.${device.type}`) },
      3: text(device.description),
      4: device.productId === null ? NO_OBJECT : objectId(device.productId),
      5: integer(device.status),
      6: counter32(0),
    }),
  );
}

/** hrSWRunTable: what runs on a machine. No reader of printers may ask for it. */
export function runningSoftware(names: readonly string[]): MibObject[] {
  return names.flatMap((name, position) =>
    row('1.3.6.1.2.1.25.4.2.1', position + 1, {
      1: integer(position + 1),
      2: text(name),
      6: integer(4),
      7: integer(1),
    }),
  );
}
