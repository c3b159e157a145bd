/** Plays a capture as the box would ask it, without a network: identifying GET, second look, plan, interpretation. */
import assert from 'node:assert/strict';
import { PARTS, type Part } from '@rsb/contract';
import type { Oid, Varbind } from '@rsb/snmp';
import {
  type Answers,
  answersOf,
  columnsWithoutSign,
  countsOf,
  driverByMore,
  type FailedObject,
  IDENTIFYING,
  type Identification,
  type Interpretation,
  identify,
  interpretInDetail,
  planFor,
} from '../../src/index.ts';

export interface Replay {
  readonly identification: Identification;
  readonly looks: 1 | 2;
  /** All that was asked: instances by GET, columns by walk. */
  readonly asked: readonly Oid[];
  readonly interpretations: readonly Interpretation[];
}

export interface ReplayOptions {
  readonly parts?: readonly Part[];
  readonly address?: string;
  readonly failed?: readonly FailedObject[];
}

/** Answers of a device that holds `varbinds` and is asked for `objects`, instances or columns. */
export function ask(
  varbinds: readonly Varbind[],
  objects: readonly Oid[],
  failed: readonly FailedObject[] = [],
): Answers {
  const wanted = new Set(objects);
  return answersOf(
    varbinds.filter(({ oid }) => wanted.has(oid) || isBelow(wanted, oid)),
    { asked: objects, failed },
  );
}

/** Whether an object above it was asked whole. */
function isBelow(asked: ReadonlySet<Oid>, name: Oid): boolean {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    if (asked.has(name.slice(0, dot) as Oid)) return true;
  }
  return false;
}

export function replay(
  varbinds: readonly Varbind[],
  { parts = PARTS, address = '127.0.0.1', failed = [] }: ReplayOptions = {},
): Replay {
  let asked: readonly Oid[] = IDENTIFYING;
  let known = ask(varbinds, asked);
  let identification = identify(known);
  const looks = identification.verdict === 'unsure' ? 2 : 1;
  if (looks === 2) {
    asked = [...asked, ...identification.secondLook];
    known = ask(varbinds, asked);
    identification = identify(known);
  }
  let { driver } = identification;
  if (identification.verdict !== 'printer' || driver === null)
    return { identification, looks, asked, interpretations: [] };
  let answers = failed.length > 0 ? ask(varbinds, asked, failed) : known;
  for (let round = 0; round < 5; round += 1) {
    const plan = planFor(driver, parts, answers);
    const before = new Set(asked);
    const lone = columnsWithoutSign(driver, parts, answers);
    const more = [...plan.get, ...plan.walk, ...lone].filter((name) => !before.has(name) && !isBelow(before, name));
    if (more.length === 0) break;
    asked = [...asked, ...more];
    answers = ask(varbinds, asked, failed);
    driver = driverByMore(driver, answers);
  }
  const interpretations = interpretInDetail({
    driver,
    answers,
    asked: parts,
    address,
    port: 161,
    takenAt: '2026-11-24T08:00:00Z',
  });
  for (const { draft } of interpretations) {
    const beyond: readonly string[] = [...draft.counts.keys()].filter((path) => !countsOf(driver).includes(path));
    assert.deepEqual(beyond, [], `${driver.name} tells counts that no block of it says to fill`);
  }
  return { identification, looks, asked, interpretations };
}
