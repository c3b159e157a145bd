/** The day's page put together from its lists. */
import type {
  Attention,
  DeviceQuestion,
  NetworkLine,
  NetworkMachines,
  SilentMachineLine,
  TodayView,
} from '@rsb/contract';
import { instant, isoInstant } from '@rsb/runtime';
import { questionViews } from '../api/history-views.ts';
import { heardHours } from '../fleet/heard-hours.ts';
import { localDays } from '../processing/local-days.ts';
import { OLD_AFTER } from '../store/fleet-choice.ts';
import { type SilentLine, subjects, type Today, type TodayMoment } from '../store/today.ts';
import { billingDays, nextBillingDay } from './billing-day.ts';
import { byNetwork, type Network } from './networks.ts';

/** Lines that a panel shows; the rest stand in the fleet under the same view. */
const LINES = 25;
const FEW = 12;
const MOST_SUPPLIES = 12;
const MOST_OF_NETWORK = 100;
/** As a request takes it back. */
const MOST_CAUSE = 40;

const iso = (at: number): string => isoInstant(instant(at));
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export async function todayCount(today: Today, moment: TodayMoment): Promise<number> {
  const trouble = await today.trouble(moment, 0);
  const boxes = await today.silentBoxes(moment, 0);
  const machines = await today.silentMachines(moment, 0);
  const { networks, others } = byNetwork(await today.silentUnreached(moment));
  const questions = await today.questions(moment, 0);
  return trouble.total + boxes.total + networks.length + machines.total + others.length + questions.total;
}

export async function todayView(
  today: Today,
  moment: TodayMoment,
  dealer: { readonly billingDay: number; readonly zone: string },
): Promise<Omit<TodayView, 'people'>> {
  const { now } = moment;
  const trouble = await today.trouble(moment, LINES);
  const supplies = await today.supplies(moment, MOST_SUPPLIES);
  const silentBoxes = await today.silentBoxes(moment, FEW);
  const silentMachines = await today.silentMachines(moment, FEW);
  const silent = byNetwork(await today.silentUnreached(moment));
  const old = now - OLD_AFTER;
  const [next, ...later] = billingDays(await today.readByBillingDay(old), now, dealer.zone);
  const missing = await today.missing(moment, old, next?.daysOfMonth ?? [], FEW);
  const missingAt = byNetwork(missing.unreached);
  const questions = await today.questions(moment, FEW);
  return {
    at: iso(now),
    trouble: {
      total: trouble.total,
      lines: trouble.lines.map((row) => ({
        ...machineOf(row, subjects.trouble(row.device_id), row.trouble_since),
        severity: row.severity === 2 ? 'critical' : 'warning',
        what: (row.trouble ?? 'down') as TodayView['trouble']['lines'][number]['what'],
        detail: row.trouble_detail,
        since: iso(row.trouble_since ?? row.read_at),
      })),
    },
    supplies: {
      total: supplies.total,
      lines: supplies.lines.map((row) => ({
        ...machineOf(row, subjects.supply(row.device_id), row.supply_since),
        since: iso(row.supply_since ?? row.read_at),
        mark: row.supply_mark,
        supplies: JSON.parse(row.supplies_low),
      })),
    },
    silentBoxes: {
      total: silentBoxes.total,
      lines: silentBoxes.lines.map((row) => ({
        subject: subjects.box(row.agent),
        cause: String(row.last_heard ?? row.enrolled_at),
        customer: String(row.customer_id),
        customerName: row.customer_name,
        siteName: row.site_name,
        attention: attentionOf(row),
        box: row.agent,
        machines: row.machines,
        lastHeard: isoOrNull(row.last_heard),
        hours: heardHours(row, now),
      })),
    },
    networks: { total: silent.networks.length, lines: silent.networks.slice(0, FEW).map(networkLine) },
    silentMachines: {
      total: silentMachines.total + silent.others.length,
      lines: merged(silentMachines.lines, silent.others, 'silent_at').map(silentLine),
    },
    readings: {
      billingDay: next?.day ?? nextBillingDay(now, dealer.billingDay, dealer.zone),
      watched: next?.watched ?? 0,
      missing: next?.missing ?? 0,
      boxes: missing.boxes.map((row) => ({
        customer: String(row.customer_id),
        customerName: row.customer_name,
        box: row.agent,
        machines: row.machines,
        lastHeard: isoOrNull(row.last_heard),
      })),
      networks: missingAt.networks.slice(0, FEW).map(networkLine),
      lines: merged(missing.lines, missingAt.others, 'read_at').map(silentLine),
      later: later.map(({ day, watched, missing: without }) => ({ billingDay: day, watched, missing: without })),
    },
    questions: {
      total: questions.total,
      lines: questions.lines.map((row) => ({
        ...machineOf(row, subjects.question(row.device_id, row.key), row.at),
        question: questionViews(
          [{ ...row, answer: null, answered_by: null, reason: null, answered_at: null }],
          UTC_DAYS,
        )[0] as DeviceQuestion,
      })),
    },
  };
}

