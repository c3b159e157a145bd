/** Progress on a terminal: one line that is written over. */
import type { CommandIo } from './io.ts';

export function progressLine({ stderr }: CommandIo) {
  let shown = '';
  return {
    show(text: string) {
      if (text === shown) return;
      stderr(`\r${text.padEnd(shown.length)}`);
      shown = text;
    },
    clear() {
      if (shown !== '') stderr(`\r${' '.repeat(shown.length)}\r`);
      shown = '';
    },
  };
}
