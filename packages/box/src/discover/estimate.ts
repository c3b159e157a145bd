/** What a scan would cost, without sending anything: by the requests that it would send, and by what known machines took. */
import type { ReadGroup } from '@rsb/contract';
import { identifyingWithout } from '@rsb/drivers';
import type { EchoSweep } from '@rsb/icmp';
import type { Cost, Credential, Patience } from '@rsb/snmp';
import { encodeFirstRequest } from '@rsb/snmp/message';
import { type Attempt, SHORT_PATIENCE, scanAttempts } from '../read/attempts.ts';
import { askedOfSilent } from '../read/identify-device.ts';
import { echoBytes } from './alive.ts';
import { MOST_TO_SILENT } from './credential-order.ts';
import type { DiscoverRange } from './discovery.ts';
import { MOST_FURTHER, PING } from './sweep-range.ts';

export interface Estimate {
  readonly addresses: number;
  /** IP packets of both directions. */
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

export interface EstimatedRange extends Omit<DiscoverRange, 'name'> {
  /** Of each address with machines that are known: what its last full read took, finding out who it is included. */
  readonly known?: readonly Readonly<Cost>[];
  /** Addresses that are known to answer a ping and no SNMP. */
  readonly pingOnly?: number;
}

export interface EstimateOptions {
  readonly patience?: Patience;
  /** How this machine pings; the most that any means to ping takes where nobody has looked. */
  readonly echo?: Pick<EchoSweep, 'method' | 'dataBytes'>;
  /** Groups that the customer does not want asked. */
  readonly notRead?: readonly ReadGroup[];
}

/** Packets of one address or of many, and of them those that are sent. */
interface Load {
  readonly sent: number;
  readonly packets: number;
  readonly bytes: number;
}

/**
 * Of addresses of which nothing is known it assumes that nobody answers, which is true of most ranges and takes the
 * longest. A machine that answers costs more packets in all: some four if it is no printer, some ten to identify and name
 * a printer.
 */
export function estimate(
  ranges: readonly EstimatedRange[],
  packetsPerSecond: number,
  options: EstimateOptions = {},
): Estimate {
  let addresses = 0;
  let all = NOTHING;
  let further = 0;
  let longest = 0;
  for (const range of ranges) {
    const own = loadOf(range, options);
    addresses += range.range.count;
    all = sumOf(all, own);
    if (isPinged(range, options))
      further += Math.min(MOST_FURTHER, range.range.count * furtherLogins(range.credentials));
    if (range.packetsPerSecond > 0) longest = Math.max(longest, own.sent / range.packetsPerSecond);
  }
  if (packetsPerSecond > 0) longest = Math.max(longest, all.sent / packetsPerSecond);
  const unlimited = longest === 0;
  const minutes = unlimited ? null : rounded(longest / 60);
  return { addresses, packets: all.packets, kilobytes: rounded(all.bytes / 1000), further, minutes };
}

const isPinged = ({ ping }: EstimatedRange, { echo }: EstimateOptions): boolean => ping && echo?.method !== 'none';

function loadOf(range: EstimatedRange, options: EstimateOptions): Load {
  const { known = [], pingOnly = 0, credentials, range: addresses } = range;
  const { patience = SHORT_PATIENCE, notRead = [], echo: means } = options;
  const pinged = isPinged(range, options);
  const bytes = echoBytes(addresses.first, means?.dataBytes);
  const echo: Load = { sent: 1, packets: 1, bytes };
  const answered = sumOf(echo, { sent: 0, packets: 1, bytes });
  const attempts = scanAttempts(credentials, patience);
  const asked = (tried: readonly Attempt[]) => requestsTo(addresses.first, tried, notRead);
  const ofKnown = known.map((cost) => {
    const read = { sent: cost.requests, packets: cost.packets, bytes: cost.bytes };
    return pinged ? sumOf(answered, read) : read;
  });
  const silent = Math.max(0, addresses.count - known.length - (pinged ? pingOnly : 0));
  if (!pinged) return sumOf(times(asked(attempts), silent), ...ofKnown);
  // Where nobody answers an echo one request takes the place of the second.
  const first = asked(attempts.slice(0, 1).map((one) => ({ ...one, patience: { ...one.patience, retries: 0 } })));
  const toSilent = sumOf(echo, known.length + pingOnly > 0 ? times(echo, PING.retries) : first);
  const toPingOnly = sumOf(answered, asked(attempts.slice(0, MOST_TO_SILENT)));
  return sumOf(times(toSilent, silent), times(toPingOnly, pingOnly), ...ofKnown);
}

/** What an address is sent that answers none of these logins. */
function requestsTo(address: string, attempts: readonly Attempt[], notRead: readonly ReadGroup[]): Load {
  // Who does not answer the discovery of one user of SNMPv3 is not asked for the others.
  const users = attempts.filter(({ credential }) => credential.version === 'v3');
  const tried = attempts.filter((attempt) => !users.includes(attempt) || attempt === users[0]);
  const header = address.includes(':') ? 48 : 28;
  const requests = tried.flatMap(({ credential, patience }) =>
    askedOfSilent(credential, identifyingWithout(notRead), patience.retries).flatMap((each) =>
      each ? [{ tries: each.tries, bytes: header + encodeFirstRequest(credential, each.objects).length }] : [],
    ),
  );
  return sumOf(NOTHING, ...requests.map(({ tries, bytes }) => times({ sent: 1, packets: 1, bytes }, tries)));
}

/** All users of SNMPv3 stand and fall with one discovery. */
function furtherLogins(credentials: readonly Credential[]): number {
  const communities = credentials.filter(({ version }) => version !== 'v3').length;
  return Math.max(0, communities + Math.min(1, credentials.length - communities) - MOST_TO_SILENT);
}

const NOTHING: Load = { sent: 0, packets: 0, bytes: 0 };

const times = ({ sent, packets, bytes }: Load, count: number): Load => ({
  sent: sent * count,
  packets: packets * count,
  bytes: bytes * count,
});

function sumOf(...loads: readonly Load[]): Load {
  let [sent, packets, bytes] = [0, 0, 0];
  for (const load of loads) {
    sent += load.sent;
    packets += load.packets;
    bytes += load.bytes;
  }
  return { sent, packets, bytes };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
