/**
 * Other walks of the captured machines, by seeds: whatever is left out, renumbered or encoded otherwise, a reading says what
 * the whole capture says or nothing. Missing is fine, contradicting and inventing is not.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Counters, Reading, Supply } from '@rsb/contract';
import type { Varbind } from '@rsb/snmp';
import { isWithin, oid } from '@rsb/snmp/oid';
import { allowedObjects } from '../src/index.ts';
import { captureNames, hasCaptures, loadCapture, loadTruth, type Truth } from './support/captures.ts';
import { replay } from './support/replay.ts';
import {
  diceOf,
  emptyDescription,
  otherNumbers,
  paddedTexts,
  renumberedDevices,
  sparseSupplies,
  thinned,
  type Variant,
} from './support/thinning.ts';

/** `RSB_SEED` tries other ways; a failure names its seed. */
const SEED = Number(process.env['RSB_SEED'] ?? 2026);
const THINNED = 12;

interface Whole {
  readonly name: string;
  readonly device: readonly Varbind[];
  readonly truth: Truth;
  readonly reading: Reading;
}

/** Of a capture, what any driver could ask: the rest changes nothing. */
function wholeOf(name: string): Whole {
  const allowed = allowedObjects();
  const device = loadCapture('printers', name).filter((one) => allowed.some((object) => isWithin(object, one.oid)));
  const reading = replay(device).interpretations[0]?.reading;
  assert.ok(reading !== undefined, name);
  return { name, device, truth: loadTruth(name), reading };
}

/** The one reading of a variant; null where too little is left to be taken for a printer. */
function readVariant({ device, done }: Variant, name: string): Reading | null {
  const { interpretations } = replay(device);
  assert.ok(interpretations.length <= 1, `${name} ${done.join(', ')}: one machine`);
  for (const { draft } of interpretations) assert.deepEqual(draft.failedBlocks, [], name);
  return interpretations[0]?.reading ?? null;
}

const folded = (value: unknown) => String(value).replace(/\s+/g, ' ').trim().toLowerCase();

const TEXTS = ['manufacturer', 'model', 'serialNumber', 'hostName', 'location', 'firmware', 'assetNumber'] as const;

/** Names that a machine tells of itself in a text of less exactness, or that two of its texts contradict each other in. */
const LESS_EXACT: Readonly<Record<string, readonly string[]>> = {
  // The series, where sysDescr is not there.
  samsung_m4080fx: ['M408x'],
  // Pieced together of two machines: the card's name of it is another's.
  'brother_nc-8300h': ['MFC-8440'],
  // The card's own host name, without the domain.
  'epson_wf-c17590': ['WF-C17590'],
};
/** Brands that only a description tells; the arc that is left is the engine's maker's. */
const ENGINE_MAKERS: Readonly<Record<string, string>> = {
  gestetner_mpc2500: 'Ricoh',
  'lanier_mp-c3501': 'Ricoh',
  'toshiba_e-studio305cs': 'Lexmark',
  utax_librenms: 'Kyocera',
};

function textFaults({ name, truth, reading: whole }: Whole, reading: Reading): readonly string[] {
  return TEXTS.flatMap((field) => {
    const got = reading.identity?.[field] ?? null;
    const judged = field === 'assetNumber' ? undefined : truth[field];
    const right = [
      ...(Array.isArray(judged) ? judged : [judged]),
      whole.identity?.[field],
      ...(LESS_EXACT[name] ?? []),
    ];
    const maker = field === 'manufacturer' && got === ENGINE_MAKERS[name];
    const fine = got === null || maker || right.some((one) => one != null && folded(one) === folded(got));
    return fine ? [] : [`${field}: ${right[0]} → ${got}`];
  });
}

/** A hardware address is one of the machine's own; which of them, the cut table may not tell. */
function macFaults({ device }: Whole, reading: Reading): readonly string[] {
  const mac = reading.identity?.macAddress?.replaceAll(':', '') ?? null;
  const column = oid('1.3.6.1.2.1.2.2.1.6');
  const own = device.some(
    ({ oid: name, value }) =>
      isWithin(column, name) && value.type === 'octets' && Buffer.from(value.value).toString('hex') === mac,
  );
  return mac === null || own ? [] : [`macAddress: ${mac} is none of its own`];
}

function countsIn(counters: Counters | undefined): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [name, value] of Object.entries(counters ?? {})) {
    if (['other', 'billing', 'lifeUnit'].includes(name) || value === null) continue;
    if (typeof value !== 'object') found.set(name, value);
    else for (const [shade, count] of Object.entries(value)) if (count !== null) found.set(`${name}.${shade}`, count);
  }
  return found;
}

