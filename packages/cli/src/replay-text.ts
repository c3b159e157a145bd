/** What a replay says, for people: device by device, what happened and how many pages each day had. */
import {
  type AlertLine,
  type DecideLine,
  type EventLine,
  type Line,
  USAGE_COUNTS,
  type UsageLine,
} from '@rsb/central/processing/index';
import { type Locale, m } from '@rsb/messages';
import { textTable } from './text-table.ts';

interface Section {
  readonly notes: (EventLine | DecideLine | AlertLine)[];
  readonly days: UsageLine[];
}

export function wordLines(lines: Iterable<Line>, locale: Locale, write: (text: string) => void): void {
  const sections = new Map<string, Section>();
  for (const line of lines) {
    let section = sections.get(line.device);
    if (!section) {
      section = { notes: [], days: [] };
      sections.set(line.device, section);
    }
    if (line.line === 'usage') section.days.push(line);
    else section.notes.push(line);
  }
  const titles = m.cli_replay_titles({}, { locale }).split('|');
  for (const [device, { notes, days }] of sections) {
    write(`${device}\n`);
    write(
      textTable(
        notes.map((note) => noteRow(note, locale)),
        '  ',
      ),
    );
    if (days.length > 0) {
      const rows = days.map((day) => [day.day, ...USAGE_COUNTS.map((count) => String(day[count] ?? '–'))]);
      write(textTable([titles, ...rows], '  '));
    }
    write('\n');
  }
}

function noteRow(note: EventLine | DecideLine | AlertLine, locale: Locale): readonly string[] {
  if (note.line === 'alert') {
    const word = note.state === 'opened' ? m.cli_replay_alert_opened : m.cli_replay_alert_resolved;
    return [note.at, word({ rule: note.rule }, { locale }), ''];
  }
  if (note.line === 'event') return [note.at, note.kind, detailText(note.detail)];
  const counts = note.counts.map(({ count, before, after }) => `${count} ${before} → ${after}`).join(', ');
  return [note.at, m.cli_replay_decide({ why: note.why }, { locale }), counts];
}

const detailText = (detail: EventLine['detail']): string =>
  Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join(', ');
