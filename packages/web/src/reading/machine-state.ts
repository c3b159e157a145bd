/** S: what a machine is doing or what is wrong with it, in one word with its severity (LOOK §9). */
import type { Alert, Status, StatusError, StatusState } from '@rsb/contract';
import { m } from '@rsb/messages';
import type { IconName } from '../look/icons.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };
export type Severity = 'critical' | 'warning' | null;

export type MachineCondition =
  | { readonly kind: 'notMonitored' }
  | { readonly kind: 'silent'; readonly since: string }
  | { readonly kind: 'asleep'; readonly since: string }
  | { readonly kind: 'notRead' }
  | { readonly kind: 'error'; readonly error: StatusError; readonly further: number }
  | { readonly kind: 'state'; readonly state: StatusState };

export interface MachineState {
  readonly condition: MachineCondition;
  readonly severity: Severity;
  readonly icon: IconName;
}

/** Worst first. Toner is told by the supplies. */
const ERRORS: readonly StatusError[] = [
  'jammed',
  'serviceRequested',
  'doorOpen',
  'noPaper',
  'inputTrayMissing',
  'outputTrayMissing',
  'markerSupplyMissing',
  'outputFull',
  'inputTrayEmpty',
  'offline',
  'lowPaper',
  'outputNearFull',
  'overduePreventMaint',
];

const STATE_ICONS: Readonly<Record<StatusState, IconName>> = {
  idle: 'circle-check',
  printing: 'printer',
  warmup: 'thermometer',
  sleep: 'moon',
  down: 'octagon-alert',
  unknown: 'circle-question-mark',
};

export interface MachineFacts {
  readonly monitored: boolean;
  /** The box's own knowledge, where there is one. */
  readonly presence: { readonly state: 'answering' | 'asleep' | 'silent'; readonly since: string } | null;
  readonly status: Status | null;
}

export function machineState({ monitored, presence, status }: MachineFacts): MachineState {
  if (!monitored) return { condition: { kind: 'notMonitored' }, severity: null, icon: 'eye-off' };
  if (presence?.state === 'silent')
    return { condition: { kind: 'silent', since: presence.since }, severity: 'warning', icon: 'unplug' };
  if (presence?.state === 'asleep')
    return { condition: { kind: 'asleep', since: presence.since }, severity: null, icon: 'moon' };
  if (status === null) return { condition: { kind: 'notRead' }, severity: null, icon: 'circle-question-mark' };
  const errors = ERRORS.filter((error) => status.errors.includes(error));
  const [worst] = errors;
  const down = status.state === 'down';
  if (worst !== undefined) {
    return {
      condition: { kind: 'error', error: worst, further: errors.length - 1 },
      // It is critical when the machine cannot go on, else a warning.
      severity: down ? 'critical' : 'warning',
      icon: down ? 'octagon-alert' : 'triangle-alert',
    };
  }
  return {
    condition: { kind: 'state', state: status.state },
    severity: down ? 'critical' : null,
    icon: STATE_ICONS[status.state],
  };
}

const STATES: Readonly<Record<StatusState, (lang: Lang) => string>> = {
  idle: (lang) => m.state_idle({}, lang),
  printing: (lang) => m.state_printing({}, lang),
  warmup: (lang) => m.state_warmup({}, lang),
  sleep: (lang) => m.state_sleep({}, lang),
  down: (lang) => m.state_down({}, lang),
  unknown: (lang) => m.state_unknown({}, lang),
};

const ERROR_WORDS: Readonly<Record<StatusError, (lang: Lang) => string>> = {
  lowPaper: (lang) => m.status_low_paper({}, lang),
  noPaper: (lang) => m.status_no_paper({}, lang),
  lowToner: (lang) => m.status_low_toner({}, lang),
  noToner: (lang) => m.status_no_toner({}, lang),
  doorOpen: (lang) => m.status_door_open({}, lang),
  jammed: (lang) => m.status_jammed({}, lang),
  offline: (lang) => m.status_offline({}, lang),
  serviceRequested: (lang) => m.status_service_requested({}, lang),
  inputTrayMissing: (lang) => m.status_input_tray_missing({}, lang),
  outputTrayMissing: (lang) => m.status_output_tray_missing({}, lang),
  markerSupplyMissing: (lang) => m.status_supply_missing({}, lang),
  outputNearFull: (lang) => m.status_output_near_full({}, lang),
  outputFull: (lang) => m.status_output_full({}, lang),
  inputTrayEmpty: (lang) => m.status_input_tray_empty({}, lang),
  overduePreventMaint: (lang) => m.status_maintenance_overdue({}, lang),
};

export const statusErrorWord = (error: StatusError, lang: Lang): string => ERROR_WORDS[error](lang);
export const statusStateWord = (state: StatusState, lang: Lang): string => STATES[state](lang);

export function machineWord(state: MachineState, lang: Lang): string {
  const { condition } = state;
  switch (condition.kind) {
    case 'notMonitored':
      return m.state_not_monitored({}, lang);
    case 'silent':
      return m.state_silent({}, lang);
    case 'asleep':
      return m.state_sleep({}, lang);
    case 'notRead':
      return m.state_not_read({}, lang);
    case 'error':
      return ERROR_WORDS[condition.error](lang);
    case 'state':
      return STATES[condition.state](lang);
  }
}

/** Groups of the alert table (PrtAlertGroupTC) in which a detected error shows up. */
const GROUPS: Readonly<Partial<Record<StatusError, readonly string[]>>> = {
  lowPaper: ['input'],
  noPaper: ['input'],
  inputTrayEmpty: ['input'],
  inputTrayMissing: ['input'],
  jammed: ['mediaPath', 'input', 'output'],
  doorOpen: ['cover'],
  outputFull: ['output'],
  outputNearFull: ['output'],
  outputTrayMissing: ['output'],
  markerSupplyMissing: ['markerSupplies'],
};

export interface MachineDetail {
  readonly text: string;
  /** The machine's own words, never translated. */
  readonly quoted: boolean;
}

/** Where it is wrong: the tray or cover that the alert names, else the machine's own words. */
export function alertDetail(state: MachineState, alerts: readonly Alert[] | null, lang: Lang): MachineDetail | null {
  const { condition } = state;
  const grave = condition.kind === 'state' && condition.state === 'down';
  if (alerts === null || (condition.kind !== 'error' && !grave)) return null;
  const groups = condition.kind === 'error' ? GROUPS[condition.error] : undefined;
  const alert = groups
    ? alerts.find((entry) => entry.group !== null && groups.includes(entry.group))
    : alerts.find((entry) => entry.severity === 'critical');
  if (!alert) return null;
  const place = alert.location;
  if (place?.name) return { text: place.name, quoted: true };
  if (alert.group === 'input' && place?.index) return { text: m.tray({ number: place.index }, lang), quoted: false };
  return alert.text ? { text: alert.text, quoted: true } : null;
}
