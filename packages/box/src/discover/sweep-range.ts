/** One range of a scan: each address pinged, what lives asked who it is, and what the range as a whole shows. */
import type { RangeFinding } from '@rsb/contract';
import { millis } from '@rsb/runtime';
import type { Patience } from '@rsb/snmp';
import { type Attempt, SHORT_PATIENCE, scanAttempts } from '../read/attempts.ts';
import { codeOf } from '../read/gathered.ts';
import { identifyDevice, type WhoIsThere } from '../read/identify-device.ts';
import { type LifeSign, lifeOf } from './alive.ts';
import { createCredentialOrder } from './credential-order.ts';
import type { DiscoverCounts, DiscoverDeps, DiscoverOptions, DiscoverRange, Found, Load, Swept } from './discovery.ts';
import { waitOn } from './round-trips.ts';
import type { Slots } from './slots.ts';

/** A machine behind a slow line, or one that wakes up, takes about so long to answer its first echo. */
export const PING = { timeout: millis(2000), retries: 1 };
/** Machines that answer a ping from which on it is strange that SNMP is answered nowhere. */
const ENOUGH_ALIVE = 3;
/**
 * Requests of a range and scan for the logins beyond the first two: a network full of computers costs no more. Who is
 * left out gets them in turn from scan to scan.
 */
export const MOST_FURTHER = 1000;

/** Alive as far as is known, and silent to what was tried. */
interface Silent {
  readonly address: string;
  readonly pinged: boolean;
  /** Places in the range's credentials. */
  readonly tried: readonly number[];
}

export interface SweepParts {
  readonly options: DiscoverOptions;
  readonly counts: DiscoverCounts;
  readonly load: Load;
  readonly asking: Slots;
  readonly signal: AbortSignal;
  readonly tell: (found: Found) => void;
}

export async function sweepRange(
  deps: DiscoverDeps,
  range: DiscoverRange,
  { options, counts, load, asking, signal, tell }: SweepParts,
): Promise<Swept> {
  const { snmp, echo, gate } = deps;
  const line = () => gate.quality?.(range.range.first);
  const isLossy = () => line()?.isLossy ?? false;
  const credentials = createCredentialOrder(range.credentials.length, range.worked);
  let answered = 0;
  let answeredPingOnly = 0;
  /** An address that answered SNMP and no first echo. */
  let heardUnpinged: string | null = null;
  const again: Silent[] = [];
  const stillSilent: Silent[] = [];
  let heard = false;
  /** Addresses to which this machine had no way. */
  const unsent = new Set<string>();
  const pack = (packets: number, bytes: number) => {
    load.packets += packets;
    load.bytes += bytes;
  };
  const done = () => {
    counts.done += 1;
    options.onProgress?.({ ...counts, range: range.name });
  };

  const attemptsIn = (order: readonly number[], retries?: number): readonly Attempt[] => {
    const { timeout, retries: usual } = options.patience ?? SHORT_PATIENCE;
    const patience: Patience = { timeout: waitOn(line(), timeout), retries: retries ?? usual };
    return scanAttempts(range.credentials, patience, order).slice(0, order.length);
  };
  const silentScans = (address: string) => options.silentScans?.(address) ?? null;
  /** `whole`: nobody remembers which of them was silent, so that no turn would come. */
  const attemptsFor = (address: string, retries?: number, whole = false): readonly Attempt[] =>
    attemptsIn(credentials.order(options.preferred?.(address), whole ? null : silentScans(address)), retries);

  const ask = async (address: string, attempts: readonly Attempt[]): Promise<WhoIsThere> => {
    const device = { address, port: options.port };
    const who = await identifyDevice(snmp, { ...device, notRead: options.notRead ?? [] }, attempts, signal);
    pack(who.gathered.cost.packets, who.gathered.cost.bytes);
    if (who.kind === 'silent' && codeOf(who.failure) === 'noRoute') unsent.add(address);
    if (signal.aborted || who.kind === 'silent') return who;
    answered += 1;
    heard = true;
    counts.snmp += 1;
    if (who.kind !== 'printer') counts.ignored += 1;
    if (who.kind !== 'printer') return who;
    counts.printers += 1;
    credentials.worked(who.attempt.index);
    const { attempt, driver, identification, gathered } = who;
    tell({ ...device, range, attempt, driver, identification, gathered });
    return who;
  };

  const first = async ({ address, life, revived }: LifeSign) => {
    const isAlive = life === 'alive';
    heard ||= isAlive;
    // In the place of the second echo one request may go, and no more.
    const attempts =
      life === 'allSilent' ? attemptsFor(address, 0).slice(0, 1) : attemptsFor(address, undefined, life === 'unknown');
    const who = await ask(address, attempts);
    if (signal.aborted) return;
    const isSilent = who.kind === 'silent';
    if (isAlive || !isSilent) counts.alive += 1;
    if (isSilent) again.push({ address, pinged: isAlive, tried: placesOf(attempts) });
    else if (life === 'allSilent') heardUnpinged ??= address;
    if (!revived) done();
  };

  const second = async ({ address, pinged }: Silent) => {
    const attempts = heardUnpinged !== null && !pinged ? attemptsFor(address) : attemptsFor(address, 0);
    const who = await ask(address, attempts);
    if (signal.aborted) return;
    const isSilent = who.kind === 'silent';
    if (!isSilent && !pinged) counts.alive += 1;
    if (isSilent) stillSilent.push({ address, pinged, tried: placesOf(attempts) });
  };
  /** At the first meeting all logins have their turn, so that a machine under the last of them is found at once. */
  const third = async ({ address, pinged, tried }: Silent) => {
    const who = await ask(address, furtherFor(tried));
    if (signal.aborted) return;
    const isSilent = who.kind === 'silent';
    if (!isSilent && !pinged) counts.alive += 1;
    if (isSilent && pinged) tellPingOnly(address);
  };
  const furtherFor = (tried: readonly number[]): readonly Attempt[] => {
    // Discovery of SNMPv3 is the same for all users, and was silent already.
    const isUser = (place: number) => range.credentials[place]?.version === 'v3';
    const others = credentials.others(tried).filter((place) => !isUser(place) || !tried.some(isUser));
    return attemptsIn(others, 0);
  };
  const tellPingOnly = (address: string) => {
    options.onPingOnly?.(address);
    counts.answersPingOnly += 1;
    answeredPingOnly += 1;
  };

  const side = sideBySide(asking, signal);
  const lives = livesIn(deps, range, {
    options,
    signal,
    isLossy,
    onPacket: (bytes) => pack(1, bytes),
    onUnsent: (address) => unsent.add(address),
  });
  for await (const sign of lives) {
    if (signal.aborted) break;
    if (sign.life === 'dead') done();
    else await side.run(() => first(sign));
  }
  await side.ended();
  // Where packets are lost, or ICMP is filtered, silence to so few packets says little.
  const tries = isLossy() || heardUnpinged !== null;
  for (const silent of again) {
    if (signal.aborted) break;
    if (tries) await side.run(() => second(silent));
    else stillSilent.push(silent);
  }
  await side.ended();
  let further = MOST_FURTHER;
  for (const silent of stillSilent) {
    if (signal.aborted) break;
    const { address, pinged, tried } = silent;
    const isFirst = pinged ? silentScans(address) === 0 : heardUnpinged !== null;
    const requests = isFirst ? furtherFor(tried).length : 0;
    if (requests > 0 && requests <= further) {
      further -= requests;
      await side.run(() => third(silent));
    } else if (pinged) tellPingOnly(address);
  }
  await side.ended();
  if (signal.aborted) return { finding: null, heard };
  return { finding: await findingOf(), heard };

  async function findingOf(): Promise<RangeFinding | null> {
    if (heardUnpinged !== null) return (await answersEcho(heardUnpinged)) ? null : 'echoFiltered';
    if (answered === 0 && answeredPingOnly >= ENOUGH_ALIVE) return 'snmpFiltered';
    return unsent.size === range.range.count ? 'noWay' : null;
  }

  /** A lost echo is no filter. */
  async function answersEcho(address: string): Promise<boolean> {
    const onPacket = (bytes: number) => pack(1, bytes);
    const paces = { rate: 0, timeout: () => waitOn(line(), PING.timeout), retries: 0, isLossy, signal, onPacket };
    for await (const { life } of lifeOf([address], { echo, gate }, paces)) if (life === 'alive') return true;
    return false;
  }
}

