/** What the pages ask about what left the building, and the customer's say in it. */
import { createHmac } from 'node:crypto';
import type {
  AskedObjectList,
  DeviceNote,
  Disclosure,
  ItemKind,
  SentPayload,
  SentPayloadView,
  SentSummary,
  WaitingList,
} from '@rsb/contract';
import { type Clock, type Instant, instant, isoInstant } from '@rsb/runtime';
import type { Outbox } from '../outbox/index.ts';
import type { Settings } from '../settings/index.ts';
import type { Devices } from '../store/devices.ts';
import { startOfDay } from '../store/thinned.ts';
import type { Vault } from '../store/vault.ts';
import type { AskedObjects } from './asked-objects.ts';
import type { SentPage, SentPayloads, SentQuery } from './sent-payloads.ts';
import { withholdFrom } from './withhold.ts';

export interface DisclosurePages {
  summary(): SentSummary;
  sent(query: SentQuery): Promise<SentPage>;
  /** All that a search finds, for an export; `cut` where it stopped before the end. */
  allSent(
    query: Omit<SentQuery, 'limit'>,
  ): Promise<{ readonly payloads: readonly SentPayloadView[]; readonly cut: boolean }>;
  payload(id: number): SentPayload | null;
  waiting(query: { readonly before?: number; readonly limit: number }): WaitingList;
  objects(): AskedObjectList;
  change(change: Partial<Disclosure>, who: string): void;
}

/** Rows of an export at most: years of hourly reports. */
const MOST_EXPORTED = 50_000;

export function createDisclosurePages(deps: {
  readonly payloads: SentPayloads;
  readonly asked: AskedObjects;
  readonly outbox: Outbox;
  readonly settings: Settings;
  readonly pinnedKey: () => string | null;
  /** Items of the time before enrolment that went. */
  readonly dropped: () => number;
  readonly clock: Pick<Clock, 'now'>;
}): DisclosurePages {
  const { payloads, asked, outbox, settings, pinnedKey, dropped, clock } = deps;
  return {
    summary() {
      const { keepSent, withhold, central, zone } = settings.document;
      const waiting = outbox.waiting();
      return {
        today: payloads.since(instant(startOfDay(clock.now(), zone))),
        kept: payloads.kept(),
        keep: keepSent,
        withhold,
        revision: settings.revision,
        url: central.url,
        waiting: {
          items: waiting.items,
          bytes: waiting.bytes,
          kinds: waiting.kinds,
          oldest: waiting.oldest,
        },
        quarantined: outbox.counts().quarantined,
        droppedBeforeEnrolment: dropped(),
      };
    },
    sent: (query) => payloads.list(query),
    async allSent(query) {
      const page = await payloads.list({ ...query, limit: MOST_EXPORTED });
      return { payloads: page.payloads, cut: page.next !== null };
    },
    payload: (id) => payloads.find(id, pinnedKey()),
    waiting({ before, limit }) {
      const entries = [
        ...outbox.entries({ state: 'quarantined', limit: limit + 1, ...(before !== undefined && { before }) }),
        ...outbox.entries({ state: 'waiting', limit: limit + 1, ...(before !== undefined && { before }) }),
      ].sort((a, b) => b.place - a.place);
      const shown = entries.slice(0, limit);
      return {
        items: shown.map(({ place, kind, at, epoch, seq, bytes, state, code, body }) => ({
          place,
          kind,
          at,
          epoch,
          seq,
          bytes,
          state: state === 'quarantined' ? ('quarantined' as const) : ('waiting' as const),
          code,
          body,
        })),
        next: entries.length > limit ? (shown.at(-1)?.place ?? null) : null,
      };
    },
    objects: () => asked.list(),
    change: (change, who) => settings.change(change, who),
  };
}

/** What the outbox lets out: each item without what the customer withholds at that moment. */
export function discloser(deps: {
  readonly settings: Settings;
  readonly devices: Devices;
  readonly vault: Vault;
}): (kind: ItemKind, body: unknown) => unknown {
  const { settings, devices, vault } = deps;
  // Keyed: 2^48 hardware addresses and 2^32 addresses are soon tried out against a plain digest.
  const key = vault.derive('withheld names');
  const alias = (kind: 'device' | 'range', text: string) =>
    `${kind}-${createHmac('sha256', key).update(`${kind} ${text}`).digest('hex').slice(0, 24)}`;
  const device = (id: string) => {
    const found = devices.find(id);
    if (!found) return null;
    const { macAddress, hostName, location } = found.identity;
    return { address: found.address, macAddress, hostName, location };
  };
  return (kind, body) => withholdFrom(kind, body, { withhold: settings.document.withhold, device, alias });
}

/** A device's name in what leaves the box. */
export function disclosedName(disclose: (kind: ItemKind, body: unknown) => unknown, id: string): string {
  const note: DeviceNote = { device: id, field: 'note', value: null, revision: 1 };
  return (disclose('deviceNote', note) as DeviceNote).device;
}

export const sinceDays = (days: number, now: Instant): Instant => instant(now - days * 86_400_000);

export const exportName = (what: string, at: Instant, ending: string): string =>
  `${what}-${isoInstant(at).slice(0, 19).replaceAll(':', '')}Z.${ending}`;
