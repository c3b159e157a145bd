/** What is wrong with a machine for the dealer: its gravest error, and the machine's words for it. Pure. */
import type { Alert, Status, StatusError } from '@rsb/contract';

export interface Trouble {
  /** 1: somebody must look. 2: it stands still. */
  readonly severity: 1 | 2;
  readonly what: StatusError | 'down';
  readonly detail: string | null;
}

/** Worst first. Paper is filled in by whoever stands at the machine, and toner is told by the supplies. */
const ERRORS: readonly StatusError[] = [
  'serviceRequested',
  'jammed',
  'doorOpen',
  'markerSupplyMissing',
  'inputTrayMissing',
  'outputTrayMissing',
  'outputFull',
  'offline',
  'overduePreventMaint',
];
/** The machine cannot go on with these, whether it says `down` or not. */
const STANDS_STILL: readonly StatusError[] = ['serviceRequested', 'jammed'];
/** Why many machines say `down`, and what is no case for the dealer. */
const OWN_BUSINESS: readonly StatusError[] = [
  'noPaper',
  'inputTrayEmpty',
  'lowPaper',
  'lowToner',
  'noToner',
  'outputNearFull',
];

/** Groups of the alert table (PrtAlertGroupTC, RFC 3805) in which a detected error shows up. */
const GROUPS: Readonly<Partial<Record<StatusError, readonly string[]>>> = {
  jammed: ['mediaPath', 'input', 'output'],
  doorOpen: ['cover'],
  inputTrayMissing: ['input'],
  outputTrayMissing: ['output'],
  outputFull: ['output'],
  markerSupplyMissing: ['markerSupplies'],
};
const LONGEST_DETAIL = 120;

export function troubleOf(status: Status | null, alerts: readonly Alert[]): Trouble | null {
  if (status === null) return null;
  const down = status.state === 'down';
  const worst = ERRORS.find((error) => status.errors.includes(error));
  if (worst !== undefined) {
    const severity = down || STANDS_STILL.includes(worst) ? 2 : 1;
    return { severity, what: worst, detail: detailOf(worst, alerts) };
  }
  if (!down || status.errors.some((error) => OWN_BUSINESS.includes(error))) return null;
  return { severity: 2, what: 'down', detail: detailOf('down', alerts) };
}

function detailOf(what: StatusError | 'down', alerts: readonly Alert[]): string | null {
  const groups = what === 'down' ? undefined : GROUPS[what];
  const alert =
    alerts.find(({ group }) => group !== null && groups?.includes(group)) ??
    alerts.find(({ severity }) => severity === 'critical');
  const text = alert?.text ?? alert?.location?.name ?? null;
  return text === null ? null : text.slice(0, LONGEST_DETAIL);
}
