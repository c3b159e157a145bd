/** Objects that a machine has together or not at all: most are asked only of a machine that told one of them, the sign. */
import type { AskedObject } from '../definition.ts';

/**
 * `signs` are asked of every machine; `others` where one of these was told, and where none was a single time in a
 * machine's life, since each of them says something by itself.
 */
export function knownBySign(signs: readonly AskedObject[], others: readonly AskedObject[]): readonly AskedObject[] {
  const cells = cellsOf(signs);
  return [...signs, ...others.map((object) => ({ ...object, signs: cells }))];
}

/** `others` say nothing without one of `first`: they are never asked without it. */
export function saidBeside(first: readonly AskedObject[], others: readonly AskedObject[]): readonly AskedObject[] {
  const cells = cellsOf(first);
  const isSeen: AskedObject['when'] = (known) =>
    cells.some(({ object, instance }) => known.value(object, instance) !== undefined);
  return [...first, ...others.map((object): AskedObject => ({ ...object, when: isSeen }))];
}

const cellsOf = (objects: readonly AskedObject[]) =>
  objects.flatMap(({ oid, instances = [] }) => instances.map((instance) => ({ object: oid, instance })));
