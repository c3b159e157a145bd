/** Whether an address leads into a network that is not everybody's: such are called only where the dealer says so. */
import { BlockList, isIP } from 'node:net';

const CLOSED = new BlockList();
// RFC 6890 and its updates: this network, private use, shared, loopback, link-local, documentation, benchmarks, multicast, reserved.
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  CLOSED.addSubnet(network, prefix, 'ipv4');

const OPEN_V6 = new BlockList();
// RFC 4291: global unicast is what is handed out.
OPEN_V6.addSubnet('2000::', 3, 'ipv6');
const CLOSED_V6 = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  CLOSED_V6.addSubnet(network, prefix, 'ipv6');

/** What is no address counts as private too. */
export function isPrivateAddress(address: string): boolean {
  const [plain = ''] = address.split('%');
  switch (isIP(plain)) {
    case 4:
      return CLOSED.check(plain, 'ipv4');
    case 6: {
      const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
      if (mapped !== undefined) return isPrivateAddress(mapped);
      return !OPEN_V6.check(plain, 'ipv6') || CLOSED_V6.check(plain, 'ipv6');
    }
    default:
      return true;
  }
}
