/** prtAlertTable: what the machine reports now. The table is volatile, so it is walked whole each time. */
import type { Alert, AlertSeverity } from '@rsb/contract';
import { childOf } from '@rsb/snmp/oid';
import type { Answers, Block } from '../definition.ts';
import { ALERT_CODES, ALERT_GROUPS, NO_FAULTS } from './alert-names.ts';
import { integerOf } from './count.ts';
import {
  alertCode,
  alertDescription,
  alertGroup,
  alertGroupIndex,
  alertSeverity,
  charsetFor,
} from './standard-objects.ts';
import { textAt } from './text.ts';

/** A machine with more alerts than this is broken or lying; the contract takes 200. */
const MOST_ALERTS = 100;

export const prtAlertTable: Block = {
  name: 'prtAlertTable',
  asks: [alertSeverity, alertGroup, alertGroupIndex, alertCode, alertDescription, charsetFor.alerts],
  read(answers, draft) {
    const { unit, alone } = draft.context;
    const instances = new Set<string>();
    for (const column of [alertSeverity, alertCode, alertDescription]) {
      for (const { instance } of answers.column(column.oid)) {
        if (alone || instance.split('.')[0] === String(unit)) instances.add(instance);
      }
    }
    for (const instance of instances) {
      const alert = alertAt(answers, instance);
      if (alert === null) continue;
      if (draft.alerts.length === MOST_ALERTS) break;
      draft.provenanceOfLists.set(`alerts.${draft.alerts.length}`, {
        oids: [alertSeverity, alertCode, alertDescription].map(({ oid }) => childOf(oid, instance)),
        how: 'join',
        evidence: 'mib',
      });
      draft.alerts.push(alert);
    }
  },
};

function alertAt(answers: Answers, instance: string): Alert | null {
  const at = (column: typeof alertCode) => integerOf(answers.value(column.oid, instance));
  const code = at(alertCode);
  const text = textAt(answers, alertDescription, instance);
  if ((code === null || code <= 0) && text === null) return null;
  const group = ALERT_GROUPS[at(alertGroup) ?? 0] ?? null;
  const index = at(alertGroupIndex);
  const place = index !== null && index > 0 ? index : null;
  return {
    severity: severityOf(at(alertSeverity), code),
    group,
    code: code === null || code <= 0 ? null : (ALERT_CODES[code] ?? String(code)),
    text,
    location: group === null && place === null ? null : { group, index: place, name: null },
  };
}

/** PrtAlertSeverityLevelTC: 1 other, 3 critical, 4 warning, 5 warningBinaryChangeEvent. */
function severityOf(severity: number | null, code: number | null): AlertSeverity {
  if (code !== null && NO_FAULTS.has(code)) return 'info';
  switch (severity) {
    case 3:
      return 'critical';
    case 4:
    case 5:
      return 'warning';
    default:
      return 'info';
  }
}
