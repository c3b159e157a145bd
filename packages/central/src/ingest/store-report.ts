/**
 * A report's items into the archive, all in one transaction, and a receipt line for each. The lines go out only after
 * the commit: what is acknowledged is there.
 */
import type { ReceiptLine } from '@rsb/contract';
import type { Clock, Log, Random } from '@rsb/runtime';
import { type AcceptedItem, archiveItems } from '../archive/archive-items.ts';
import { storedDigests } from '../archive/raw-archive.ts';
import type { QuarantineRow } from '../store/customer-items.ts';
import type { CustomerStore } from '../store/database.ts';
import { isRowFailure } from '../store/store-failure.ts';
import { type JudgedItem, type PoisonItem, rawDigest, type SoundItem } from './judge-item.ts';

const HOUR = 3_600_000;

export interface StoreReportNeeds {
  readonly store: CustomerStore;
  /** Customers that the box reported for before: what they have of it is a repeat here. */
  readonly former: readonly CustomerStore[];
  readonly agent: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

export async function storeReport(needs: StoreReportNeeds, items: readonly JudgedItem[]): Promise<ReceiptLine[]> {
  try {
    return await storeTogether(needs, items);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    if (!isRowFailure(error)) {
      needs.log.error('reportKept', { agent: needs.agent, detail });
      return items.map((item) => line(item, 'keep', 'storeBusy'));
    }
    const [only] = items;
    if (items.length === 1 && only) {
      needs.log.error('itemNotArchived', { agent: needs.agent, epoch: only.name.epoch, seq: only.name.seq, detail });
      // What fails at each try is put aside, or it would stand before everything after it for ever.
      return only.sound ? storeReport(needs, [poisoned(only)]) : [line(only, 'keep', 'storeBusy')];
    }
    const lines: ReceiptLine[] = [];
    for (const item of items) lines.push(...(await storeReport(needs, [item])));
    return lines;
  }
}

const poisoned = ({ name, item, raw }: SoundItem): PoisonItem => ({
  sound: false,
  name,
  kind: item.kind,
  code: 'internal',
  raw,
});

function line({ name }: JudgedItem, result: ReceiptLine['result'], code: ReceiptLine['code']): ReceiptLine {
  return { ...name, result, code };
}

async function storeTogether(
  { store: outside, former, agent, clock, random }: StoreReportNeeds,
  items: readonly JudgedItem[],
): Promise<ReceiptLine[]> {
  const elsewhere = await storedElsewhere(former, agent, items);
  return outside.exclusively(async (store) => {
    const receivedAt = clock.now();
    // Moved to another customer since it was looked up: the box sends it again, and it goes there.
    if ((await store.boxes.find(agent))?.left_at !== null) return items.map((item) => line(item, 'keep', 'storeBusy'));
    const epochs = await store.items.epochs();
    const agents = new Map(epochs.map(({ no, agent: owner }) => [no, owner]));
    const numbers = new Map(epochs.flatMap(({ no, agent: owner, epoch }) => (owner === agent ? [[epoch, no]] : [])));
    const known = new Map<number, Map<number, string>>();
    let nextNo = (epochs.at(-1)?.no ?? 0) + 1;
    for (const [epoch, seqs] of seqsByEpoch(items)) {
      let no = numbers.get(epoch);
      if (no === undefined) {
        no = nextNo;
        nextNo += 1;
        await store.items.addEpoch(no, agent, epoch);
        numbers.set(epoch, no);
        agents.set(no, agent);
        known.set(no, new Map());
      } else {
        known.set(no, await storedDigests(store, no, seqs));
      }
      for (const [seq, digest] of elsewhere.get(epoch) ?? []) {
        const here = known.get(no);
        if (here && !here.has(seq)) here.set(seq, digest);
      }
    }
    const accepted: AcceptedItem[] = [];
    const aside: QuarantineRow[] = [];
    const putAside = (item: JudgedItem, kind: string | null, code: string): ReceiptLine => {
      const { name, raw } = item;
      aside.push({ agent, rawDigest: rawDigest(raw), ...name, kind, code, receivedAt, raw });
      return line(item, 'quarantined', code);
    };
    const lines = items.map((item) => {
      if (!item.sound) return putAside(item, item.kind, item.code);
      const epochNo = numbers.get(item.item.epoch) ?? 0;
      const stored = known.get(epochNo)?.get(item.item.seq);
      if (stored === item.item.digest) return line(item, 'duplicate', null);
      if (stored !== undefined) return putAside(item, item.item.kind, 'itemConflict');
      known.get(epochNo)?.set(item.item.seq, item.item.digest);
      accepted.push({ agent, epochNo, receivedAt, item: item.item, raw: item.raw });
      return line(item, 'stored', null);
    });
    await archiveItems({ store, random, agentOf: (no) => agents.get(no) }, accepted);
    await store.items.putAside(aside);
    await store.boxes.saveHeard(agent, receivedAt);
    await store.standings.saveHour(agent, Math.floor(receivedAt / HOUR));
    return lines;
  });
}

/** What a customer of before has of these items. A box that has left sends it nothing more, so this does not change. */
async function storedElsewhere(
  former: readonly CustomerStore[],
  agent: string,
  items: readonly JudgedItem[],
): Promise<ReadonlyMap<string, ReadonlyMap<number, string>>> {
  const found = new Map<string, Map<number, string>>();
  for (const before of former) {
    const epochs = await before.items.epochs();
    for (const [epoch, seqs] of seqsByEpoch(items)) {
      const there = epochs.find((each) => each.agent === agent && each.epoch === epoch);
      if (!there) continue;
      const digests = found.get(epoch) ?? new Map<number, string>();
      for (const [seq, digest] of await storedDigests(before, there.no, seqs)) digests.set(seq, digest);
      found.set(epoch, digests);
    }
  }
  return found;
}

function seqsByEpoch(items: readonly JudgedItem[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const item of items) {
    if (!item.sound) continue;
    const group = groups.get(item.item.epoch);
    if (group) group.push(item.item.seq);
    else groups.set(item.item.epoch, [item.item.seq]);
  }
  return groups;
}