const placesOf = (attempts: readonly Attempt[]): readonly number[] => attempts.map(({ index }) => index);

interface LivesParts {
  readonly options: DiscoverOptions;
  readonly signal: AbortSignal;
  readonly isLossy: () => boolean;
  readonly onPacket: (bytes: number) => void;
  readonly onUnsent: (address: string) => void;
}

function livesIn(
  { echo, gate }: DiscoverDeps,
  range: DiscoverRange,
  { options, signal, isLossy, onPacket, onUnsent }: LivesParts,
): AsyncIterable<LifeSign> {
  if (!range.ping) return unpinged(range.range.addresses());
  const limits = [options.packetsPerSecond, range.packetsPerSecond].filter((rate) => rate > 0);
  const { timeout, retries } = options.ping ?? PING;
  return lifeOf(
    range.range.addresses(),
    { echo, gate },
    {
      rate: limits.length > 0 ? Math.min(...limits) : 0,
      timeout: () => waitOn(gate.quality?.(range.range.first), timeout),
      retries,
      isLossy,
      signal,
      onPacket,
      onUnsent,
    },
  );
}

async function* unpinged(addresses: Iterable<string>): AsyncGenerator<LifeSign> {
  for (const address of addresses) yield { address, life: 'unknown' };
}

/** As many at once as there are slots; the first failure ends the whole. */
function sideBySide(asking: Slots, signal: AbortSignal) {
  const open = new Set<Promise<void>>();
  const failures: unknown[] = [];
  return {
    async run(work: () => Promise<void>) {
      await asking.take();
      if (signal.aborted || failures.length > 0) {
        asking.release();
        return;
      }
      const job: Promise<void> = work()
        .catch((error: unknown) => {
          failures.push(error);
        })
        .finally(() => {
          asking.release();
          open.delete(job);
        });
      open.add(job);
    },
    async ended() {
      await Promise.all(open);
      if (failures.length > 0) throw failures[0];
    },
  };
}
