/** Options of the subcommands: parsed strictly, a mistake is exit 2 with a sentence that says what to type. */

import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { type ErrorCode, type Fault, fault } from '@rsb/contract';
import { wordFault } from '@rsb/messages/fault';
import { failure, type Outcome, success } from '@rsb/runtime';
import { type CommandIo, EXIT, type ExitCode } from './io.ts';

type Parsed<T extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>
>;

export function parseOptions<const T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
): Outcome<Parsed<T>, Fault> {
  try {
    return success(parseArgs({ args: [...args], options, allowPositionals: true, strict: true }));
  } catch (error) {
    return failure(fault('usage', { detail: error instanceof Error ? error.message : String(error) }));
  }
}

/** A whole number within bounds, e.g. a port. */
export function parseWhole(name: string, text: string, least: number, most: number): Outcome<number, Fault> {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return success(value);
  return failure(fault('usage', { detail: `--${name} ${text}: ${least} … ${most}` }));
}

/** Faults of what was typed, or of a place that the caller named: wrong use. All others are failures inside. */
const WRONG_USE: ReadonlySet<ErrorCode> = new Set([
  'usage',
  'portTaken',
  'rangeInvalid',
  'rangeTooLarge',
  'rangeOverlap',
  'fileUnusable',
  'certificateInvalid',
  'urlInvalid',
]);

/** Says the fault on stderr and gives the exit code that goes with it. */
export function refuse(io: CommandIo, problem: Fault): ExitCode {
  io.stderr(`rsb: ${wordFault(problem, io.locale)}\n`);
  return WRONG_USE.has(problem.code) ? EXIT.usage : EXIT.failed;
}

/** `refuse` for a command that shows its options where they were typed wrong. */
export const misuseOf =
  (io: CommandIo, usage: string) =>
  (problem: Fault): ExitCode => {
    const code = refuse(io, problem);
    if (problem.code === 'usage') io.stderr(`\n${usage}\n`);
    return code;
  };
