/** From levels and events to troubles, and from troubles to error bits, device status and alert rows. */
import { type MachineState, percentFilled, percentLeft, type Trouble, type TroubleKind } from './state.ts';

/** At or below this percentage a machine warns of its toner, above it of its waste box. */
const TONER_LOW = 10;
const WASTE_NEARLY_FULL = 90;
/** A tray warns when a tenth of its paper is left. */
const TRAY_LOW = 0.1;

/** Rows of prtMarkerSuppliesTable: black, waste box, then cyan, magenta, yellow, as the captured machines number them. */
export const WASTE_ROW = 2;
export const tonerRow = (cartridge: number): number => (cartridge === 0 ? 1 : cartridge + WASTE_ROW);
const cartridgeInRow = (row: number): number => (row === 1 ? 0 : row - WASTE_ROW);

/** Holds the trouble list against levels and events: new ones get an alert number and their time, mended ones go. */
export function updateTroubles(state: MachineState, upTime: number): void {
  const present = currentTroubles(state);
  const kept = state.troubles.filter((trouble) =>
    present.some(({ kind, index }) => kind === trouble.kind && index === trouble.index),
  );
  const fresh = present
    .filter(({ kind, index }) => !kept.some((trouble) => trouble.kind === kind && trouble.index === index))
    .map(({ kind, index }): Trouble => {
      state.lastAlert += 1;
      state.allEvents += 1;
      if (isCritical(kind)) state.criticalEvents += 1;
      return { kind, index, alert: state.lastAlert, since: Math.floor(upTime) };
    });
  state.troubles = [...kept, ...fresh];
  if (state.phase !== 'sleep' && state.phase !== 'warmup') {
    state.cold = null;
  } else if (state.cold === null) {
    state.lastAlert += 1;
    state.cold = { alert: state.lastAlert, since: Math.floor(upTime) };
  }
}

function currentTroubles(state: MachineState): { kind: TroubleKind; index: number }[] {
  const found: { kind: TroubleKind; index: number }[] = [];
  for (const event of state.events) {
    const [kind, index] = event.split(':') as ['jam' | 'coverOpen', string];
    found.push({ kind, index: Number(index) });
  }
  for (const [index, tray] of state.trays.entries()) {
    if (tray.bypass) continue;
    if (tray.sheets === 0) found.push({ kind: 'paperEmpty', index: index + 1 });
    else if (tray.sheets <= tray.capacity * TRAY_LOW) found.push({ kind: 'paperLow', index: index + 1 });
  }
  for (const [index, cartridge] of state.toner.entries()) {
    const percent = percentLeft(cartridge);
    if (percent === null) continue;
    if (percent === 0) found.push({ kind: 'tonerEmpty', index: tonerRow(index) });
    else if (percent <= TONER_LOW) found.push({ kind: 'tonerLow', index: tonerRow(index) });
  }
  const filled = percentFilled(state.waste);
  if (filled >= 100) found.push({ kind: 'wasteFull', index: WASTE_ROW });
  else if (filled >= WASTE_NEARLY_FULL) found.push({ kind: 'wasteNearlyFull', index: WASTE_ROW });
  return found;
}

/** Whether nothing can be printed until it is mended. */
export function stopsMachine(state: MachineState, { kind, index }: Pick<Trouble, 'kind' | 'index'>): boolean {
  switch (kind) {
    case 'jam':
    case 'coverOpen':
    case 'wasteFull':
      return true;
    case 'paperEmpty':
      return state.trays.every((tray) => tray.bypass || tray.sheets === 0);
    case 'tonerEmpty':
      // Without cyan, magenta or yellow a machine still prints black.
      return state.toner[cartridgeInRow(index)]?.color === 'black';
    case 'paperLow':
    case 'tonerLow':
    case 'wasteNearlyFull':
      return false;
  }
}

export const isStopped = (state: MachineState): boolean =>
  state.troubles.some((trouble) => stopsMachine(state, trouble));

export function isCritical(kind: TroubleKind): boolean {
  return (
    kind === 'jam' || kind === 'coverOpen' || kind === 'tonerEmpty' || kind === 'wasteFull' || kind === 'paperEmpty'
  );
}

/** Bits of hrPrinterDetectedErrorState (RFC 2790), counted from the most significant bit of the first octet. */
function errorBits(state: MachineState, trouble: Trouble): readonly number[] {
  switch (trouble.kind) {
    case 'paperLow':
      return [0];
    case 'paperEmpty':
      // noPaper means that no tray has any; a single empty tray is inputTrayEmpty.
      return stopsMachine(state, trouble) ? [1] : [13];
    case 'tonerLow':
      return [2];
    case 'tonerEmpty':
      return [3];
    case 'coverOpen':
      return [4];
    case 'jam':
      return [5];
    case 'wasteNearlyFull':
      return [];
    case 'wasteFull':
      return [7];
  }
}

/** One octet, as the captured machines of both makers have, or two where a bit of the second is set. */
export function detectedErrorState(state: MachineState): Uint8Array {
  const bits = state.troubles.flatMap((trouble) => errorBits(state, trouble));
  const bytes = new Uint8Array(bits.some((bit) => bit > 7) ? 2 : 1);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return bytes;
}

/** hrDeviceStatus: 2 running, 3 warning, 5 down. */
export function deviceStatus(state: MachineState): 2 | 3 | 5 {
  if (isStopped(state)) return 5;
  return state.troubles.length > 0 ? 3 : 2;
}

/** hrPrinterStatus: 1 other, 3 idle, 4 printing, 5 warmup. RFC 2790's table pairs `down` with `other`. */
export function printerStatus(state: MachineState, tellsSleep: boolean): 1 | 3 | 4 | 5 {
  if (isStopped(state)) return 1;
  switch (state.phase) {
    case 'idle':
      return 3;
    case 'printing':
      return 4;
    case 'warmup':
      return 5;
    case 'sleep':
      return tellsSleep ? 1 : 3;
  }
}

/** prtAlertTable's group and code (RFC 3805, IANA-PRINTER-MIB) of a trouble. */
export function alertOf(kind: TroubleKind): {
  readonly group: number;
  readonly code: number;
  readonly training: number;
} {
  switch (kind) {
    case 'coverOpen':
      return { group: 6, code: 3, training: 3 };
    case 'paperLow':
      return { group: 8, code: 807, training: 3 };
    case 'paperEmpty':
      return { group: 8, code: 808, training: 3 };
    case 'jam':
      return { group: 8, code: 8, training: 3 };
    case 'tonerLow':
      return { group: 11, code: 1104, training: 3 };
    case 'tonerEmpty':
      return { group: 11, code: 1101, training: 3 };
    case 'wasteNearlyFull':
      return { group: 11, code: 1107, training: 4 };
    case 'wasteFull':
      return { group: 11, code: 1109, training: 4 };
  }
}
