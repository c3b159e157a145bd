/** One call of central's API as a value: what it asks, and by its type what it answers. The generated client makes them. */

export interface Call<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1. */
  readonly path: string;
  readonly body?: unknown;
  /** Never there: it only carries the type of the answer. */
  readonly answer?: T;
}

export const part = (value: string): string => encodeURIComponent(value);

export function search(query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
