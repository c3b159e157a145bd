/** Days, weeks, months and hours as they begin in a site's zone, whatever the reader's computer thinks. */

export type Unit = 'hour' | 'day' | 'month';

interface Local {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
}

export interface ZoneTime {
  /** The beginning of the unit in which a moment lies. */
  startOf(at: number, unit: Unit): number;
  /** The beginning of the unit `count` further. */
  add(start: number, unit: Unit, count: number): number;
  /** 1 Monday to 7 Sunday. */
  weekday(at: number): number;
  local(at: number): Local;
}

const HOUR = 3_600_000;

/** A zone that this browser does not know must not take the page down. */
function formatIn(zone: string): Intl.DateTimeFormat {
  const options = {
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
}

export function zoneTime(zone: string): ZoneTime {
  const format = formatIn(zone);
  const parts = (at: number) => {
    const found = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, Number(part.value)]));
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
    return { year, month, day, hour, minute, second };
  };
  /** How far the zone's clocks are ahead of UTC at a moment. */
  const offset = (at: number) => {
    const { year, month, day, hour, minute, second } = parts(at);
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  };
  /** The moment at which the zone's clocks first show this; where they skip it, the moment of the skip. */
  const moment = (year: number, month: number, day: number) => {
    const naive = Date.UTC(year, month - 1, day);
    const candidates = [naive - offset(naive - 24 * HOUR), naive - offset(naive + 24 * HOUR)];
    const exact = candidates.filter((at) => at + offset(at) === naive).sort((a, b) => a - b);
    return exact[0] ?? Math.max(...candidates);
  };
  const startOf = (at: number, unit: Unit): number => {
    const { year, month, day, minute, second } = parts(at);
    if (unit === 'hour') return Math.floor(at / 1000) * 1000 - (minute * 60 + second) * 1000;
    return moment(year, month, unit === 'month' ? 1 : day);
  };
  return {
    startOf,
    add(start, unit, count) {
      // Hours follow one another without holes; days and months have the length that the zone gives them.
      if (unit === 'hour') return start + count * HOUR;
      const { year, month, day } = parts(start);
      return unit === 'month' ? moment(year, month + count, 1) : moment(year, month, day + count);
    },
    weekday(at) {
      const { year, month, day } = parts(at);
      return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
    },
    local: parts,
  };
}
