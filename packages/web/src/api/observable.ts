/** A value that pages watch: the smallest store that hooks need. */
import { useEffect, useState } from 'preact/hooks';

export interface Observable<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

export interface Cell<T> extends Observable<T> {
  set(value: T): void;
}

export function cellOf<T>(first: T): Cell<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useObservable<T>(source: Observable<T>): T {
  const [, redraw] = useState<T>(source.get);
  useEffect(() => {
    redraw(() => source.get());
    return source.subscribe(() => redraw(() => source.get()));
  }, [source]);
  return source.get();
}
