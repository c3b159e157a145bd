/** What a subcommand may touch of the terminal: passed in, so that a test can hold it. */
import type { Locale } from '@rsb/messages';

export interface CommandIo {
  /** Results. With `--json` nothing else is printed here. */
  readonly stdout: (text: string) => void;
  /** Words for people: progress, warnings, errors. */
  readonly stderr: (text: string) => void;
  readonly env: NodeJS.ProcessEnv;
  readonly locale: Locale;
  /** Aborted by SIGINT and SIGTERM: the command cleans up and returns. */
  readonly signal: AbortSignal;
  /** Whether stderr is a terminal, for progress that rewrites its line. */
  readonly interactive: boolean;
}

/** Exit codes of every subcommand (CONTRACT §5). */
export const EXIT = { done: 0, failed: 1, usage: 2, notPrinter: 3, noAnswer: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type Command = (args: readonly string[], io: CommandIo) => Promise<ExitCode>;
