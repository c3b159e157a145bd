/** What this browser remembers for the reader: theme, language, columns. Never a secret. */

export interface Memory {
  load(key: string): string | null;
  save(key: string, value: string): void;
  forget(key: string): void;
}

/** Storage may be switched off or full: then nothing is remembered, and everything else works. */
export const browserMemory: Memory = {
  load: (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  save: (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      return;
    }
  },
  forget: (key) => {
    try {
      localStorage.removeItem(key);
    } catch {
      return;
    }
  },
};
