/** What a test of one address found out, in words: a line for each thing that was tried, then the cause. */
import type { AttemptView, DiagnosisView } from '@rsb/contract';
import * as m from '../generated/messages.js';
import type { Locale } from './locale.ts';

export interface WordedDiagnosis {
  /** What was tried, in this order, and what came back. */
  readonly tried: readonly string[];
  readonly cause: string;
  /** What else there is to say. */
  readonly notes: readonly string[];
}

export function wordDiagnosis(diagnosis: DiagnosisView, locale: Locale): WordedDiagnosis {
  const { ping, attempts, udpPort, port, echoFiltered, wire } = diagnosis;
  const count = Math.max(0, ...attempts.map(({ community }) => community));
  return {
    tried: [
      wordPing(ping, locale),
      ...attempts.map((attempt) => wordAttempt(attempt, count, locale)),
      ...(udpPort ? [wordPort(udpPort, port, locale)] : []),
    ],
    cause: wordCause(diagnosis, locale),
    notes: [
      ...(echoFiltered ? [m.test_echo_filtered({}, { locale })] : []),
      m.test_cost({ packets: wire.packets, bytes: wire.bytes }, { locale }),
    ],
  };
}

function wordPing({ state, roundTrip }: DiagnosisView['ping'], locale: Locale): string {
  if (state === 'silent') return m.test_ping_silent({}, { locale });
  if (state === 'unknown') return m.test_ping_unknown({}, { locale });
  const time = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }).format(roundTrip ?? 0);
  return m.test_ping_answers({ time }, { locale });
}

function wordAttempt({ version, community, user, state, detail }: AttemptView, count: number, locale: Locale): string {
  const words = {
    printer: m.test_result_printer,
    notPrinter: m.test_result_not_printer,
    answersAnything: m.test_result_answers_anything,
    showsNothing: m.test_result_shows_nothing,
    wrongPrivacy: m.test_result_wrong_privacy,
    levelTooLow: m.test_result_level_too_low,
    unsupportedLevel: m.test_result_unsupported_level,
    unknownContext: m.test_result_unknown_context,
    refused: m.test_result_refused,
    timeWindow: m.test_result_time_window,
    wrongDigest: m.test_result_wrong_digest,
    unknownUser: m.test_result_unknown_user,
    unknownEngine: m.test_result_unknown_engine,
    malformed: m.test_result_malformed,
    silent: m.test_result_silent,
    unreachable: m.test_result_unreachable,
  }[state];
  const result = words({ detail: detail ?? '' }, { locale });
  if (user !== null) return m.test_attempt_user({ user, result }, { locale });
  return m.test_attempt({ version, number: community, count, result }, { locale });
}

function wordPort(state: NonNullable<DiagnosisView['udpPort']>, port: number, locale: Locale): string {
  const words = {
    closed: m.test_port_closed,
    prohibited: m.test_port_prohibited,
    answers: m.test_port_answers,
    silent: m.test_port_silent,
  }[state];
  return words({ port: String(port) }, { locale });
}

function wordCause({ cause, driver, address, port }: DiagnosisView, locale: Locale): string {
  if (cause === 'printer') {
    if (!driver || driver.generic) return m.test_cause_printer_generic({}, { locale });
    return m.test_cause_printer({ driver: driver.name }, { locale });
  }
  const words = {
    notPrinter: m.test_cause_not_printer,
    answersAnything: m.test_cause_answers_anything,
    showsNothing: m.test_cause_shows_nothing,
    wrongPrivacy: m.test_cause_wrong_privacy,
    levelTooLow: m.test_cause_level_too_low,
    unsupportedLevel: m.test_cause_unsupported_level,
    unknownContext: m.test_cause_unknown_context,
    refused: m.test_cause_refused,
    timeWindow: m.test_cause_time_window,
    wrongDigest: m.test_cause_wrong_digest,
    unknownUser: m.test_cause_unknown_user,
    unknownEngine: m.test_cause_unknown_engine,
    wrongCommunity: m.test_cause_wrong_community,
    noV3: m.test_cause_no_v3,
    malformed: m.test_cause_malformed,
    portClosed: m.test_cause_port_closed,
    prohibited: m.test_cause_prohibited,
    lossy: m.test_cause_lossy,
    snmpSilent: m.test_cause_snmp_silent,
    silent: m.test_cause_silent,
    silentUnpinged: m.test_cause_silent_unpinged,
    unreachable: m.test_cause_unreachable,
    aborted: m.test_cause_aborted,
  }[cause];
  return words({ address, port: String(port) }, { locale });
}
