/** The week in which a range may be asked: a line a day, painted by pointer, finger or keys; the same in words above. */
import { m } from '@rsb/messages';
import { useRef, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { useLang } from '../../language/language.tsx';
import {
  clockText,
  DAYS,
  dayName,
  HOURS_OF_DAY,
  type Hours,
  hoursText,
  isPermitted,
  PRESETS,
  runsOf,
  withHours,
} from './hours.ts';
import './hours-editor.css';

export interface HoursEditorProps {
  readonly hours: Hours;
  readonly onChange: (hours: Hours) => void;
  readonly warning?: string | undefined;
}

interface Cell {
  readonly day: number;
  readonly hour: number;
}

const MARKS = [0, 6, 12, 18, 24];
const LAST_DAY = 6;
const LAST_HOUR = 23;

export function HoursEditor({ hours, onChange, warning }: HoursEditorProps) {
  const lang = useLang();
  const [at, setAt] = useState<Cell>({ day: 0, hour: 7 });
  const grid = useRef<HTMLDivElement>(null);
  /** What a drag began on: all that it crosses becomes the same. */
  const drag = useRef<{ readonly from: Cell; readonly on: boolean; readonly before: Hours } | null>(null);

  const move = (day: number, hour: number, paint: boolean) => {
    const next = { day: Math.min(LAST_DAY, Math.max(0, day)), hour: Math.min(LAST_HOUR, Math.max(0, hour)) };
    if (paint) onChange(withHours(hours, [next], isPermitted(hours, at.day, at.hour)));
    setAt(next);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next.day}-${next.hour}"]`)?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const { day, hour } = at;
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [day, hour - 1],
      ArrowRight: [day, hour + 1],
      ArrowUp: [day - 1, hour],
      ArrowDown: [day + 1, hour],
      Home: [day, 0],
      End: [day, LAST_HOUR],
    };
    const step = steps[event.key];
    if (step) move(step[0], step[1], event.shiftKey);
    else if (event.key === ' ' || event.key === 'Enter')
      onChange(withHours(hours, [at], !isPermitted(hours, day, hour)));
    else return;
    event.preventDefault();
  };
  const cellAt = (event: PointerEvent): Cell | null => {
    const found = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-cell]');
    const [day, hour] = (found?.dataset['cell'] ?? '').split('-').map(Number);
    return day === undefined || hour === undefined || Number.isNaN(day) ? null : { day, hour };
  };
  const paintTo = (cell: Cell) => {
    if (!drag.current) return;
    const { from, on, before } = drag.current;
    const span = (a: number, b: number) =>
      Array.from({ length: Math.abs(a - b) + 1 }, (_, step) => Math.min(a, b) + step);
    const cells = span(from.day, cell.day).flatMap((day) => span(from.hour, cell.hour).map((hour) => ({ day, hour })));
    onChange(withHours(before, cells, on));
  };
  return (
    <div class="hours">
      <p class="hours-words">
        <b>{m.hours_title({}, lang)}</b> <span aria-live="polite">{hoursText(hours, lang)}</span>
      </p>
      {warning && <p class="hint warn">{warning}</p>}
      <div class="row-of-buttons hours-presets">
        <Button small onClick={() => onChange(PRESETS.always)}>
          {m.hours_preset_always({}, lang)}
        </Button>
        <Button small onClick={() => onChange(PRESETS.work)}>
          {m.hours_preset_work({}, lang)}
        </Button>
        <Button small onClick={() => onChange(PRESETS.night)}>
          {m.hours_preset_night({}, lang)}
        </Button>
      </div>
      <div
        class="hours-grid"
        role="toolbar"
        aria-label={m.hours_title({}, lang)}
        ref={grid}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          const cell = cellAt(event);
          if (!cell || event.button !== 0) return;
          drag.current = { from: cell, on: !isPermitted(hours, cell.day, cell.hour), before: hours };
          setAt(cell);
          paintTo(cell);
          // The cells below a moving finger are found by their place, not by who captured it.
          if (event.target instanceof Element) event.target.releasePointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const cell = drag.current && cellAt(event);
          if (cell) paintTo(cell);
        }}
        onPointerUp={() => {
          drag.current = null;
        }}
        onPointerCancel={() => {
          drag.current = null;
        }}
        onPointerLeave={() => {
          drag.current = null;
        }}
      >
        <div class="hours-scale num" aria-hidden="true">
          {MARKS.map((hour) => (
            <span key={hour}>{hour}</span>
          ))}
        </div>
        {DAYS.map((day) => (
          <Day key={day} day={day} hours={hours} at={at} onFocus={setAt} onChange={onChange} />
        ))}
      </div>
      <p class="hint">{m.hours_hint({}, lang)}</p>
    </div>
  );
}

interface DayProps {
  readonly day: number;
  readonly hours: Hours;
  readonly at: Cell;
  readonly onFocus: (cell: Cell) => void;
  readonly onChange: (hours: Hours) => void;
}

function Day({ day, hours, at, onFocus, onChange }: DayProps) {
  const lang = useLang();
  const list = HOURS_OF_DAY.filter((hour) => isPermitted(hours, day, hour));
  const name = dayName(day, lang, 'long');
  const isWhole = list.length === HOURS_OF_DAY.length;
  return (
    <div class="hours-day">
      <span>
        <button
          type="button"
          class="hours-name"
          aria-label={m.hours_day_all({ day: name }, lang)}
          aria-pressed={isWhole}
          onKeyDown={(event) => event.stopPropagation()}
          onClick={() =>
            onChange(
              withHours(
                hours,
                HOURS_OF_DAY.map((hour) => ({ day, hour })),
                !isWhole,
              ),
            )
          }
        >
          {dayName(day, lang)}
        </button>
      </span>
      <span class="hours-track">
        <svg viewBox="0 0 240 8" preserveAspectRatio="none" aria-hidden="true">
          {runsOf(list).map(([from, to]) => (
            <rect key={from} x={from * 10} y="0" width={(to - from) * 10} height="8" />
          ))}
        </svg>
        {HOURS_OF_DAY.map((hour) => (
          <button
            key={hour}
            type="button"
            class="hours-cell"
            data-cell={`${day}-${hour}`}
            aria-pressed={isPermitted(hours, day, hour)}
            aria-label={m.hours_cell({ day: name, from: clockText(hour), to: clockText(hour + 1) }, lang)}
            tabIndex={at.day === day && at.hour === hour ? 0 : -1}
            onFocus={() => onFocus({ day, hour })}
            onClick={(event) => {
              // By keys or a screen reader; a pointer has painted already.
              if (event.detail === 0) onChange(withHours(hours, [{ day, hour }], !isPermitted(hours, day, hour)));
            }}
          />
        ))}
      </span>
    </div>
  );
}
