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
        ? last.column === column && isSuccessor(last.name, name)
        : last.column === column || isSuccessor(last.column, column));
    if (isNext) runs.at(-1)?.push(name);
    else runs.push([name]);
    last = { name, column };
  }
  return runs.filter((run) => run.length > 1);
}

/** The next number at the same place: nothing lies between. */
function isSuccessor(one: Oid, other: Oid): boolean {
  const [dot, otherDot] = [one.lastIndexOf('.'), other.lastIndexOf('.')];
  if (dot !== otherDot || !other.startsWith(one.slice(0, dot + 1))) return false;
  return Number(other.slice(dot + 1)) === Number(one.slice(dot + 1)) + 1;
}
