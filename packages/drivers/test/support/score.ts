/** Holds a reading against the truth of its capture, field by field and in both directions. */
import type { Reading } from '@rsb/contract';
import type { TrueSupply, Truth } from './captures.ts';

export type Judgement = 'right' | 'wrong' | 'missing' | 'invented';

export interface Score {
  readonly field: string;
  readonly judgement: Judgement;
  readonly want: unknown;
  readonly got: unknown;
}

const IDENTITY = ['manufacturer', 'model', 'serialNumber', 'macAddress', 'hostName', 'location', 'firmware'] as const;

export function score(truth: Truth, reading: Reading): readonly Score[] {
  const scores: Score[] = [];
  const judge = (field: string, want: unknown, got: unknown, same = sameText) =>
    scores.push({ field, want, got, judgement: judgementOf(want, got, same) });

  for (const field of IDENTITY) if (field in truth) judge(field, truth[field], reading.identity?.[field]);
  if ('kind' in truth) judge('kind', truth.kind, reading.kind);
  for (const [name, want] of Object.entries(truth.counters ?? {})) {
    const got: unknown = (reading.counters as Readonly<Record<string, unknown>> | undefined)?.[name];
    if (want === null || typeof want !== 'object' || Array.isArray(want)) judge(`counters.${name}`, want, got);
    else {
      const split = got as Readonly<Record<string, unknown>> | undefined;
      for (const [shade, value] of Object.entries(want)) judge(`counters.${name}.${shade}`, value, split?.[shade]);
    }
  }
  if (truth.supplies !== undefined) scores.push(...scoreSupplies(truth.supplies, reading));
  if (truth.status?.state !== undefined) judge('status.state', truth.status.state, reading.status?.state);
  if (truth.status?.errors !== undefined) {
    const list = (errors: readonly string[]) => [...errors].sort().join();
    judge('status.errors', `:${list(truth.status.errors)}`, `:${list(reading.status?.errors ?? [])}`);
  }
  return scores;
}

function scoreSupplies(wanted: readonly TrueSupply[], reading: Reading): readonly Score[] {
  const scores: Score[] = [];
  const left = [...(reading.supplies ?? [])];
  const fits = (want: unknown, got: unknown) => alternatives(want).some((one) => sameText(one, got));
  for (const want of [...wanted].sort((a, b) => Number(a.optional ?? false) - Number(b.optional ?? false))) {
    const field = `supplies.${alternatives(want.type).join('|')}/${want.color ?? 'none'}`;
    const candidates = left.filter(({ type, color }) => fits(want.type, type) && fits(want.color ?? null, color));
    const likeness = (row: (typeof left)[number]) =>
      Number(row.percent === want.percent) + Number(row.state === want.state);
    const [best] = candidates.sort((a, b) => likeness(b) - likeness(a));
    if (best === undefined) {
      if (want.optional !== true) scores.push({ field: `${field}.row`, judgement: 'missing', want, got: null });
      continue;
    }
    left.splice(left.indexOf(best), 1);
    scores.push({ field: `${field}.row`, judgement: 'right', want, got: best.description });
    const near = (a: unknown, b: unknown) => Math.abs(Number(a) - Number(b)) <= 1;
    if (want.percent !== undefined) {
      const judgement = judgementOf(want.percent, best.percent, near);
      scores.push({ field: `${field}.percent`, judgement, want: want.percent, got: best.percent });
    }
    if (want.state !== undefined) {
      const judgement = judgementOf(want.state, best.state, sameText);
      scores.push({ field: `${field}.state`, judgement, want: want.state, got: best.state });
    }
  }
  for (const { type, color, description } of left) {
    scores.push({ field: `supplies.${type}/${color}.row`, judgement: 'invented', want: null, got: description });
  }
  return scores;
}

function judgementOf(want: unknown, got: unknown, same: (a: unknown, b: unknown) => boolean): Judgement {
  const nothing = got === null || got === undefined || got === '';
  if (Array.isArray(want)) {
    const right = want.some((one) => (one === null ? nothing : !nothing && same(one, got)));
    return right ? 'right' : nothing ? 'missing' : 'wrong';
  }
  if (want === null) return nothing ? 'right' : 'invented';
  return nothing ? 'missing' : same(want, got) ? 'right' : 'wrong';
}

const alternatives = (want: unknown): readonly unknown[] => (Array.isArray(want) ? want : [want]);
const folded = (value: unknown) => String(value).replace(/\s+/g, ' ').trim().toLowerCase();
const sameText = (a: unknown, b: unknown): boolean => folded(a) === folded(b);
