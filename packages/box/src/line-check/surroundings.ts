/** What this machine knows of its own network without sending anything: interfaces, cable, router, name servers. */
import { getServers } from 'node:dns';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { join } from 'node:path';

export interface Surroundings {
  readonly interfaces: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
  /** Whether a cable or radio link is there; null where the system does not tell. */
  readonly carrier: (name: string) => boolean | null;
  /** Names of all interfaces, those without an address among them. */
  readonly names: () => readonly string[];
  /** The IPv4 router, null where none is set. */
  readonly router: () => string | null;
  readonly nameServers: () => readonly string[];
}

const NET = '/sys/class/net';

export const systemSurroundings = (interfaces = networkInterfaces): Surroundings => ({
  interfaces,
  carrier: (name) => {
    const file = join(NET, name, 'carrier');
    try {
      return readFileSync(file, 'utf8').trim() === '1';
    } catch {
      // Reading it of an interface that is down fails (Linux, Documentation/ABI/testing/sysfs-class-net).
      return existsSync(file) ? false : null;
    }
  },
  names: () => (existsSync(NET) ? readdirSync(NET) : Object.keys(interfaces())),
  router: () => (existsSync('/proc/net/route') ? routerIn(readFileSync('/proc/net/route', 'utf8')) : null),
  nameServers: getServers,
});

const RTF_GATEWAY = 2;

/** The default route of /proc/net/route: addresses in hexadecimal, least significant octet first. */
export function routerIn(table: string): string | null {
  for (const line of table.split('\n').slice(1)) {
    const [, destination, gateway = '', flags = ''] = line.trim().split(/\s+/);
    if (destination !== '00000000' || (Number.parseInt(flags, 16) & RTF_GATEWAY) === 0) continue;
    const octets = /^[0-9A-F]{8}$/i.test(gateway) ? Buffer.from(gateway, 'hex').reverse() : null;
    if (octets) return octets.join('.');
  }
  return null;
}
