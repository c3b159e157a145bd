/**
 * Fills central with a past: customers, sites, boxes, and what their machines told, as if it had come in over all that time.
 * Closed months go into their blocks at once, by the code that closes months; the rest is archived as reports are, and the
 * work on each history is the usual one.
 */
import { generateKeyPairSync } from 'node:crypto';
import type { Item, SentReading } from '@rsb/contract';
import { digestOf } from '@rsb/contract/digest';
import { type AcceptedItem, archiveItems } from '../archive/archive-items.ts';
import { encodeBlock } from '../archive/block.ts';
import { namesOf } from '../archive/device-names.ts';
import { monthBounds, monthOf, placeInTime } from '../archive/moment.ts';
import type { CustomerStore } from '../store/database.ts';
import type { CustomerId, DeviceId } from '../store/identifiers.ts';
import { packBlock } from '../store/raw-bytes.ts';
import { WORK_DELAY, workDemand } from '../work/demands.ts';
import type { CentralWork } from '../work.ts';

export interface PastReport {
  readonly receivedAt: number;
  readonly sent: SentReading;
}

export interface FilledBox {
  readonly agent: string;
  /** One of the customer's sites. */
  readonly site: string;
  readonly version: string;
  readonly zone: string;
  /** Of each machine what it told, rising. */
  readonly machines: readonly { readonly serviceId: string | null; reports(): Iterable<PastReport> }[];
}

export interface FilledCustomer {
  readonly name: string;
  readonly number: string | null;
  readonly sites: readonly string[];
  readonly boxes: readonly FilledBox[];
}

export interface Filled {
  readonly customers: number;
  readonly boxes: number;
  readonly machines: number;
  readonly readings: number;
}

export async function fillPast(
  work: CentralWork,
  customers: readonly FilledCustomer[],
  onProgress: (done: Filled) => void,
  signal: AbortSignal,
): Promise<Filled> {
  let done: Filled = { customers: 0, boxes: 0, machines: 0, readings: 0 };
  for (const customer of customers) {
    if (signal.aborted) break;
    const added = await fillCustomer(work, customer, signal);
    done = {
      customers: done.customers + 1,
      boxes: done.boxes + customer.boxes.length,
      machines: done.machines + added.machines,
      readings: done.readings + added.readings,
    };
    onProgress(done);
  }
  return done;
}

async function fillCustomer(work: CentralWork, customer: FilledCustomer, signal: AbortSignal) {
  const { database, clock } = work;
  const id: CustomerId =
    (await work.addNumberedCustomer(customer.name, customer.number, null)) ?? (await work.addCustomer(customer.name));
  const store = database.forCustomer(id);
  const sites = [...new Set(customer.sites)];
  for (const [index, name] of sites.entries()) {
    if (index === 0) await store.places.changeSite(1, { name, address: null });
    else await store.places.addSite({ id: index + 1, name, address: null, created_at: clock.now() });
  }
  let [machines, readings] = [0, 0];
  for (const [index, box] of customer.boxes.entries()) {
    if (signal.aborted) break;
    readings += await fillBox(work, store, box, index + 1);
    await store.places.placeBox(box.agent, Math.max(1, sites.indexOf(box.site) + 1));
    machines += box.machines.length;
    // What was demanded is done before the next box, so that memory and jobs stay few.
    await work.worker.runUntil(clock.now(), ['device']);
  }
  return { machines, readings };
}

/** Told one after the other in time, as a box numbers its items. */
interface Numbered extends PastReport {
  readonly machine: number;
}

async function fillBox(work: CentralWork, store: CustomerStore, box: FilledBox, epochNo: number): Promise<number> {
  const now = work.clock.now();
  const told: Numbered[] = [];
  for (const [machine, each] of box.machines.entries())
    for (const report of each.reports()) told.push({ ...report, machine });
  told.sort((one, other) => one.receivedAt - other.receivedAt);
  const epoch = digestOf(box.agent).slice(-16);
  const items: AcceptedItem[][] = box.machines.map(() => []);
  for (const [index, { receivedAt, sent, machine }] of told.entries())
    items[machine]?.push(acceptedItem(box.agent, epoch, epochNo, index + 1, receivedAt, sent));
  const [first, last] = [told[0], told.at(-1)];
  await store.exclusively(async (tx) => {
    // Nobody has the private half: this box will never report.
    const { publicKey } = generateKeyPairSync('ed25519');
    const public_key = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const enrolled_at = first?.receivedAt ?? now;
    await tx.boxes.add({ agent: box.agent, public_key, enrolled_at, version: box.version });
    await tx.items.addEpoch(epochNo, box.agent, epoch);
    await tx.boxes.saveState(box.agent, {
      version: box.version,
      zone: box.zone,
      waiting: 0,
      unreached: null,
      state_epoch_no: epochNo,
      state_seq: 0,
    });
    if (last) await tx.boxes.saveHeard(box.agent, last.receivedAt);
    const hours = new Set(told.slice(-26 * box.machines.length).map(({ receivedAt }) => Math.floor(receivedAt / HOUR)));
    for (const hour of [...hours].sort((one, other) => one - other)) await tx.standings.saveHour(box.agent, hour);
  });
  for (const [machine, own] of items.entries()) {
    const value = box.machines[machine]?.serviceId ?? null;
    const body = own[0]?.item.kind === 'reading' && value !== null ? own[0].item.body : null;
    const notes = body
      ? [
          noteItem(own[0] as AcceptedItem, epoch, told.length + machine + 1, {
            device: body.device,
            value: value ?? '',
          }),
        ]
      : [];
    await fillMachine(work, store, own, notes, now);
  }
  return told.length;
}

