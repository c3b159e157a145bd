/** Accepted items into what is asked of the archive later, by kind, in their order. */
import type { Item } from '@rsb/contract';
import { unreachable } from '@rsb/runtime';
import { watchBoxDemand, watchDemand } from '../alerts/demands.ts';
import { isNewerNote } from '../proposals/note-rule.ts';
import type { BoxRow } from '../store/customer-boxes.ts';
import type { DeviceKey } from '../store/customer-devices.ts';
import type { ItemRow } from '../store/customer-items.ts';
import type { JobDemand } from '../store/customer-jobs.ts';
import type { EventRow, PlanRow, ScanRow } from '../store/customer-notes.ts';
import type { CustomerStore } from '../store/database.ts';
import { localKey } from '../store/identifiers.ts';
import { storable } from '../store/storable-text.ts';
import { WORK_DELAY, workDemand } from '../work/demands.ts';
import { type ArchiveNeeds, archiveReadings, type ReadingItem } from './archive-readings.ts';
import { closeDemand } from './close-month.ts';
import { placeInTime } from './moment.ts';

export interface AcceptedItem {
  readonly agent: string;
  readonly epochNo: number;
  readonly receivedAt: number;
  readonly item: Item;
  readonly raw: Uint8Array;
}

/** Runs inside the transaction that stores the items themselves. */
export async function archiveItems(needs: ArchiveNeeds, accepted: readonly AcceptedItem[]): Promise<void> {
  const { store } = needs;
  const readings: ReadingItem[] = [];
  const events: EventRow[] = [];
  const plans: PlanRow[] = [];
  const scans: ScanRow[] = [];
  const rows: ItemRow[] = [];
  const noted: DeviceKey[] = [];
  const demands = new Map<string, JobDemand>();
  const demand = (job: JobDemand) => demands.set(`${job.kind} ${job.subject}`, job);
  for (const { agent, epochNo, receivedAt, item, raw } of accepted) {
    const place = { epoch_no: epochNo, seq: item.seq, agent };
    switch (item.kind) {
      case 'reading':
        readings.push({ agent, epochNo, seq: item.seq, receivedAt, sent: item.body });
        continue;
      case 'deviceEvent': {
        const said = Date.parse(item.at);
        events.push({
          ...place,
          local_id: storable(item.body.device),
          event: item.body.event,
          detail: JSON.stringify(item.body.detail),
          at: Number.isNaN(said) ? receivedAt : said,
        });
        if (item.body.event === 'removed')
          noted.push({ kind: 'local', key: localKey(agent, storable(item.body.device)) });
        break;
      }
      case 'deviceNote':
        await saveNote(needs, agent, epochNo, item.seq, item.body);
        noted.push({ kind: 'local', key: localKey(agent, storable(item.body.device)) });
        break;
      case 'plan':
        plans.push({ ...place, digest: item.digest, local_id: storable(item.body.device) });
        break;
      case 'scan':
        scans.push({
          ...place,
          finished_at: receivedAt,
          printers: item.body.printers,
          complete: item.body.complete ? 1 : 0,
          summary: JSON.stringify(item.body),
        });
        break;
      case 'boxState':
        await saveBoxState(needs, agent, epochNo, item.seq, receivedAt, item.body);
        break;
      case 'proposalResult':
        await store.proposals.saveAnswer(agent, item.body, receivedAt);
        break;
      default:
        unreachable(item);
    }
    const at = placeInTime(item.at, receivedAt);
    rows.push({ epochNo, seq: item.seq, kind: item.kind, digest: item.digest, receivedAt, deviceId: null, at, raw });
    demand(closeDemand(null, epochNo, at, receivedAt));
  }
  const archived = await archiveReadings(needs, readings);
  const stored = accepted.filter(({ item }) => item.kind === 'reading');
  for (const [index, { epochNo, receivedAt, item, raw }] of stored.entries()) {
    const { device: deviceId, at } = archived.placed[index] ?? { device: null, at: receivedAt };
    rows.push({ epochNo, seq: item.seq, kind: item.kind, digest: item.digest, receivedAt, deviceId, at, raw });
    demand(closeDemand(deviceId, epochNo, at, receivedAt));
  }
  await store.items.add(rows);
  await store.notes.addEvents(events);
  await store.notes.addPlans(plans);
  await store.notes.addScans(scans);
  await store.jobs.demandOnce([...demands.values()]);
  await store.jobs.demand(archived.demands);
  // A note, and a removal, changes how a device stands in the lists, and nothing of its history.
  const known = await store.devices.findKeys(noted);
  const now = accepted[0]?.receivedAt ?? 0;
  await store.jobs.demand(
    [...new Set(known.map(({ device }) => device))].map((device) => workDemand(device, now, now)),
  );
}

async function saveNote(
  { store }: ArchiveNeeds,
  agent: string,
  epochNo: number,
  seq: number,
  note: Extract<Item, { kind: 'deviceNote' }>['body'],
): Promise<void> {
  const localId = storable(note.device);
  const known = await store.notes.findNote(agent, localId, note.field);
  const newer = !known || isNewerNote(known, { epochNo, seq, revision: note.revision });
  if (!newer) return;
  await store.notes.saveNote({
    agent,
    local_id: localId,
    field: note.field,
    value: JSON.stringify(note.value),
    revision: note.revision,
    epoch_no: epochNo,
    seq,
  });
}

async function saveBoxState(
  { store }: ArchiveNeeds,
  agent: string,
  epochNo: number,
  seq: number,
  receivedAt: number,
  state: Extract<Item, { kind: 'boxState' }>['body'],
): Promise<void> {
  const box = await store.boxes.find(agent);
  if (!box) return;
  const { state_epoch_no: lastEpoch, state_seq: lastSeq } = box;
  if (lastEpoch !== null && (epochNo < lastEpoch || (epochNo === lastEpoch && seq < (lastSeq ?? 0)))) return;
  const told = state.settings ? storable(JSON.stringify(state.settings)) : null;
  const unreached = state.unreached?.length ? storable(JSON.stringify(state.unreached)) : null;
  const isKept = told !== null && told !== box.told_settings && !(await isYetToBeOffered(store, box));
  await store.boxes.saveState(agent, {
    version: storable(state.version),
    zone: storable(state.zone),
    waiting: state.waiting,
    unreached,
    state_epoch_no: epochNo,
    state_seq: seq,
    ...(isKept && { told_settings: told }),
  });
  if (unreached !== box.unreached) await lookAtSilence(store, agent, receivedAt);
}

/** Whether its machines are silent by themselves, or with their range, is to be judged anew. */
async function lookAtSilence({ devices, jobs }: CustomerStore, agent: string, now: number): Promise<void> {
  // Behind the readings that came with it.
  const at = now + WORK_DELAY;
  const behind = await devices.list(agent);
  await jobs.demand([watchBoxDemand(agent, at), ...behind.map(({ id }) => watchDemand(id, at))]);
}

/** Of the latest: the offer is the first thing that is proposed to it. */
const MOST_PROPOSALS = 100;

/** A box that has just taken a dead one's place tells of itself, empty, before it is offered what the dead one told last. */
async function isYetToBeOffered(store: CustomerStore, box: BoxRow): Promise<boolean> {
  if (box.told_settings === null) return false;
  const retired = await store.boxes.lastRetired(box.agent);
  if (retired === null) return false;
  const proposals = await store.proposals.list(box.agent, MOST_PROPOSALS);
  return !proposals.some(({ kind, proposed_at }) => kind === 'settings' && proposed_at >= retired);
}
