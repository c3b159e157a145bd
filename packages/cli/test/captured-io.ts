/** A terminal that a test can read. */
import type { CommandIo } from '../src/io.ts';

export interface CapturedIo extends CommandIo {
  readonly out: () => string;
  readonly err: () => string;
  /** What was printed on stdout, as JSON, line by line: throws where something else is among it. */
  readonly lines: () => readonly Record<string, unknown>[];
}

export function capturedIo(more: Partial<CommandIo> = {}): CapturedIo {
  let out = '';
  let err = '';
  return {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    env: process.env,
    locale: 'en',
    signal: new AbortController().signal,
    interactive: false,
    ...more,
    out: () => out,
    err: () => err,
    lines: () =>
      out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

/** A member that is an object itself; an empty one where it is missing, so that the next assertion says what is not there. */
export const within = (line: Readonly<Record<string, unknown>> | undefined, name: string): Record<string, unknown> => ({
  ...(line?.[name] as Record<string, unknown> | undefined),
});