/** The day of a question's pages, near enough for a list; the machine's own page tells it in its zone. */
const UTC_DAYS = localDays('UTC');

interface Told {
  readonly customer_id: number;
  readonly customer_name: string;
  readonly site_name: string;
  readonly device_id: number;
  readonly agent: string;
  readonly name: string;
  readonly manufacturer?: string | null;
  readonly model?: string;
}

const machineOf = (row: Told & Parameters<typeof attentionOf>[0], subject: string, cause: number | null) => ({
  subject,
  cause: String(cause),
  customer: String(row.customer_id),
  customerName: row.customer_name,
  siteName: row.site_name,
  attention: attentionOf(row),
  device: String(row.device_id),
  box: row.agent,
  name: row.name,
  model: [row.manufacturer, row.model].filter(Boolean).join(' ') || null,
});

/** Both are in order already; the first of both together. */
function merged(one: readonly SilentLine[], other: readonly SilentLine[], by: 'silent_at' | 'read_at'): SilentLine[] {
  const inOrder = (a: SilentLine, b: SilentLine) =>
    a[by] - b[by] || a.customer_id - b.customer_id || a.device_id - b.device_id;
  return [...one, ...other].sort(inOrder).slice(0, FEW);
}

const silentLine = (row: SilentLine): SilentMachineLine => ({
  ...machineOf(row, subjects.silent(row.device_id), row.read_at),
  lastRead: row.read_at === 0 ? null : iso(row.read_at),
});

function networkLine({ subject, unreached, machines }: Network): NetworkLine {
  const [first] = machines;
  const read = Math.max(...machines.map(({ read_at }) => read_at));
  const isOneSite = machines.every(({ site_name }) => site_name === first.site_name);
  return {
    subject,
    cause: unreached.since.slice(0, MOST_CAUSE),
    customer: String(first.customer_id),
    customerName: first.customer_name,
    siteName: isOneSite ? first.site_name : '',
    attention: attentionOfAll(machines.map(attentionOf)),
    box: first.agent,
    unreached,
    machines: machines.length,
    lastRead: read === 0 ? null : iso(read),
  };
}

/** Of several, what was done about all. */
function attentionOfAll(all: readonly Attention[]): Attention {
  const [first] = all;
  const isGiven = all.every(({ assigned }) => assigned?.to === first?.assigned?.to);
  const isSeen = all.every(({ acknowledged }) => acknowledged !== null);
  return {
    acknowledged: isSeen ? (first?.acknowledged ?? null) : null,
    assigned: isGiven ? (first?.assigned ?? null) : null,
    snoozedUntil: null,
  };
}

/** Machines of one network's line; the rest stand in the fleet, among the silent ones of the box. */
export async function networkMachines(today: Today, now: number, subject: string): Promise<NetworkMachines> {
  const { networks } = byNetwork(await today.silentUnreached({ now, mine: null }));
  const machines = networks.find((network) => network.subject === subject)?.machines ?? [];
  return { total: machines.length, machines: machines.slice(0, MOST_OF_NETWORK).map(silentLine) };
}

function attentionOf(row: {
  readonly acknowledged_by: string | null;
  readonly acknowledged_at: number | null;
  readonly assigned_to: string | null;
  readonly assigned_by: string | null;
  readonly assigned_at: number | null;
  readonly snoozed_until: number | null;
}): Attention {
  return {
    acknowledged: row.acknowledged_at === null ? null : { by: row.acknowledged_by ?? '', at: iso(row.acknowledged_at) },
    assigned:
      row.assigned_to === null
        ? null
        : { to: row.assigned_to, by: row.assigned_by ?? '', at: iso(row.assigned_at ?? 0) },
    snoozedUntil: isoOrNull(row.snoozed_until),
  };
}
