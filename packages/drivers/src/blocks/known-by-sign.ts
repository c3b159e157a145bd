/** Objects that a machine has together or not at all: most are asked only of a machine that told one of them, the sign. */
import type { Answers, AskedObject } from '../definition.ts';

/** `signs` are asked of every machine; `others` where one of these was told. */
export function knownBySign(signs: readonly AskedObject[], others: readonly AskedObject[]): readonly AskedObject[] {
  const isSeen = (known: Answers) =>
    signs.some(({ oid, instances = [] }) => instances.some((instance) => known.value(oid, instance) !== undefined));
  const whereSeen = (object: AskedObject): AskedObject => ({
    ...object,
    when: (known) => isSeen(known) && (object.when?.(known) ?? true),
  });
  return [...signs, ...others.map(whereSeen)];
}