function countFaults({ reading: whole }: Whole, reading: Reading): readonly string[] {
  const right = countsIn(whole.counters);
  return [...countsIn(reading.counters)].flatMap(([path, count]) =>
    right.get(path) === count ? [] : [`counters.${path}: ${right.get(path)} → ${count}`],
  );
}

function supplyFaults({ reading: whole }: Whole, reading: Reading, indexOf: Variant['supplyIndex']): readonly string[] {
  return (reading.supplies ?? []).flatMap((row) => {
    const right = whole.supplies?.find(({ index }) => index === indexOf(row.index));
    if (right === undefined) return [`supply ${row.index} is invented`];
    const faults: (keyof Supply)[] = [];
    if (row.type !== right.type && row.type !== 'other') faults.push('type');
    if (row.color !== right.color && row.color !== null) faults.push('color');
    if (row.percent !== right.percent && row.percent !== null) faults.push('percent');
    if (row.state !== right.state && row.state !== 'unknown') faults.push('state');
    return faults.map((field) => `supply ${right.description} ${field}: ${right[field]} → ${row[field]}`);
  });
}

function statusFaults({ reading: whole }: Whole, { status, kind }: Reading): readonly string[] {
  const faults: string[] = [];
  if (status !== undefined && status.state !== 'unknown' && status.state !== whole.status?.state)
    faults.push(`status: ${whole.status?.state} → ${status.state}`);
  if ((status?.errors.length ?? 0) > 0 && status?.errors.join() !== whole.status?.errors.join())
    faults.push(`errors: ${whole.status?.errors} → ${status?.errors}`);
  // What shows a function, or a machine behind a card, may be cut away; a function is never made up.
  const less = kind === 'printer' || (whole.kind === 'printer' && kind === 'printServer');
  if (kind !== whole.kind && !less) faults.push(`kind: ${whole.kind} → ${kind}`);
  return faults;
}

const faultsOf = (whole: Whole, reading: Reading, variant: Variant): readonly string[] => [
  ...textFaults(whole, reading),
  ...macFaults(whole, reading),
  ...countFaults(whole, reading),
  ...supplyFaults(whole, reading, variant.supplyIndex),
  ...statusFaults(whole, reading),
];

test('less of a machine never says other things of it', (t) => {
  if (!hasCaptures(t)) return;
  const names = captureNames('printers');
  const faults: string[] = [];
  let read = 0;
  for (const [at, name] of names.entries()) {
    const whole = wholeOf(name);
    const variants = [emptyDescription(whole.device)];
    for (let time = 0; time < THINNED; time += 1) variants.push(thinned(whole.device, diceOf(SEED + 1000 * at + time)));
    for (const [time, variant] of variants.entries()) {
      const reading = readVariant(variant, name);
      if (reading === null) continue;
      read += 1;
      for (const fault of faultsOf(whole, reading, variant))
        faults.push(`${name} (${SEED}, ${time}: ${variant.done.join(', ')}) ${fault}`);
    }
  }
  t.diagnostic(`seed ${SEED}: ${read} walks read`);
  assert.deepEqual(faults, []);
  assert.ok(read > 0.85 * names.length * (THINNED + 1), `${read} walks read`);
});

/** What a reading holds that neither numbering nor encoding may change. */
const contentOf = (reading: Reading | null) => ({
  identity: reading?.identity,
  kind: reading?.kind,
  counters: reading?.counters,
  supplies: reading?.supplies?.map(({ index: _, ...row }) => row),
  status: reading?.status,
  alerts: reading?.alerts,
});

/** Its counter tables are numbered as its rows of functions are: one of them moved alone is no machine. */
const NUMBERED_BY_ROW = new Set(['kyocera_cs-4053ci']);

test('other numbers of rows and other encodings say the same', (t) => {
  if (!hasCaptures(t)) return;
  const names = captureNames('printers');
  let same = 0;
  for (const [at, name] of names.entries()) {
    const whole = wholeOf(name);
    const dice = diceOf(SEED + at);
    const right = contentOf(whole.reading);
    for (const variant of [
      ...(NUMBERED_BY_ROW.has(name) ? [] : [renumberedDevices(whole.device)]),
      sparseSupplies(whole.device, dice),
      otherNumbers(whole.device, dice),
      paddedTexts(whole.device, dice),
    ]) {
      const got = contentOf(readVariant(variant, name));
      assert.deepEqual(got, right, `${name} (seed ${SEED}): ${variant.done.join(', ')}`);
      same += 1;
    }
  }
  assert.equal(same, 4 * names.length - NUMBERED_BY_ROW.size);
});
