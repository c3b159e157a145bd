/** Small appliances with an agent of their own: an access point, a camera, an uninterruptible power supply. */
import { canary } from '../canary.ts';
import type { SimulatedMachine } from '../machine.ts';
import { interfaces, systemGroup } from '../machines/system-mib.ts';
import { type MibObject, mibOf } from '../mib.ts';
import { gauge32, integer, scalar, text } from '../values.ts';

const upTime = (): number => 118_911_300;

interface Appliance {
  readonly address: string;
  readonly name: string;
  readonly mac: string;
  readonly description: string;
  readonly objectId: string;
  readonly own: readonly MibObject[];
}

function appliance({ address, name, mac, description, objectId, own }: Appliance): SimulatedMachine {
  return {
    address,
    name,
    mib: mibOf([
      ...systemGroup({
        description: text(description),
        objectId,
        upTime,
        contact: canary('contact', name),
        name: text(name),
        location: text(''),
        services: 72,
      }),
      ...interfaces([
        { name: 'eth0', type: 6, mac, speed: 100_000_000, up: true, addresses: [{ address, mask: '255.255.255.0' }] },
      ]),
      ...own,
    ]),
  };
}

export const accessPoint = (address: string, name: string, mac: string): SimulatedMachine =>
  appliance({
    address,
    name,
    mac,
    description: 'UAP-AC-Pro-Gen2 6.5.62.14789',
    objectId: '1.3.6.1.4.1.41112',
    own: [scalar('1.3.6.1.4.1.41112.1.6.3.3', text('UAP-AC-Pro')), scalar('1.3.6.1.4.1.41112.1.6.3.5', integer(1))],
  });

export const camera = (address: string, name: string, mac: string): SimulatedMachine =>
  appliance({
    address,
    name,
    mac,
    description: '; AXIS M3045-V; Network Camera; 9.80.3; Jan 13 2021 14:11; 796; 1',
    objectId: '1.3.6.1.4.1.368.1.1',
    own: [],
  });

/** UPS-MIB (RFC 1628): upsIdent and upsBattery. */
export const ups = (address: string, name: string, mac: string): SimulatedMachine =>
  appliance({
    address,
    name,
    mac,
    description: 'APC Web/SNMP Management Card (MB:v4.1.0 PF:v6.4.6 PN:apc_hw05_aos_646.bin MN:AP9630 HR:05)',
    objectId: '1.3.6.1.4.1.318.1.3.27',
    own: [
      scalar('1.3.6.1.2.1.33.1.1.1', text('APC')),
      scalar('1.3.6.1.2.1.33.1.1.2', text('Smart-UPS 1500')),
      scalar('1.3.6.1.2.1.33.1.2.1', integer(2)),
      scalar('1.3.6.1.2.1.33.1.2.4', integer(100)),
      scalar('1.3.6.1.4.1.318.1.1.1.2.2.1', gauge32(100)),
    ],
  });
