/** Counters between the shape of a reading and the columns of the series, exact in both directions. */
import type { Counter, CounterSplit, Counters } from '@rsb/contract';
import type { CounterPoint } from '../store/customer-series.ts';
import { COUNTER_COLUMNS, type CounterColumn } from '../store/tables.ts';

export type CounterValues = Record<CounterColumn, Counter | null>;

export function counterValues(counters: Counters): CounterValues {
  const { life, vendorLife, total, print, copy, fax, scan, duplex, largeFormat } = counters;
  return {
    life,
    vendor_life: vendorLife,
    ...split('total', total),
    ...split('print', print),
    ...split('copy', copy),
    ...split('fax', fax),
    ...split('scan', scan),
    duplex,
    large_format: largeFormat,
  };
}

function split<N extends 'total' | 'print' | 'copy' | 'fax' | 'scan'>(name: N, { all, mono, color }: CounterSplit) {
  return { [`${name}_all`]: all, [`${name}_mono`]: mono, [`${name}_color`]: color } as Record<
    `${N}_${'all' | 'mono' | 'color'}`,
    Counter | null
  >;
}

export const tellsNothing = (counters: Counters): boolean =>
  counters.other.length === 0 && Object.values(counterValues(counters)).every((value) => value === null);

type PointValues = Record<CounterColumn, number | null> & { beyond: string | null };

/** A value beyond 2^53 − 1 leaves its column empty and stands as text in `beyond`. */
export function counterColumns(counters: Counters): PointValues {
  const values = counterValues(counters);
  const columns = {} as PointValues;
  const beyond: Partial<Record<CounterColumn, string>> = {};
  for (const column of COUNTER_COLUMNS) {
    const value = values[column];
    if (typeof value === 'string') beyond[column] = value;
    columns[column] = typeof value === 'number' ? value : null;
  }
  columns.beyond = Object.keys(beyond).length > 0 ? JSON.stringify(beyond) : null;
  return columns;
}

/** One value back out of a point. */
export function counterAt(point: CounterPoint, column: CounterColumn): Counter | null {
  const beyond: Partial<Record<CounterColumn, string>> = point.beyond === null ? {} : JSON.parse(point.beyond);
  return beyond[column] ?? point[column];
}
