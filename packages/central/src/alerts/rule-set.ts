/** The rules that every dealer begins with, and what a set of rules must keep to beyond its shape. */
import { type AlertCondition, type AlertRule, type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';

const EVERYWHERE: AlertRule['scope'] = { agencies: [], customers: [], sites: [], groups: [], models: [] };
const AT_ONCE = { minutes: 0, readings: 1 } as const;

function rule(
  id: string,
  severity: AlertRule['severity'],
  when: AlertCondition,
  own: Partial<AlertRule> = {},
): AlertRule {
  return {
    id,
    name: null,
    on: true,
    severity,
    when,
    scope: EVERYWHERE,
    hold: AT_ONCE,
    clear: AT_ONCE,
    quiet: null,
    group: 'customer',
    reopenMinutes: 60,
    ...own,
  };
}

export const DEFAULT_RULES: readonly AlertRule[] = [
  rule('out-of-order', 'critical', { kind: 'state', states: ['down'] }, { group: 'machine' }),
  rule(
    'service-call',
    'critical',
    { kind: 'error', errors: ['serviceRequested', 'markerSupplyMissing'] },
    { group: 'machine' },
  ),
  // A jam is cleared by whoever stands there; one that is still there an hour later is not.
  rule('paper-jam', 'warning', { kind: 'error', errors: ['jammed'] }, { hold: { minutes: 0, readings: 2 } }),
  rule('supply-low', 'warning', { kind: 'supply', types: [], colors: [], raiseAt: null, clearAt: null }),
  rule('machine-silent', 'warning', { kind: 'silentMachine', hours: null }),
  rule('box-silent', 'critical', { kind: 'silentBox', hours: null }, { group: 'machine' }),
  rule('counter-doubtful', 'warning', {
    kind: 'event',
    events: ['counterReset', 'counterJump', 'counterExchanged', 'counterStuck', 'clash'],
    days: 7,
  }),
  rule('counter-question', 'warning', { kind: 'question' }),
  rule('before-billing', 'warning', { kind: 'billing', days: 3, hours: 48 }),
];

/** What the shape alone does not say, each with its place: JSON pointers into `rules`. */
export function checkRules(rules: readonly AlertRule[]): Outcome<readonly AlertRule[], Fault> {
  const ids = new Set<string>();
  for (const [index, each] of rules.entries()) {
    const checked = checkRule(each, `/rules/${index}`);
    if (checked) return failure(checked);
    if (ids.has(each.id)) return failure(fault('ruleIdTwice', { id: each.id }, `/rules/${index}/id`));
    ids.add(each.id);
  }
  return success(rules);
}

export function checkRule({ name, when, quiet }: AlertRule, at: string): Fault | null {
  if (name !== null && name.trim() === '')
    return fault('fieldInvalid', { path: `${at}/name`, detail: 'blank' }, `${at}/name`);
  if (when.kind === 'supply' && when.clearAt !== null && when.clearAt <= (when.raiseAt ?? 0))
    return fault('ruleMarksCrossed', { raise: when.raiseAt ?? 0, clear: when.clearAt }, `${at}/when/clearAt`);
  if (quiet && quiet.from === quiet.to) return fault('ruleQuietEmpty', { time: quiet.from }, `${at}/quiet/to`);
  return null;
}
