/** Asks a device what its driver wants to know: what most machines need first, then what the answers leave open. */
import type { Part } from '@rsb/contract';
import {
  columnsWithoutSign,
  type DriverDefinition,
  driverByMore,
  objectsOf,
  planFor,
  toldWithoutSign,
} from '@rsb/drivers';
import {
  type Allowance,
  type AskOptions,
  childOf,
  type Oid,
  type Patience,
  type SnmpEngine,
  type Target,
} from '@rsb/snmp';
import { answersAnything } from './answers-anything.ts';
import type { Gathered } from './gathered.ts';
import { type Before, isLookedFor } from './lone-objects.ts';
import { isTold } from './stored-value.ts';

export interface ReadOptions {
  readonly patience?: Patience;
  readonly signal?: AbortSignal;
  /** What the device may take of us in all; a read's usual one where nothing is said. */
  readonly allowance?: Allowance;
  /** The device may well not be there: a poll asks once, and no more where nothing comes. */
  readonly brief?: boolean;
}

/** So many objects without a gap are told by hardly any device: a first read makes sure. */
const WITHOUT_GAP = 12;
/** Each further round hangs on the one before it; no driver needs more. */
const MOST_ROUNDS = 5;

export interface AskedInRounds {
  /** In the end: a maker may be known only by what the device told meanwhile. */
  readonly driver: DriverDefinition;
  /** Objects told without their signs. */
  readonly lone: readonly Oid[];
  /** Has a value for everything: nothing of it is believed. */
  readonly anything: boolean;
}

/** `limited`: without what is not to be asked. */
export async function askInRounds(
  snmp: SnmpEngine,
  target: Target,
  first: DriverDefinition,
  parts: readonly Part[],
  gathered: Gathered,
  { before, ...options }: ReadOptions & { readonly before?: Before | undefined },
  limited: (driver: DriverDefinition) => DriverDefinition,
): Promise<AskedInRounds> {
  const known = typeof before === 'object' ? (before.lone ?? []) : [];
  let driver = first;
  let looks = true;
  let anything = false;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    looks = isLookedFor(before, driver, gathered.varbinds);
    const { get, walk } = planFor(limited(driver), parts, gathered.answers());
    const again = round === 0 && known.length > 0 ? known.filter(isIn(planFor(limited(driver), parts).get)) : [];
    // Which signs are told is known only when the rows are walked.
    const lone = () => (looks ? columnsWithoutSign(limited(driver), parts, gathered.answers()) : []);
    const isDoubted = () =>
      looks && round === 0 && gathered.varbinds.length >= WITHOUT_GAP && gathered.varbinds.every(isTold);
    const isLying = async () => {
      anything = isDoubted() && (await answersAnything(snmp, target, gathered, wireOptions(options)));
      return anything;
    };
    const plan = { get: [...new Set([...get, ...again])], walk, lone, isLying };
    const asked = await ask(snmp, target, plan, driver, gathered, options);
    driver = driverByMore(driver, gathered.answers());
    // What tells rows without an end is asked nothing that hangs on them.
    if (!asked || gathered.failed.some(({ code }) => code === 'answerTruncated')) break;
  }
  driver = limited(driver);
  return { driver, anything, lone: looks ? toldWithoutSign(driver, gathered.answers()) : known };
}

const isIn = (names: readonly Oid[]) => {
  const set = new Set(names);
  return (name: Oid) => set.has(name);
};

const wireOptions = ({ patience, signal, allowance }: ReadOptions): AskOptions => ({
  ...(patience ? { patience } : {}),
  ...(signal ? { signal } : {}),
  ...(allowance ? { allowance } : {}),
});

const isOfTable = (column: Oid, name: Oid): boolean => name.startsWith(column.slice(0, column.lastIndexOf('.') + 1));

interface RoundPlan {
  readonly get: readonly Oid[];
  readonly walk: readonly Oid[];
  readonly lone: () => readonly Oid[];
  readonly isLying: () => Promise<boolean>;
}

/**
 * GET first: its answers alone already make most of a reading when the device goes silent in between. False where there is
 * nothing more to ask.
 */
async function ask(
  snmp: SnmpEngine,
  target: Target,
  plan: RoundPlan,
  driver: DriverDefinition,
  gathered: Gathered,
  asking: ReadOptions,
): Promise<boolean> {
  const options = wireOptions(asking);
  const get = plan.get.filter((object) => !gathered.asked(object));
  const isOpen = (column: Oid) => !gathered.asked(column);
  const rows = plan.walk.filter(isOpen);
  if (get.length > 0) {
    const answer = await snmp.get(target, get, options);
    gathered.addGet(get, answer);
    if (answer.varbinds.length === 0 && answer.failure?.kind === 'timeout') {
      gathered.addSilence(rows);
      return false;
    }
  }
  if (await plan.isLying()) return false;
  const walk = [...rows, ...plan.lone().filter((column) => isOpen(column) && !rows.includes(column))];
  if (walk.length > 0) {
    const hasRows = walk.filter((column) =>
      gathered.varbinds.some((told) => isTold(told) && isOfTable(column, told.oid)),
    );
    const likelyRows = objectsOf(driver).flatMap(({ oid, usualRow }) =>
      usualRow !== undefined && walk.includes(oid) ? [childOf(oid, usualRow)] : [],
    );
    gathered.addWalk(walk, await snmp.walk(target, walk, { ...options, hasRows, likelyRows }));
  }
  return get.length + walk.length > 0;
}
