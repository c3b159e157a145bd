/** Answers to readings: each block adds what it knows, the device's own sums are held against it, and the rest is said to be missing. */
import {
  CONTRACT_VERSION,
  type CounterSplit,
  type Counters,
  type DeviceKind,
  type Identity,
  type Provenance,
  type Reading,
} from '@rsb/contract';
import { isMacAgain } from '../blocks/serial-number.ts';
import { shorten } from '../blocks/text.ts';
import type { InterpretInput } from '../definition.ts';
import { Draft, type SplitName } from '../draft.ts';
import { textsNotAsked } from '../plan/groups.ts';
import { BRANDS } from '../registry.ts';
import { completenessOf } from './completeness.ts';
import { checkSums } from './sums.ts';
import { printerUnits } from './units.ts';

export interface Interpretation {
  readonly reading: Reading;
  /** The draft behind it: what was passed over or rejected, for `--explain`. */
  readonly draft: Draft;
}

/** Pure and total: whatever the device answered, there is a reading that says what is missing. */
export const interpret = (input: InterpretInput): readonly Reading[] =>
  interpretInDetail(input).map(({ reading }) => reading);

export function interpretInDetail(input: InterpretInput): readonly Interpretation[] {
  const units = printerUnits(input.answers);
  return units.map((unit) => {
    const draft = draftOf(input, unit, units.length === 1);
    return { reading: readingOf(input, unit, draft), draft };
  });
}

function draftOf({ driver, answers, address }: InterpretInput, unit: number, alone: boolean): Draft {
  const draft = new Draft({ unit, alone, address, ownBrands: driver.brands, allBrands: BRANDS });
  for (const block of driver.blocks) {
    try {
      block.read(answers, draft);
    } catch (error) {
      // A mistake in one block must not cost the rest of a customer's reading; tests hold that none is thrown.
      draft.failedBlocks.push({ block: block.name, error: String(error) });
      for (const part of new Set(block.asks.map((object) => object.part))) draft.untold(part, 'answerMalformed');
    }
  }
  for (const path of textsNotAsked(driver)) draft.forget(path);
  checkSums(draft);
  const serial = draft.textOf('identity.serialNumber');
  const mac = draft.textOf('identity.macAddress');
  if (serial !== null && mac !== null && isMacAgain(serial, mac)) {
    draft.withdraw('identity.serialNumber', 'notTold', 'the hardware address again');
  }
  return draft;
}

function readingOf(input: InterpretInput, unit: number, draft: Draft): Reading {
  const { driver, answers, asked, address, port, takenAt } = input;
  const wants = (part: (typeof asked)[number]) => asked.includes(part);
  const identity = identityOf(draft);
  return {
    contract: CONTRACT_VERSION,
    address,
    port,
    unit: { hrDeviceIndex: unit },
    takenAt,
    kind: wants('identity') ? kindOf(draft) : null,
    asked: [...asked],
    ...(wants('identity') ? { identity } : {}),
    ...(wants('counters') ? { counters: countersOf(draft) } : {}),
    ...(wants('supplies') ? { supplies: draft.supplies.slice(0, MOST_ROWS) } : {}),
    ...(wants('status') ? { status: draft.status } : {}),
    ...(wants('alerts') ? { alerts: draft.alerts.slice(0, MOST_ROWS) } : {}),
    driver: { name: driver.name, version: driver.version, generic: driver.generic === true },
    provenance: provenanceOf(input, draft),
    completeness: completenessOf(driver, answers, asked, draft),
  };
}

/** What the contract takes of supplies, alerts and objects behind one value. */
const MOST_ROWS = 200;

/** Strongest word first: a label printer that scans is a label printer still. */
const KINDS: readonly DeviceKind[] = ['labelPrinter', 'mfp', 'printServer', 'printer'];

const kindOf = (draft: Draft): DeviceKind =>
  KINDS.find((kind) => draft.kinds.some((claim) => claim.kind === kind)) ?? 'printer';

function identityOf(draft: Draft): Identity {
  const at = (field: keyof Identity) => {
    const text = draft.textOf(`identity.${field}`);
    return text === null ? null : shorten(text);
  };
  return {
    manufacturer: at('manufacturer'),
    model: at('model'),
    serialNumber: at('serialNumber'),
    macAddress: at('macAddress'),
    hostName: at('hostName'),
    location: at('location'),
    assetNumber: at('assetNumber'),
    firmware: at('firmware'),
    sysObjectId: at('sysObjectId'),
  };
}

function countersOf(draft: Draft): Counters {
  const split = (name: SplitName): CounterSplit => ({
    all: draft.countOf(`counters.${name}.all`),
    mono: draft.countOf(`counters.${name}.mono`),
    color: draft.countOf(`counters.${name}.color`),
  });
  const life = draft.countOf('counters.life');
  const vendorLife = draft.countOf('counters.vendorLife');
  const total = split('total');
  const hasTotal = total.all !== null || (total.mono !== null && total.color !== null);
  return {
    life,
    lifeUnit: life === null ? null : draft.lifeUnit,
    vendorLife,
    billing: hasTotal ? 'total' : vendorLife !== null ? 'vendorLife' : life !== null ? 'life' : null,
    total,
    print: split('print'),
    copy: split('copy'),
    fax: split('fax'),
    scan: split('scan'),
    duplex: draft.countOf('counters.duplex'),
    largeFormat: draft.countOf('counters.largeFormat'),
    other: draft.others,
  };
}

function provenanceOf({ asked }: InterpretInput, draft: Draft): Provenance {
  const wanted = (path: string) => asked.some((part) => path.startsWith(`${part}.`));
  const provenance: Provenance = {};
  for (const [path, { source }] of [...draft.texts, ...draft.counts]) {
    if (!wanted(path)) continue;
    const { oids, how, evidence, check } = source;
    provenance[path] = { oids: oids.slice(0, MOST_ROWS), how, evidence, ...(check === undefined ? {} : { check }) };
  }
  for (const [path, entry] of draft.provenanceOfLists) {
    if (wanted(path)) provenance[path] = { ...entry, oids: entry.oids.slice(0, MOST_ROWS) };
  }
  return provenance;
}
