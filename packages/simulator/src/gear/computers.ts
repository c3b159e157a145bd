/** Computers: a Linux server, a NAS on the same agent (net-snmp), and a Windows PC that shares a print queue. */
import { canary } from '../canary.ts';
import type { SimulatedMachine } from '../machine.ts';
import { arpTable, hostDevices, interfaces, runningSoftware, systemGroup } from '../machines/system-mib.ts';
import { mibOf } from '../mib.ts';
import { counter32, counter64, integer, octets, row, scalar, text, ticks } from '../values.ts';

const NET_SNMP_LINUX = '1.3.6.1.4.1.8072.3.2.10';
const upTime = (): number => 812_004_411;

export function linuxServer(address: string, name: string, mac: string): SimulatedMachine {
  return {
    address,
    name,
    mib: mibOf([
      ...systemGroup({
        description: text(`Linux ${name} 6.1.0-18-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 x86_64`),
        objectId: NET_SNMP_LINUX,
        upTime,
        contact: canary('contact', name),
        name: text(name),
        location: text('Local technique'),
        services: 72,
      }),
      ...interfaces([
        {
          name: 'lo',
          type: 24,
          mac: null,
          speed: 10_000_000,
          up: true,
          addresses: [{ address: '127.0.0.1', mask: '255.0.0.0' }],
        },
        { name: 'eth0', type: 6, mac, speed: 1_000_000_000, up: true, addresses: [{ address, mask: '255.255.255.0' }] },
      ]),
      ...arpTable([{ address: '127.0.10.1', mac: '00:1A:8C:10:00:01' }]),
      ...hostDevices([
        { type: 3, description: 'GenuineIntel: Intel(R) Xeon(R) E-2224', productId: null, status: 2 },
        { type: 4, description: 'network interface eth0', productId: null, status: 2 },
        { type: 6, description: 'SCSI disk (/dev/sda)', productId: null, status: 2 },
      ]),
      ...row('1.3.6.1.2.1.31.1.1.1', 2, { 1: text('eth0'), 6: counter64(81_234_567_890_123n) }),
      ...runningSoftware([canary('process', name), 'cupsd', 'smbd']),
    ]),
  };
}

export function nas(address: string, name: string, mac: string): SimulatedMachine {
  const synology = '1.3.6.1.4.1.6574';
  return {
    address,
    name,
    mib: mibOf([
      ...systemGroup({
        description: text(`Linux ${name} 4.4.302+ #69057 SMP x86_64`),
        objectId: NET_SNMP_LINUX,
        upTime,
        contact: canary('contact', name),
        name: text(name),
        location: text('Local technique'),
        services: 72,
      }),
      ...interfaces([
        { name: 'eth0', type: 6, mac, speed: 1_000_000_000, up: true, addresses: [{ address, mask: '255.255.255.0' }] },
      ]),
      ...hostDevices([{ type: 6, description: 'SCSI disk (/dev/sata1)', productId: null, status: 2 }]),
      scalar(`${synology}.1.1`, integer(1)),
      scalar(`${synology}.1.5.1`, text('DS920+')),
      scalar(`${synology}.1.5.2`, text('2040SBRX9K4N2')),
      scalar(`${synology}.1.5.3`, text('DSM 7.2-69057')),
      ...runningSoftware([canary('process', name)]),
    ]),
  };
}

/**
 * Windows lists each installed print queue as an hrDevice row of type printer and fills hrPrinterTable for it, but it
 * has no Printer-MIB: the machine behind the queue is read at its own address.
 */
export function windowsPc(address: string, name: string, mac: string): SimulatedMachine {
  const queue = (device: number) => row('1.3.6.1.2.1.25.3.5.1', device, { 1: integer(3), 2: octets(0) });
  return {
    address,
    name,
    mib: mibOf([
      ...systemGroup({
        description: text(
          'Hardware: Intel64 Family 6 Model 158 Stepping 10 AT/AT COMPATIBLE - Software: Windows Version 6.3 (Build 19045 Multiprocessor Free)',
        ),
        objectId: '1.3.6.1.4.1.311.1.1.3.1.1',
        upTime: () => 22_450_190,
        contact: canary('contact', name),
        name: text(name),
        location: text(''),
        services: 76,
      }),
      ...interfaces([
        {
          name: 'Software Loopback Interface 1',
          type: 24,
          mac: null,
          speed: 1_073_741_824,
          up: true,
          addresses: [{ address: '127.0.0.1', mask: '255.0.0.0' }],
        },
        {
          name: 'Intel(R) Ethernet Connection',
          type: 6,
          mac,
          speed: 1_000_000_000,
          up: true,
          addresses: [{ address, mask: '255.255.255.0' }],
        },
      ]),
      scalar('1.3.6.1.2.1.25.1.1', ticks(22_450_190)),
      ...hostDevices([
        { type: 5, description: 'Kyocera FS-1370DN KX', productId: null, status: 2 },
        { type: 5, description: 'Microsoft Print to PDF', productId: null, status: 2 },
        { type: 3, description: 'Intel', productId: null, status: 2 },
        { type: 6, description: 'Fixed Disk', productId: null, status: 2 },
      ]),
      ...queue(1),
      ...queue(2),
      ...row('1.3.6.1.4.1.77.1.2.29.1', 1, { 1: text(canary('printqueue', name)) }),
      ...runningSoftware([canary('process', name), 'spoolsv.exe']),
      scalar('1.3.6.1.2.1.6.5', counter32(1203)),
    ]),
  };
}
