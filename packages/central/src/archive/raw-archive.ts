/** Items as they came, wherever they stand: in rows of their own, or in the block of a closed month. */

import type { BlockKeys, BlockPlace } from '../store/customer-blocks.ts';
import type { Place, RawItem } from '../store/customer-items.ts';
import type { CustomerStore } from '../store/database.ts';
import type { DeviceId } from '../store/identifiers.ts';
import { unpackBlock } from '../store/raw-bytes.ts';
import { decodeBlock } from './block.ts';
import { monthOf } from './moment.ts';

export type PlacedItem = RawItem & Place;

/** Rows that are fetched at once. */
const ROWS_AT_ONCE = 250;

/** The last that a date can be. */
const LAST_MOMENT = 8.64e15;

interface Located extends Place {
  /** Undefined: a row of its own. */
  readonly block: BlockPlace | undefined;
}

/** A device's readings by epoch and seq, newest first, those before `before` only. */
export async function latestReadings(
  store: CustomerStore,
  device: DeviceId,
  before: Place | null,
  limit: number,
): Promise<PlacedItem[]> {
  const all = await locate(store, device, { from: 0, to: Number.MAX_SAFE_INTEGER });
  const asked = all.filter((place) => before === null || compare(place, before) < 0).slice(-limit);
  const found: PlacedItem[] = [];
  for await (const item of read(store, device, asked)) found.push(item);
  return found.reverse();
}

/** A device's readings from a moment to another, by epoch and seq, rising. */
export async function* readingsFrom(
  store: CustomerStore,
  device: DeviceId,
  from: number,
  to: number = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<PlacedItem> {
  const months = { from: from <= 0 ? 0 : monthOf(from), to: to >= LAST_MOMENT ? Number.MAX_SAFE_INTEGER : monthOf(to) };
  for await (const item of read(store, device, await locate(store, device, months)))
    if (item.at >= from && item.at <= to) yield item;
}

/** Digests of those items of an epoch that are stored, in whichever form, by seq. */
export async function storedDigests(
  store: CustomerStore,
  epochNo: number,
  seqs: readonly number[],
): Promise<Map<number, string>> {
  const found = await store.items.digests(epochNo, seqs);
  const missing = new Set(seqs.filter((seq) => !found.has(seq)));
  if (missing.size === 0) return found;
  for (const block of await store.blocks.around(epochNo, [...missing])) {
    if (!block.seqs.some((seq) => missing.has(seq))) continue;
    for (const { seq, raw } of await itemsOf(store, block)) {
      if (missing.has(seq)) found.set(seq, JSON.parse(raw.toString()).digest);
    }
  }
  return found;
}

async function locate(
  store: CustomerStore,
  device: DeviceId,
  months: { readonly from: number; readonly to: number },
): Promise<Located[]> {
  const located: Located[] = (await store.items.places(device)).map((place) => ({ ...place, block: undefined }));
  for (const block of await store.blocks.keysOf(device, months.from)) {
    if (block.month > months.to) continue;
    for (const seq of block.seqs) located.push({ epochNo: block.epochNo, seq, block });
  }
  return located.sort(compare);
}

const compare = (one: Place, other: Place): number => one.epochNo - other.epochNo || one.seq - other.seq;

async function* read(store: CustomerStore, device: DeviceId, places: readonly Located[]): AsyncGenerator<PlacedItem> {
  // Two blocks of an epoch may interleave where items came late.
  const open = new Map<BlockPlace, Map<number, RawItem>>();
  let index = 0;
  while (index < places.length) {
    const { epochNo, block } = places[index] ?? { epochNo: 0, block: undefined };
    if (block) {
      const items = open.get(block) ?? new Map((await itemsOf(store, block)).map((item) => [item.seq, item]));
      if (!open.has(block)) {
        const [oldest] = open.keys();
        if (open.size >= 3 && oldest) open.delete(oldest);
        open.set(block, items);
      }
      for (; places[index]?.block === block; index += 1) {
        const item = items.get(places[index]?.seq ?? -1);
        if (item) yield { ...item, epochNo };
      }
      continue;
    }
    const seqs: number[] = [];
    for (; seqs.length < ROWS_AT_ONCE; index += 1) {
      const place = places[index];
      if (!place || place.block || place.epochNo !== epochNo) break;
      seqs.push(place.seq);
    }
    const rows = await store.items.raw(device, epochNo, seqs);
    for (const item of rows) yield { ...item, epochNo };
    if (rows.length === seqs.length) continue;
    // Their month was closed while they were read: they stand in a block now.
    yield* fromNewBlocks(
      store,
      epochNo,
      seqs.filter((seq) => !rows.some((row) => row.seq === seq)),
    );
  }
}

async function* fromNewBlocks(
  store: CustomerStore,
  epochNo: number,
  seqs: readonly number[],
): AsyncGenerator<PlacedItem> {
  const wanted = new Set(seqs);
  for (const block of await store.blocks.around(epochNo, seqs)) {
    if (!block.seqs.some((seq) => wanted.has(seq))) continue;
    for (const item of await itemsOf(store, block)) if (wanted.has(item.seq)) yield { ...item, epochNo };
  }
}

async function itemsOf(store: CustomerStore, place: BlockKeys | BlockPlace): Promise<RawItem[]> {
  const block = await store.blocks.find(place);
  return block ? decodeBlock(unpackBlock(block.packed), block.digest) : [];
}
