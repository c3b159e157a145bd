/** What rules need to know of machines beyond their readings: for one, or for many with few questions to the store. */
import { unreachedRanges } from '../fleet/unreached-ranges.ts';
import { settingsOfDevices } from '../places/handed-down.ts';
import type { BoxRow } from '../store/customer-boxes.ts';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { FindingRow, QuestionRow } from '../store/customer-results.ts';
import type { CustomerStore } from '../store/database.ts';
import { knownZone } from '../work/device-history.ts';
import { deviceSubject } from './demands.ts';
import { billingEnds } from './local-times.ts';
import type { Whereabouts } from './scope.ts';
import type { KnownEvent, KnownQuestion, Surroundings } from './signals.ts';
import type { Subject } from './subject.ts';

export interface KnownDevice {
  readonly device: DeviceRow;
  readonly about: Subject;
  readonly place: Whereabouts;
  readonly surroundings: Surroundings;
  /** False: unticked on the box, or another machine stands in its place. */
  readonly isWatched: boolean;
}

/** What of the machines' histories somebody asks for. */
export interface OfHistory {
  readonly events: boolean;
  readonly questions: boolean;
}
export const ALL_OF_HISTORY: OfHistory = { events: true, questions: true };

const DAY = 86_400_000;
/** Events older than any rule looks back. */
const EVENTS_BACK = 90 * DAY;
const MOST_EVENTS = 500;
/** More boxes than this are not asked for one by one. */
const FEW_BOXES = 3;

/** In the order of `devices`. */
export async function knowDevices(
  store: CustomerStore,
  devices: readonly DeviceRow[],
  now: number,
  asked: OfHistory,
): Promise<KnownDevice[]> {
  const ids = devices.map(({ id }) => id);
  const customer = await store.find();
  const boxes = await boxesOf(store, new Set(devices.map(({ agent }) => agent)));
  const standings = new Map((await store.standings.findMany(ids)).map((row) => [row.device_id, row]));
  const placed = await store.places.placesOf(ids);
  const settings = await settingsOfDevices(store, devices, boxes, placed);
  const findings = asked.events
    ? await store.results.findingsOfMany(ids, now - EVENTS_BACK, now, MOST_EVENTS)
    : NOTHING_FOUND;
  const questions = asked.questions ? await store.results.questionsOfMany(ids) : NOTHING_ASKED;
  const findingsOf = Map.groupBy(findings, ({ device }) => device);
  const questionsOf = Map.groupBy(questions, ({ device }) => device);
  const agency = customer?.agency_id ? String(customer.agency_id) : null;
  const endsOf = knownEnds(now);
  return devices.flatMap((device): KnownDevice[] => {
    const here = settings.get(device.id);
    if (!here) return [];
    const box = boxes.get(device.agent);
    const standing = standings.get(device.id);
    const zone = knownZone(here.zone);
    const model = standing && standing.model !== '' ? standing.model : null;
    const ranges = unreachedRanges(box?.unreached ?? null);
    return [
      {
        device,
        isWatched: standing?.watched !== 0,
        about: {
          subject: deviceSubject(device.id),
          device: device.id,
          agent: device.agent,
          label: (standing?.name ?? '') || device.address || model || String(device.id),
          model,
          serviceId: standing?.service_id ?? null,
          customerName: customer?.name ?? '',
          zone,
        },
        place: {
          customer: String(store.id),
          agency,
          site: `${store.id}/${placed.get(device.id) ?? box?.site_id ?? 1}`,
          group: standing?.group_name ?? null,
          model,
        },
        surroundings: {
          mark: here.supplyMark,
          silentHours: here.silentHours,
          boxSilentHours: here.boxSilentHours,
          heard: box?.last_heard ?? now,
          events: (findingsOf.get(device.id) ?? []).map(eventOf).sort((one, other) => one.at - other.at),
          questions: (questionsOf.get(device.id) ?? []).map(questionOf),
          billingEnds: endsOf(here.billingDay, zone),
          unreached:
            box && ranges.length > 0 ? { ranges, address: device.address, box: placeOfBox(store, box, agency) } : null,
        },
      },
    ];
  });
}

/** Where a box is, for rules: it has no model and no group. */
export const placeOfBox = (
  { id }: Pick<CustomerStore, 'id'>,
  box: Pick<BoxRow, 'site_id'> | undefined,
  agency: string | null,
): Whereabouts => ({ customer: String(id), agency, site: `${id}/${box?.site_id ?? 1}`, group: null, model: null });

async function boxesOf(store: CustomerStore, agents: ReadonlySet<string>): Promise<ReadonlyMap<string, BoxRow>> {
  if (agents.size > FEW_BOXES)
    return new Map((await store.boxes.listPlain()).flatMap((box) => (agents.has(box.agent) ? [[box.agent, box]] : [])));
  const found = new Map<string, BoxRow>();
  for (const agent of agents) {
    const box = await store.boxes.find(agent);
    if (box) found.set(agent, box);
  }
  return found;
}

/** Days of a zone are counted once, however many machines stand there. */
function knownEnds(now: number) {
  const known = new Map<string, Surroundings['billingEnds']>();
  return (billingDay: number, zone: string): Surroundings['billingEnds'] => {
    const key = `${billingDay} ${zone}`;
    const ends = known.get(key) ?? billingEnds(billingDay, zone, now - 31 * DAY, now + 40 * DAY);
    known.set(key, ends);
    return ends;
  };
}

const NOTHING_FOUND: Awaited<ReturnType<CustomerStore['results']['findingsOfMany']>> = [];
const NOTHING_ASKED: Awaited<ReturnType<CustomerStore['results']['questionsOfMany']>> = [];

function eventOf({ key, kind, at, detail }: FindingRow): KnownEvent {
  const early = kind === 'supplyReplaced' && JSON.parse(detail).early === true;
  return { key, kind: early ? 'supplyReplacedEarly' : kind, at };
}

const questionOf = (row: QuestionRow): KnownQuestion => ({
  key: row.key,
  why: row.why,
  at: row.at,
  answeredAt: row.answer === null ? null : row.answered_at,
});
