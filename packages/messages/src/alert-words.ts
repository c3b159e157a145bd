/** What alerts are about, in words: the same in the dashboard, in mails and in the log. */
import type { AlertCause, AlertSeverity, SupplyColor, SupplyType, UnreachedHere } from '@rsb/contract';
import * as m from '../generated/messages.js';
import type { Locale } from './locale.ts';

type Wording = (inputs: Readonly<Record<string, string | number>>, options: { locale: Locale }) => string;
const wordings = m as unknown as Readonly<Record<string, Wording | undefined>>;

/** A word of a closed list by its key; what has none, from a newer version, is shown as it is. */
function word(key: string, otherwise: string, locale: Locale): string {
  return Object.hasOwn(wordings, key) ? (wordings[key]?.({}, { locale }) ?? otherwise) : otherwise;
}

const snake = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Errors whose message is named otherwise. */
const ERROR_KEYS: Readonly<Record<string, string>> = {
  markerSupplyMissing: 'status_supply_missing',
  overduePreventMaint: 'status_maintenance_overdue',
};

export const severityWord = (severity: AlertSeverity, locale: Locale): string =>
  word(`severity_${severity}`, severity, locale);
export const conditionWord = (kind: string, locale: Locale): string => word(`condition_${snake(kind)}`, kind, locale);
export const errorWord = (error: string, locale: Locale): string =>
  word(ERROR_KEYS[error] ?? `status_${snake(error)}`, error, locale);
export const stateWord = (state: string, locale: Locale): string => word(`state_${snake(state)}`, state, locale);
export const happenedWord = (event: string, locale: Locale): string => word(`happened_${snake(event)}`, event, locale);
export const stepWord = (step: string, locale: Locale): string => word(`step_${step}`, step, locale);
export const supplyTypeName = (type: SupplyType, locale: Locale): string => word(`supply_${type}`, type, locale);
export const supplyColorName = (color: SupplyColor, locale: Locale): string =>
  word(`color_${snake(color)}`, color, locale);

/** Own name, else that of a rule that everybody begins with, else what its condition is called. */
export function ruleWord(
  rule: { readonly id: string; readonly name: string | null; readonly kind: string },
  locale: Locale,
) {
  return rule.name ?? word(`rule_${rule.id.replaceAll('-', '_')}`, conditionWord(rule.kind, locale), locale);
}

/** `when` words an instant, `day` a local date. */
export function causeWords(
  cause: AlertCause,
  locale: Locale,
  when: (instant: string) => string,
  day: (date: string) => string = (date) => date,
): string {
  const lang = { locale };
  switch (cause.kind) {
    case 'state':
      return stateWord(cause.state, locale);
    case 'error':
      return errorWord(cause.error, locale);
    case 'supply':
      return supplyCause(cause, locale);
    case 'silentMachine':
      return because(m.cause_silent_machine({ when: when(cause.since) }, lang), cause.unreached, locale);
    case 'unreached': {
      const said = { when: when(cause.since), finding: reasonWord(cause.reason, locale) };
      return cause.range === null
        ? m.cause_unreached_alias(said, lang)
        : m.cause_unreached({ ...said, range: cause.range }, lang);
    }
    case 'silentBox':
      return m.cause_silent_box({ when: when(cause.since) }, lang);
    case 'event':
      return m.cause_event({ event: happenedWord(cause.event, locale), when: when(cause.at) }, lang);
    case 'question':
      return m.cause_question({ when: when(cause.at) }, lang);
    case 'billing':
      return because(m.cause_billing({ when: when(cause.since), day: day(cause.day) }, lang), cause.unreached, locale);
  }
}

/** A silence with what is known of the way to the machine. */
function because(cause: string, unreached: UnreachedHere | null | undefined, locale: Locale): string {
  if (!unreached) return cause;
  const lang = { locale };
  const finding = reasonWord(unreached.reason, locale);
  const why =
    unreached.certain && unreached.range !== null
      ? m.cause_unreached_here({ range: unreached.range, finding }, lang)
      : m.cause_unreached_some({ finding }, lang);
  return m.cause_because({ cause, why }, lang);
}

const reasonWord = (reason: string, locale: Locale): string => word(`finding_${snake(reason)}_short`, reason, locale);

function supplyCause(cause: Extract<AlertCause, { kind: 'supply' }>, locale: Locale): string {
  const lang = { locale };
  const type = word(`supply_${cause.type}`, cause.type, locale);
  const color = cause.color === null ? null : word(`color_${snake(cause.color)}`, cause.color, locale);
  const supply = capital(color === null ? type : m.supply_colored({ type, color }, lang));
  if (cause.percent !== null && cause.percent > 0) {
    // Of a waste container the space left is told; people speak of how full it is.
    return cause.type === 'waste'
      ? m.cause_waste({ supply, percent: 100 - cause.percent }, lang)
      : m.cause_supply({ supply, percent: cause.percent }, lang);
  }
  const state = cause.percent === 0 ? (cause.type === 'waste' ? 'full' : 'empty') : cause.state;
  return m.cause_supply_word({ supply, word: word(`level_${state}`, state, locale) }, lang);
}