const HOUR = 3_600_000;

function acceptedItem(
  agent: string,
  epoch: string,
  epochNo: number,
  seq: number,
  receivedAt: number,
  body: SentReading,
): AcceptedItem {
  const at = `${new Date(receivedAt).toISOString().slice(0, 19)}Z`;
  const item: Item = { epoch, seq, kind: 'reading', at, digest: digestOf(body), body };
  return { agent, epochNo, receivedAt, item, raw: Buffer.from(JSON.stringify(item)) };
}

/** The dealer's number of a machine, as it is typed in on the box. */
function noteItem(
  { agent, epochNo, receivedAt }: AcceptedItem,
  epoch: string,
  seq: number,
  { device, value }: { readonly device: string; readonly value: string },
): AcceptedItem {
  const body = { device, field: 'serviceId' as const, value, revision: 1 };
  const at = `${new Date(receivedAt).toISOString().slice(0, 19)}Z`;
  const item: Item = { epoch, seq, kind: 'deviceNote', at, digest: digestOf(body), body };
  return { agent, epochNo, receivedAt, item, raw: Buffer.from(JSON.stringify(item)) };
}

async function fillMachine(
  { random }: CentralWork,
  outside: CustomerStore,
  items: readonly AcceptedItem[],
  notes: readonly AcceptedItem[],
  now: number,
): Promise<void> {
  const [first] = items;
  if (first?.item.kind !== 'reading') return;
  const { agent, epochNo, receivedAt } = first;
  const sent = first.item.body;
  const { local } = namesOf(agent, sent);
  const months = Map.groupBy(items, (each) => monthOf(momentOf(each)));
  const thisMonth = monthOf(now);
  await outside.exclusively(async (store) => {
    const needs = { store, random, agentOf: () => agent };
    await archiveItems(needs, [first]);
    const [known] = await store.devices.findKeys([local]);
    const device = known && (await store.devices.find(known.device));
    if (!device) throw new Error('the machine has not been filed');
    // The first and the last reading stand in rows of their own until their months are closed by the usual work.
    const last = items.at(-1);
    for (const [month, own] of months) {
      const middle = own.filter((each) => each !== first && each !== last);
      if (month < thisMonth && middle.length > 0) await closeAtOnce(store, device.id, month, epochNo, middle);
    }
    const recent = (months.get(thisMonth) ?? []).filter((each) => each !== first && each !== last);
    await archiveItems(needs, [...recent, ...(last && last !== first ? [last] : []), ...notes]);
    const row = await store.devices.find(device.id);
    if (row) await store.devices.save([{ ...row, readings: items.length, first_heard: receivedAt }]);
    await store.series.pruneObservations(device.id, monthBounds(thisMonth).start);
    await store.jobs.demand([workDemand(device.id, 0, now - WORK_DELAY)]);
  });
}

const momentOf = ({ item, receivedAt }: AcceptedItem): number =>
  placeInTime(item.kind === 'reading' ? item.body.reading.takenAt : item.at, receivedAt);

async function closeAtOnce(
  store: CustomerStore,
  device: DeviceId,
  month: number,
  epochNo: number,
  items: readonly AcceptedItem[],
): Promise<void> {
  const { digest, bytes, seqs } = encodeBlock(
    items.map((each) => ({
      seq: each.item.seq,
      at: momentOf(each),
      receivedAt: each.receivedAt,
      raw: each.raw,
    })) as Parameters<typeof encodeBlock>[0],
  );
  await store.blocks.close({ device, month, epochNo, seqs, digest, packed: packBlock(bytes) });
}
