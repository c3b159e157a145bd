/** What a scan would cost, without sending anything. */
import { IDENTIFYING } from '@rsb/drivers';
import type { Credential, Patience } from '@rsb/snmp';
import { encodeFirstRequest } from '@rsb/snmp/message';
import { SHORT_PATIENCE, scanAttempts } from '../read/attempts.ts';
import { echoBytes } from './alive.ts';
import { MOST_TO_SILENT } from './credential-order.ts';
import type { DiscoverRange } from './discovery.ts';
import { MOST_FURTHER, PING } from './sweep-range.ts';

export interface Estimate {
  readonly addresses: number;
  /** IP packets, all of them sent: nothing is expected to come back. */
  readonly packets: number;
  readonly kilobytes: number;
  /**
   * Packets more at most, where addresses answer a ping and neither of the first two logins: so many logins are left, and
   * each such address is asked for them once.
   */
  readonly further: number;
  /** Packets sent by the rate, ranges side by side within the box's; null where nothing limits it. */
  readonly minutes: number | null;
}

/**
 * Assumes that nearly nobody answers, which is true of most ranges and takes the longest: two echoes to each address, or
 * all tries of SNMP where the range is not pinged. A machine that answers costs more packets in all: some four if it is
 * no printer, some ten to identify and name a printer.
 */
export function estimate(
  ranges: readonly Omit<DiscoverRange, 'name'>[],
  packetsPerSecond: number,
  patience: Patience = SHORT_PATIENCE,
): Estimate {
  let addresses = 0;
  let packets = 0;
  let bytes = 0;
  let further = 0;
  let longest = 0;
  for (const { range, ping, credentials, packetsPerSecond: own } of ranges) {
    const { each, size } = ping
      ? { each: 1 + PING.retries, size: (1 + PING.retries) * echoBytes(range.first) }
      : requestsTo(range.first, credentials, patience);
    addresses += range.count;
    packets += range.count * each;
    bytes += range.count * size;
    if (ping) further += Math.min(MOST_FURTHER, range.count * furtherLogins(credentials));
    if (own > 0) longest = Math.max(longest, (range.count * each) / own);
  }
  if (packetsPerSecond > 0) longest = Math.max(longest, packets / packetsPerSecond);
  const unlimited = longest === 0;
  const minutes = unlimited ? null : rounded(longest / 60);
  return { addresses, packets, kilobytes: rounded(bytes / 1000), further, minutes };
}

/** All users of SNMPv3 stand and fall with one discovery. */
function furtherLogins(credentials: readonly Credential[]): number {
  const communities = credentials.filter(({ version }) => version !== 'v3').length;
  return Math.max(0, communities + Math.min(1, credentials.length - communities) - MOST_TO_SILENT);
}

function requestsTo(
  address: string,
  credentials: readonly Credential[],
  patience: Patience,
): { each: number; size: number } {
  let each = 0;
  let size = 0;
  for (const { credential, patience: own } of scanAttempts(credentials, patience)) {
    const request = encodeFirstRequest(credential, IDENTIFYING);
    each += 1 + own.retries;
    size += (1 + own.retries) * ((address.includes(':') ? 48 : 28) + request.length);
  }
  return { each, size };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
