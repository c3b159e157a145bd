/** What `rsb test` found out, in words: a line for each thing that was tried, then the cause. */
import type { AttemptFinding, Diagnosis, PingFinding, PortState } from '@rsb/box/discover/index';
import { type Locale, m } from '@rsb/messages';
import { unreachable } from '@rsb/runtime';

export function wordDiagnosis(diagnosis: Diagnosis, locale: Locale): string {
  const { ping, attempts, udpPort, port, echoFiltered, cost } = diagnosis;
  const count = Math.max(0, ...attempts.map(({ community }) => community));
  const lines = [
    wordPing(ping, locale),
    ...attempts.map((attempt) =>
      m.cli_test_attempt(
        { version: attempt.version, number: attempt.community, count, result: wordResult(attempt, locale) },
        { locale },
      ),
    ),
    ...(udpPort ? [wordPort(udpPort, port, locale)] : []),
    '',
    wordCause(diagnosis, locale),
    ...(echoFiltered ? [m.cli_test_echo_filtered({}, { locale })] : []),
    m.cli_test_cost({ packets: cost.packets, bytes: cost.bytes }, { locale }),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function wordPing({ state, roundTrip }: PingFinding, locale: Locale): string {
  switch (state) {
    case 'answers': {
      const time = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }).format(roundTrip ?? 0);
      return m.cli_test_ping_answers({ time }, { locale });
    }
    case 'silent':
      return m.cli_test_ping_silent({}, { locale });
    case 'unknown':
      return m.cli_test_ping_unknown({}, { locale });
    default:
      return unreachable(state);
  }
}

function wordResult({ state, detail }: AttemptFinding, locale: Locale): string {
  const words = {
    printer: m.cli_test_result_printer,
    notPrinter: m.cli_test_result_not_printer,
    showsNothing: m.cli_test_result_shows_nothing,
    refused: m.cli_test_result_refused,
    malformed: m.cli_test_result_malformed,
    silent: m.cli_test_result_silent,
    unreachable: m.cli_test_result_unreachable,
  }[state];
  return words({ detail: detail ?? '' }, { locale });
}

function wordPort(state: PortState, port: number, locale: Locale): string {
  const words = {
    closed: m.cli_test_port_closed,
    prohibited: m.cli_test_port_prohibited,
    answers: m.cli_test_port_answers,
    silent: m.cli_test_port_silent,
  }[state];
  return words({ port: String(port) }, { locale });
}

function wordCause({ cause, driver, address, port }: Diagnosis, locale: Locale): string {
  if (cause === 'printer') {
    if (!driver || driver.generic) return m.cli_test_cause_printer_generic({}, { locale });
    return m.cli_test_cause_printer({ driver: driver.name }, { locale });
  }
  const words = {
    notPrinter: m.cli_test_cause_not_printer,
    showsNothing: m.cli_test_cause_shows_nothing,
    refused: m.cli_test_cause_refused,
    malformed: m.cli_test_cause_malformed,
    portClosed: m.cli_test_cause_port_closed,
    prohibited: m.cli_test_cause_prohibited,
    lossy: m.cli_test_cause_lossy,
    snmpSilent: m.cli_test_cause_snmp_silent,
    silent: m.cli_test_cause_silent,
    silentUnpinged: m.cli_test_cause_silent_unpinged,
    unreachable: m.cli_test_cause_unreachable,
    aborted: m.cli_test_cause_aborted,
  }[cause];
  return words({ address, port: String(port) }, { locale });
}
