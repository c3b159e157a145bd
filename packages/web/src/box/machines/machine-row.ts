/** A device as a row of the Machines page: its states, bars and counts worked out once, for cells, filters and order. */
import type { DeviceView } from '@rsb/contract';
import type { Count } from '../../format/count.ts';
import { plainText } from '../../format/plain-text.ts';
import { type CountCell, lifeCell, pagesCell, splitOrder } from '../../reading/counter-cells.ts';
import { type MachineState, machineState, machineWord, type Severity } from '../../reading/machine-state.ts';
import { type SupplyLevel, supplyLevel } from '../../reading/supply-level.ts';
import { badness, colours, type SupplySlots, supplySlots } from '../../reading/supply-slots.ts';
import { type SupplyState, supplyState, supplyWord } from '../../reading/supply-state.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export type RowState = 'trouble' | 'attention' | 'silent' | 'asleep' | 'well' | 'notMonitored';

export interface MachineRow {
  readonly id: string;
  readonly device: DeviceView;
  readonly name: string;
  readonly location: string | null;
  readonly state: MachineState;
  readonly supply: SupplyState;
  readonly severity: Severity;
  readonly group: RowState;
  readonly slots: SupplySlots;
  readonly lowest: number | undefined;
  readonly waste: SupplyLevel | null;
  readonly color: boolean;
  readonly life: CountCell;
  readonly total: CountCell;
  readonly print: CountCell;
  readonly order: { readonly life: Count | null; readonly total: Count | null; readonly print: Count | null };
  /** When the values shown were read; null: never. */
  readonly readAt: string | null;
  /** Values are too old to be taken for the present. */
  readonly old: boolean;
  /** Everything a reader may search for, without accents and capitals. */
  readonly haystack: string;
}

export interface RowRules {
  readonly lang: Lang;
  /** Warning mark of supplies in percent. */
  readonly mark: number;
  /** Values read before this moment (box time) are old. */
  readonly oldBefore: number;
}

const HOUR = 3_600_000;

/** Two intervals missed and some grace, at least two hours: one lost poll dims nothing. */
export function oldBefore(now: number, lastRead: string | null, nextRead: string | null): number {
  const interval = lastRead && nextRead ? Math.max(0, Date.parse(nextRead) - Date.parse(lastRead)) : HOUR;
  return now - Math.max(2 * HOUR, 2 * interval + HOUR / 6);
}

function worst(a: Severity, b: Severity): Severity {
  if (a === 'critical' || b === 'critical') return 'critical';
  return a ?? b;
}

function groupOf(state: MachineState, severity: Severity): RowState {
  const { kind } = state.condition;
  if (kind === 'notMonitored') return 'notMonitored';
  if (kind === 'silent') return 'silent';
  if (severity === 'critical') return 'trouble';
  if (severity === 'warning') return 'attention';
  const sleeps = kind === 'asleep' || (state.condition.kind === 'state' && state.condition.state === 'sleep');
  return sleeps ? 'asleep' : 'well';
}

function latest(device: DeviceView): string | null {
  const moments = [device.counters?.takenAt, device.supplies?.takenAt, device.status?.takenAt];
  return moments.reduce<string | null>((found, at) => (at && (!found || at > found) ? at : found), null);
}

export function machineRow(device: DeviceView, rules: RowRules): MachineRow {
  const supplies = device.supplies?.value ?? null;
  const status = device.status?.value ?? null;
  const counters = device.counters?.value ?? null;
  const state = machineState({ monitored: device.monitored, presence: device.presence, status });
  const supply = supplyState(supplies, status, rules.mark);
  // What a machine said before it fell silent is no reason to run to it now.
  const severity = device.monitored ? worst(state.severity, supply.severity) : null;
  const slots = supplySlots(supplies ?? [], rules.mark);
  const levels = (supplies ?? []).filter(colours).map((each) => badness(supplyLevel(each, rules.mark)));
  const waste = supplies?.find((each) => each.type === 'waste');
  const color = slots.places.slice(1).some((place) => place !== null && place.ink !== 'k');
  const readAt = latest(device);
  const location = device.locationNote ?? device.location;
  const name = device.hostName || device.address;
  const { lang } = rules;
  return {
    id: device.id,
    device,
    name,
    location,
    state,
    supply,
    severity,
    group: groupOf(state, severity),
    slots,
    lowest: levels.length > 0 ? Math.min(...levels) : undefined,
    waste: waste ? supplyLevel(waste, rules.mark) : null,
    color,
    life: lifeCell(counters),
    total: pagesCell(counters?.total ?? null, color),
    print: pagesCell(counters?.print ?? null, color),
    order: {
      life: counters?.life ?? counters?.vendorLife ?? null,
      total: splitOrder(counters?.total ?? null),
      print: splitOrder(counters?.print ?? null),
    },
    readAt,
    old:
      !device.monitored ||
      device.presence.state !== 'answering' ||
      (readAt !== null && Date.parse(readAt) < rules.oldBefore),
    haystack: plainText(
      [
        name,
        device.address,
        device.manufacturer,
        device.model,
        device.serialNumber,
        device.macAddress,
        location,
        device.location,
        device.serviceId,
        device.group,
        device.note,
        device.assetNumber,
        device.firmware,
        machineWord(state, lang),
        supplyWord(supply, lang),
      ]
        .filter((part) => part !== null)
        .join('\n'),
    ),
  };
}
