/** A device of the archive as a row: its states, bars and counts worked out once, for cells, order and search. */
import type { CentralDeviceView } from '@rsb/contract';
import type { Count } from '../../format/count.ts';
import { plainText } from '../../format/plain-text.ts';
import { type CountCell, lifeCell, pagesCell, splitOrder } from '../../reading/counter-cells.ts';
import { type MachineState, machineState, machineWord, type Severity } from '../../reading/machine-state.ts';
import { type SupplyLevel, supplyLevel } from '../../reading/supply-level.ts';
import { badness, colours, type SupplySlots, supplySlots } from '../../reading/supply-slots.ts';
import { type SupplyState, supplyState, supplyWord } from '../../reading/supply-state.ts';
import { isOld } from '../silence.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export interface DeviceRow {
  readonly id: string;
  readonly device: CentralDeviceView;
  readonly name: string;
  readonly location: string | null;
  readonly state: MachineState;
  readonly supply: SupplyState;
  readonly severity: Severity;
  readonly slots: SupplySlots;
  readonly lowest: number | null;
  readonly waste: SupplyLevel | null;
  readonly life: CountCell;
  readonly total: CountCell;
  readonly order: { readonly life: Count | null; readonly total: Count | null };
  /** When the values shown were read; null: never. */
  readonly readAt: string | null;
  /** Too old to be taken for the present. */
  readonly old: boolean;
  /** Everything a reader may search for, without accents and capitals. */
  readonly haystack: string;
}

export function latestRead(device: CentralDeviceView): string | null {
  const moments = [device.counters?.takenAt, device.supplies?.takenAt, device.status?.takenAt];
  return moments.reduce<string | null>((found, at) => (at && (!found || at > found) ? at : found), null);
}

const worst = (a: Severity, b: Severity): Severity => (a === 'critical' || b === 'critical' ? 'critical' : (a ?? b));

export function deviceName(device: CentralDeviceView): string {
  return device.identity?.hostName || device.address || device.identity?.serialNumber || device.id;
}

/** Toner and ink beyond black: the machine prints colour, whether it tells its pages or not. */
export function printsColor(device: CentralDeviceView): boolean {
  return (device.supplies?.value ?? []).some(
    (supply) => colours(supply) && !['black', 'photoBlack', 'matteBlack', 'gray', null].includes(supply.color),
  );
}

export function deviceRow(device: CentralDeviceView, now: number, lang: Lang): DeviceRow {
  const supplies = device.supplies?.value ?? null;
  const status = device.status?.value ?? null;
  const counters = device.counters?.value ?? null;
  const readAt = latestRead(device);
  // The last reading brought no answer: what is shown is from before.
  const silent = device.completeness?.state === 'unreachable';
  const presence = silent ? { state: 'silent' as const, since: readAt ?? device.lastHeard } : null;
  const state = machineState({ monitored: true, presence, status });
  const supply = supplyState(supplies, status, device.supplyMark);
  const slots = supplySlots(supplies ?? [], device.supplyMark);
  const levels = (supplies ?? []).filter(colours).map((each) => badness(supplyLevel(each, device.supplyMark)));
  const waste = supplies?.find((each) => each.type === 'waste');
  const color = printsColor(device);
  const name = deviceName(device);
  const location = device.locationNote ?? device.identity?.location ?? null;
  const { identity } = device;
  return {
    id: device.id,
    device,
    name,
    location,
    state,
    supply,
    severity: worst(state.severity, supply.severity),
    slots,
    lowest: levels.length > 0 ? Math.min(...levels) : null,
    waste: waste ? supplyLevel(waste, device.supplyMark) : null,
    life: lifeCell(counters),
    total: pagesCell(counters?.total ?? null, color),
    order: { life: counters?.life ?? counters?.vendorLife ?? null, total: splitOrder(counters?.total ?? null) },
    readAt,
    old: silent || readAt === null || isOld(readAt, now),
    haystack: plainText(
      [
        name,
        device.address,
        identity?.manufacturer,
        identity?.model,
        identity?.serialNumber,
        identity?.macAddress,
        identity?.assetNumber,
        location,
        identity?.location,
        device.serviceId,
        device.group,
        device.box,
        machineWord(state, lang),
        supplyWord(supply, lang),
      ]
        .filter(Boolean)
        .join('\n'),
    ),
  };
}

/** Every word of the search is found somewhere, so that "ricoh c3003" finds a Ricoh MP C3003. */
export function matches(row: DeviceRow, search: string): boolean {
  return plainText(search)
    .split(/\s+/)
    .every((word) => row.haystack.includes(word));
}
