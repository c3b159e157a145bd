/** The alerts of a replayed history: the same rules and the same evaluator as in production, as lines. */
import type { AlertRule } from '@rsb/contract';
import { instant, isoInstant, unreachable } from '@rsb/runtime';
import type { AlertLine, AlertsOf, Line } from '../processing/index.ts';
import type { ReadingFacts } from './facts.ts';
import { DEFAULT_RULES } from './rule-set.ts';
import type { KnownEvent, KnownQuestion } from './signals.ts';
import { NO_WATCH, type TimedFacts, watchOn } from './watch.ts';

export interface ReplayAlertNeeds {
  /** What each reading told, by its place in the file. */
  readonly factsAt: (place: number) => ReadingFacts | undefined;
  readonly rules?: readonly AlertRule[];
  readonly silentHours: number;
  readonly mark?: number;
}

const DEFAULT_MARK = 10;

export function replayAlerts({
  factsAt,
  rules = DEFAULT_RULES,
  silentHours,
  mark = DEFAULT_MARK,
}: ReplayAlertNeeds): AlertsOf {
  const active = rules.filter(({ on }) => on);
  return ({ device, readings }, lines, now) => {
    const told: TimedFacts[] = [];
    for (const { seen, at } of readings) {
      const facts = factsAt(seen.place);
      if (facts) told.push({ at, told: facts });
    }
    const last = readings.at(-1)?.at ?? now;
    const { transitions } = watchOn(
      NO_WATCH,
      told,
      active,
      {
        mark,
        silentHours,
        boxSilentHours: silentHours,
        heard: now,
        events: eventsOf(lines),
        questions: questionsOf(lines),
        billingEnds: [],
        unreached: null,
      },
      Math.max(now, last),
    );
    return transitions.flatMap(({ kind, at, rule, from }): AlertLine[] => {
      const line = (id: string, state: AlertLine['state']): AlertLine => ({
        line: 'alert',
        device,
        at: isoInstant(instant(at)),
        rule: id,
        state,
      });
      switch (kind) {
        case 'opened':
          return [line(rule.id, 'opened')];
        // The alert goes on under another rule: in lines one ends as the other begins.
        case 'moved':
          return [line(from ?? '', 'resolved'), line(rule.id, 'opened')];
        case 'merged':
        case 'resolved':
          return [line(rule.id, 'resolved')];
        case 'changed':
        case 'eased':
          return [];
        default:
          return unreachable(kind);
      }
    });
  };
}

export function eventsOf(lines: readonly Line[]): KnownEvent[] {
  return lines.flatMap((line) => {
    if (line.line !== 'event') return [];
    const early = line.kind === 'supplyReplaced' && line.detail['early'] === true;
    const kind = early ? 'supplyReplacedEarly' : line.kind;
    return [
      { key: `${line.kind} ${line.at} ${JSON.stringify(line.detail['supply'] ?? '')}`, kind, at: Date.parse(line.at) },
    ];
  });
}

const questionsOf = (lines: readonly Line[]): KnownQuestion[] =>
  lines.flatMap((line) =>
    line.line === 'decide'
      ? [{ key: `${line.why} ${line.at}`, why: line.why, at: Date.parse(line.at), answeredAt: null }]
      : [],
  );
