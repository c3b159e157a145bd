/**
 * What the records of Brother's maintenance object mean: which supply, and how much of it is left. Records of states and
 * thresholds whose subject is not settled (35, 36, 54, 55, 62, 66–68, 76–78, 7f, 85–89) are no supplies of their own.
 */
import type { SupplyColor, SupplyState, SupplyType } from '@rsb/contract';
import { stateOfPercent } from '../../blocks/supply-level.ts';
import { type BrotherRecords, unsignedOf } from './records.ts';

export interface BrotherPart {
  /** `mark` is toner or ink, by the machine. */
  readonly type: 'mark' | SupplyType;
  readonly color: SupplyColor | null;
  /** What the standard table calls it, where type and color do not tell. */
  readonly named?: RegExp;
  /** Its name where the device tells none and type and color do not tell. */
  readonly name?: string;
  /** Records of what is left, best first: hundredths of a percent, or twentieths of the part. */
  readonly left: readonly number[];
  /** Whole percent, rounded up to tens on laser machines: only where nothing better is told. */
  readonly coarse?: number;
  /** 1 good, 2 low. */
  readonly state?: number;
  /** Drums: 1 good, 3 to be replaced. */
  readonly drumState?: number;
  /** Pages left in the next-care object, and pages used in the maintenance object. */
  readonly pages?: { readonly left: number; readonly used: number };
}

const mark = (color: SupplyColor, left: readonly number[], coarse: number, state: number): BrotherPart => ({
  type: 'mark',
  color,
  left,
  coarse,
  state,
});
const drum = (color: SupplyColor, left: number, pagesLeft: number, used: number): BrotherPart => ({
  type: 'drum',
  color,
  left: [left],
  pages: { left: pagesLeft, used },
});

export const BROTHER_PARTS: readonly BrotherPart[] = [
  mark('black', [0x6f, 0xa1], 0x81, 0x31),
  mark('cyan', [0x70, 0xa2], 0x82, 0x32),
  mark('magenta', [0x71, 0xa3], 0x83, 0x33),
  mark('yellow', [0x72, 0xa4], 0x84, 0x34),
  { type: 'drum', color: null, left: [0x41], drumState: 0x63, pages: { left: 0x82, used: 0x11 } },
  drum('black', 0x80, 0xa4, 0x7e),
  drum('cyan', 0x79, 0xa5, 0x73),
  drum('magenta', 0x7a, 0xa6, 0x74),
  drum('yellow', 0x7b, 0xa7, 0x75),
  { type: 'transfer', color: null, left: [0x69] },
  { type: 'fuser', color: null, left: [0x6a] },
  { type: 'other', color: null, left: [0x6b], named: /\blaser\b/i, name: 'Laser unit' },
  {
    type: 'maintenance',
    color: null,
    left: [0x6d],
    named: /\bPF ?kit ?(?:1|tray ?1|T1)\b/i,
    name: 'Paper feeding kit 1',
  },
  { type: 'maintenance', color: null, left: [0x6c], named: /\bPF ?kit ?MP/i, name: 'Paper feeding kit MP' },
];

export interface PartLevel {
  readonly percent: number | null;
  readonly state: SupplyState;
  /** As told: percent of 100, or twentieths. */
  readonly level: number | null;
  readonly capacity: number | null;
  readonly from: 'left' | 'pages' | 'coarse' | 'state';
}

/** Null where no record tells of the part: then it is not built in. */
export function partLevelOf(
  part: BrotherPart,
  maintenance: BrotherRecords,
  nextCare: BrotherRecords,
): PartLevel | null {
  const { type } = part;
  const known = (percent: number, level: number, capacity: number, from: PartLevel['from']): PartLevel => ({
    percent,
    state: stateOfPercent(type === 'mark' ? 'toner' : type, percent),
    level,
    capacity,
    from,
  });
  for (const id of part.left) {
    const octets = maintenance.get(id);
    const fraction = octets === undefined ? null : fractionOf(octets);
    if (fraction === null) continue;
    const percent = Math.round((100 * fraction.left) / fraction.of);
    return fraction.of === HUNDREDTHS
      ? known(percent, percent, 100, 'left')
      : known(percent, fraction.left, fraction.of, 'left');
  }
  const pagesLeft = countAt(nextCare, part.pages?.left);
  const used = countAt(maintenance, part.pages?.used);
  if (pagesLeft !== null && used !== null && pagesLeft + used > 0)
    return known(Math.round((100 * pagesLeft) / (pagesLeft + used)), pagesLeft, pagesLeft + used, 'pages');
  const coarse = countAt(maintenance, part.coarse);
  if (coarse !== null && coarse <= 100) return known(coarse, coarse, 100, 'coarse');
  const state = stateFrom(countAt(maintenance, part.state), countAt(maintenance, part.drumState));
  const mentioned = part.left.some((id) => maintenance.has(id)) || state !== null;
  return mentioned ? { percent: null, state: state ?? 'unknown', level: null, capacity: null, from: 'state' } : null;
}

const HUNDREDTHS = 10_000;

/** Four octets are hundredths of a percent, two are what is left and of how much; one octet is a state, no level. */
function fractionOf(octets: Uint8Array): { readonly left: number; readonly of: number } | null {
  const [left = 0, of = 0] = octets;
  const fraction =
    octets.length === 4
      ? { left: Number(unsignedOf(octets)), of: HUNDREDTHS }
      : octets.length === 2
        ? { left, of }
        : null;
  return fraction !== null && fraction.of > 0 && fraction.left <= fraction.of ? fraction : null;
}

function countAt(records: BrotherRecords, id: number | undefined): number | null {
  const octets = id === undefined ? undefined : records.get(id);
  return octets === undefined || octets.length > 4 ? null : Number(unsignedOf(octets));
}

function stateFrom(state: number | null, drumState: number | null): SupplyState | null {
  if (state === 1 || drumState === 1) return 'ok';
  if (state === 2) return 'low';
  return drumState === 3 ? 'empty' : state === null && drumState === null ? null : 'unknown';
}
