/** What this browser, or one tab of it, remembers for the reader: theme, language, columns, filters. Never a secret. */

export interface Memory {
  load(key: string): string | null;
  save(key: string, value: string): void;
  forget(key: string): void;
}

/** Storage may be switched off or full: then nothing is remembered, and everything else works. */
const memoryIn = (storage: () => Storage): Memory => ({
  load: (key) => {
    try {
      return storage().getItem(key);
    } catch {
      return null;
    }
  },
  save: (key, value) => {
    try {
      storage().setItem(key, value);
    } catch {
      return;
    }
  },
  forget: (key) => {
    try {
      storage().removeItem(key);
    } catch {
      return;
    }
  },
});

export const browserMemory: Memory = memoryIn(() => localStorage);
export const tabMemory: Memory = memoryIn(() => sessionStorage);
