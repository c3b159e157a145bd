/** Tells the open pages that something changed; what it looks like now they ask when it suits them. */

export type BoxChange =
  | { readonly kind: 'state' }
  | { readonly kind: 'device'; readonly id: string }
  | { readonly kind: 'settings' };

export interface Feed {
  publish(change: BoxChange): void;
  /** How many changes of devices were told so far. */
  told(): number;
  /** Answers how to end it. */
  subscribe(listener: (change: BoxChange) => void): () => void;
}

export function createFeed(): Feed {
  const listeners = new Set<(change: BoxChange) => void>();
  let told = 0;
  return {
    publish(change) {
      if (change.kind === 'device') told += 1;
      for (const listener of [...listeners]) listener(change);
    },
    told: () => told,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
