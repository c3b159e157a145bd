/** Which instances followed each other when the device was walked: a poll asks such a run by few names. */
import { compareOid, instanceOf, type Oid } from '@rsb/snmp';

/**
 * `walked`: columns whose end was seen, with nothing between their rows that is not in `told`. A column's first row
 * follows the last row of the column before it. `asked`: what polls ask.
 */
export function learnRuns(
  walked: readonly Oid[],
  told: readonly Oid[],
  asked: ReadonlySet<Oid>,
): readonly (readonly Oid[])[] {
  const inOrder = walked.toSorted(compareOid);
  const columnOf = (name: Oid) => inOrder.find((column) => instanceOf(column, name) !== undefined);
  const runs: Oid[][] = [];
  let last: { readonly name: Oid; readonly column: Oid | undefined } | null = null;
  for (const name of told.toSorted(compareOid)) {
    const column = columnOf(name);
    if (!asked.has(name)) {
      last = null;
      continue;
    }
    const isNext: boolean =
      last !== null &&
      (last.column === undefined || column === undefined
        ? last.column === column && (isSuccessor(last.name, name) || isNextColumn(last.name, name))
        : last.column === column || isSuccessor(last.column, column));
    if (isNext) runs.at(-1)?.push(name);
    else runs.push([name]);
    last = { name, column };
  }
  return runs.filter((run) => run.length > 1);
}

/** Without what was only thought to follow: the next column's cell, where the column has further rows after all. */
export function runsByRow(runs: readonly (readonly Oid[])[]): readonly (readonly Oid[])[] {
  return runs
    .flatMap((run) => {
      const parts: Oid[][] = [];
      for (const name of run) {
        const last = parts.at(-1)?.at(-1);
        if (last !== undefined && !isNextColumn(last, name)) parts.at(-1)?.push(name);
        else parts.push([name]);
      }
      return parts;
    })
    .filter((run) => run.length > 1);
}

/** The same row of the next column, or the next scalar: as a rule nothing lies between, as most such tables have one row. */
function isNextColumn(one: Oid, other: Oid): boolean {
  const [arcs, others] = [one.split('.'), other.split('.')];
  if (arcs.length !== others.length) return false;
  const at = arcs.findIndex((arc, index) => arc !== others[index]);
  const rest = arcs.slice(at + 1);
  return (
    at > 0 &&
    rest.length > 0 &&
    rest.length <= MOST_INDEX_ARCS &&
    Number(others[at]) === Number(arcs[at]) + 1 &&
    rest.every((arc, index) => arc === others[at + 1 + index])
  );
}

/** Arcs of a row's index: hrDeviceIndex and a number of its own. */
const MOST_INDEX_ARCS = 2;

/** The next number at the same place: nothing lies between. */
function isSuccessor(one: Oid, other: Oid): boolean {
  const [dot, otherDot] = [one.lastIndexOf('.'), other.lastIndexOf('.')];
  if (dot !== otherDot || !other.startsWith(one.slice(0, dot + 1))) return false;
  return Number(other.slice(dot + 1)) === Number(one.slice(dot + 1)) + 1;
}
