/** Tells the open pages that something changed; what it looks like now they ask when it suits them. */
import type { Random } from '@rsb/runtime';

export type BoxChange =
  | { readonly kind: 'state' }
  | { readonly kind: 'device'; readonly id: string }
  | { readonly kind: 'settings' };

export interface Feed {
  publish(change: BoxChange): void;
  /** How many changes of devices were told so far. */
  told(): number;
  /** A name of this moment: whoever gives it back learns what changed since. */
  mark(): string;
  /** Devices that changed since; null where that is not known: another process, too long ago, or too many to tell one by one. */
  changedSince(mark: string): readonly string[] | null;
  /** Answers how to end it. */
  subscribe(listener: (change: BoxChange) => void): () => void;
}

/** Beyond so many changed devices the whole list costs less than they would one by one. */
const MOST_CHANGED = 500;

/** `most`: of how many devices the last change is remembered. */
export function createFeed(random: Pick<Random, 'bytes'>, most = MOST_CHANGED): Feed {
  const listeners = new Set<(change: BoxChange) => void>();
  // Counting begins anew with each process: marks of another one say nothing here.
  const name = Buffer.from(random.bytes(6)).toString('hex');
  /** Device → number of its last change, the longest ago first. */
  const lastChanges = new Map<string, number>();
  let told = 0;
  /** Changes up to this number may have been forgotten. */
  let forgotten = 0;
  const note = (id: string) => {
    told += 1;
    lastChanges.delete(id);
    lastChanges.set(id, told);
    const [oldest] = lastChanges;
    if (lastChanges.size <= most || !oldest) return;
    lastChanges.delete(oldest[0]);
    forgotten = oldest[1];
  };
  return {
    publish(change) {
      if (change.kind === 'device') note(change.id);
      for (const listener of [...listeners]) listener(change);
    },
    told: () => told,
    mark: () => `${name}-${told}`,
    changedSince(mark) {
      const [, of, number] = /^([0-9a-f]+)-(\d{1,15})$/.exec(mark) ?? [];
      const since = Number(number);
      if (of !== name || since < forgotten || since > told) return null;
      return [...lastChanges].filter(([, change]) => change > since).map(([id]) => id);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
