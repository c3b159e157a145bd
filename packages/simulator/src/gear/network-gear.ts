/** What carries the packets: a router and a switch. */
import { canary } from '../canary.ts';
import type { SimulatedMachine } from '../machine.ts';
import { arpTable, interfaces, systemGroup } from '../machines/system-mib.ts';
import { mibOf } from '../mib.ts';
import { gauge32, integer, macAddress, row, scalar, text } from '../values.ts';

const upTime = (): number => 1_703_998_201;

export function router(address: string, name: string, mac: string): SimulatedMachine {
  return {
    address,
    name,
    mib: mibOf([
      ...systemGroup({
        description: text('Cisco IOS Software, C880 Software (C880DATA-UNIVERSALK9-M), Version 15.4(3)M5'),
        objectId: '1.3.6.1.4.1.9.1.1379',
        upTime,
        contact: canary('contact', name),
        name: text(name),
        location: text('Local technique'),
        services: 6,
      }),
      ...interfaces([
        { name: 'Vlan1', type: 53, mac, speed: 100_000_000, up: true, addresses: [{ address, mask: '255.255.255.0' }] },
        { name: 'FastEthernet4', type: 6, mac, speed: 100_000_000, up: true, addresses: [] },
      ]),
      ...arpTable([{ address: '127.0.10.9', mac: '00:00:74:E3:67:36' }]),
    ]),
  };
}

export function networkSwitch(address: string, name: string, mac: string): SimulatedMachine {
  const ports = Array.from({ length: 24 }, (_, port) => ({
    name: `${port + 1}`,
    type: 6,
    mac,
    speed: 1_000_000_000,
    up: port % 3 !== 0,
    addresses: port === 0 ? [{ address, mask: '255.255.255.0' }] : [],
  }));
  return {
    address,
    name,
    mib: mibOf([
      ...systemGroup({
        description: text('HP J9776A 2530-24G Switch, revision YA.16.10.0012, ROM YA.15.20'),
        objectId: '1.3.6.1.4.1.11.2.3.7.11.146',
        upTime,
        contact: canary('contact', name),
        name: text(name),
        location: text('Baie étage 1'),
        services: 74,
      }),
      ...interfaces(ports),
      scalar('1.3.6.1.2.1.17.1.1', macAddress(mac)),
      scalar('1.3.6.1.2.1.17.1.2', integer(24)),
      ...row('1.3.6.1.2.1.47.1.1.1.1', 1, { 2: text('2530-24G'), 11: text('CN48FP30QV'), 13: text('J9776A') }),
      scalar('1.3.6.1.4.1.11.2.14.11.5.1.9.6.1', gauge32(4)),
    ]),
  };
}
