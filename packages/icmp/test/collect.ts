/** What a sweep told, in a form that is easily compared. */
import type { EchoResult } from '../src/index.ts';

export async function collect(results: AsyncIterable<EchoResult>): Promise<EchoResult[]> {
  const all: EchoResult[] = [];
  for await (const result of results) all.push(result);
  return all;
}

export const loopback = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `127.9.${index >> 8}.${index & 255}`);

export const sorted = (results: readonly EchoResult[]): string[] => results.map(({ address }) => address).sort();

/** `address: alive`, sorted. */
export const fates = (results: readonly EchoResult[]): string[] =>
  results.map(({ address, alive }) => `${address}: ${alive}`).sort();
