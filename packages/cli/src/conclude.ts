/** How asking one device ended: the exit code, and for people the sentence that says why there is no reading. */
import { ERROR_CODES, type ErrorCode, type Reading } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import { unreachable } from '@rsb/runtime';
import { type CommandIo, EXIT, type ExitCode } from './io.ts';

export function conclude({ completeness, address, port }: Reading, { stderr, locale }: CommandIo): ExitCode {
  switch (completeness.state) {
    case 'complete':
    case 'partial':
      return EXIT.done;
    case 'notPrinter': {
      const reason = reasonOf(completeness);
      const words =
        reason === 'notPrinter'
          ? m.cli_read_not_printer({ address }, { locale })
          : `${address}: ${wordFault({ code: reason, params: {} }, locale)}`;
      stderr(`rsb: ${words}\n`);
      return EXIT.notPrinter;
    }
    case 'refused':
      stderr(`rsb: ${address}: ${wordFault({ code: reasonOf(completeness), params: {} }, locale)}\n`);
      return EXIT.noAnswer;
    case 'unreachable':
      stderr(`rsb: ${m.cli_read_no_answer({ address, port }, { locale })}\n`);
      return EXIT.noAnswer;
    default:
      return unreachable(completeness.state);
  }
}

/** A refusal has one reason, the same for every part. */
function reasonOf({ reasons }: Reading['completeness']): ErrorCode {
  const [reason] = Object.values(reasons);
  return ERROR_CODES.find((code) => code === reason) ?? 'partRefused';
}
