/** Whether this machine has lost its own network: what it was attached to, and is no longer. Nothing is sent to find out. */
import { BlockList, isIP } from 'node:net';
import type { Interfaces } from './networks.ts';

export interface OwnNetwork {
  /** Remembers what this machine is attached to. */
  look(): void;
  /** Whether an address was within reach when it was last looked and no interface leads there now. */
  isLost(address: string): boolean;
}

/** An interface without its cable is not among the system's (libuv lists those that are up and running). */
export function createOwnNetwork(interfaces: Interfaces): OwnNetwork {
  let seen: readonly string[] = [];
  const attached = () =>
    Object.values(interfaces()).flatMap((addresses = []) =>
      addresses.flatMap(({ internal, cidr }) => (internal || cidr === null ? [] : [cidr])),
    );
  return {
    look() {
      const now = attached();
      if (now.length > 0) seen = now;
    },
    isLost(address) {
      const now = attached();
      if (seen.length > 0 && now.length === 0) return true;
      return isWithin(seen, address) && !isWithin(now, address);
    },
  };
}

function isWithin(networks: readonly string[], address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', prefix = ''] = network.split('/');
    if (isIP(base) === (family === 'ipv6' ? 6 : 4)) list.addSubnet(base, Number(prefix), family);
  }
  return list.check(address, family);
}
