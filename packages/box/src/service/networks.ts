/** This machine's own networks, as proposals for ranges. Nothing is sent to find them. */
import type { NetworkInterfaceInfo } from 'node:os';
import type { NetworkProposal } from '@rsb/contract';
import { MOST_ADDRESSES, parseRange } from '../range/index.ts';

/** Where no printer and no way to central is. */
export const isVirtualInterface = (name: string): boolean => VIRTUAL.test(name);

export type Interfaces = () => NodeJS.Dict<NetworkInterfaceInfo[]>;

/** Loopback, containers, virtual machines and tunnels: no printer stands there. */
const VIRTUAL =
  /^(lo|docker|veth|br-|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|cali|podman|tun|tap|wg|tailscale|zt|dummy)/;

export function proposeNetworks(interfaces: Interfaces): NetworkProposal[] {
  const proposals: NetworkProposal[] = [];
  for (const [name, addresses = []] of Object.entries(interfaces())) {
    if (VIRTUAL.test(name)) continue;
    for (const { family, internal, address, cidr } of addresses) {
      // An IPv6 network is too large to be scanned, and 169.254 is nobody's plan.
      if (internal || family !== 'IPv4' || cidr === null || address.startsWith('169.254.')) continue;
      const range = parseRange(scannable(cidr));
      if (!range.ok) continue;
      proposals.push({
        interface: name,
        address,
        range: range.value.normalized,
        addresses: range.value.count,
      });
    }
  }
  const seen = new Set<string>();
  return proposals.filter(({ range }) => !seen.has(range) && seen.add(range));
}

/** Of a network larger than a range may be, the part around the box. */
function scannable(cidr: string): string {
  const [address = '', prefix = ''] = cidr.split('/');
  const smallest = 32 - Math.log2(MOST_ADDRESSES);
  return `${address}/${Math.max(Number(prefix), smallest)}`;
}
