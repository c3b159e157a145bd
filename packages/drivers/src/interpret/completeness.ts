/** What was asked and is not told, and why. */
import type { Completeness, ErrorCode, Part } from '@rsb/contract';
import type { Answers, DriverDefinition } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { pathsNotAsked } from '../plan/groups.ts';
import { objectsOf } from '../plan/objects.ts';

/** Without these a reading is of little use, so their absence is told; a machine that has no fax misses nothing. */
const ESSENTIAL: Readonly<Record<Part, readonly string[]>> = {
  identity: ['identity.manufacturer', 'identity.model', 'identity.serialNumber', 'identity.macAddress'],
  counters: ['counters.life'],
  supplies: ['supplies'],
  status: [],
  alerts: [],
};

/** The contract takes 200. */
const MOST_PATHS = 200;

export function completenessOf(
  driver: DriverDefinition,
  answers: Answers,
  asked: readonly Part[],
  draft: Draft,
): Completeness {
  const reasons = new Map<string, ErrorCode>();
  const partOf = (path: string) => path.split('.')[0];
  for (const { oid, part, path } of objectsOf(driver)) {
    const code = asked.includes(part) ? answers.failure(oid) : undefined;
    if (code === undefined) continue;
    const place = path ?? part;
    if (isList(place) || !isTold(draft, place)) reasons.set(place, reasons.get(place) ?? code);
  }
  for (const part of asked) {
    for (const path of ESSENTIAL[part] ?? []) {
      if (!isTold(draft, path) && !reasons.has(path)) reasons.set(path, draft.untoldPaths.get(path) ?? 'notTold');
    }
  }
  for (const [path, code] of draft.untoldPaths) {
    if (asked.some((part) => part === partOf(path)) && !reasons.has(path) && !isTold(draft, path))
      reasons.set(path, code);
  }
  const notAsked = pathsNotAsked(driver).filter((path) => asked.some((part) => part === partOf(path)));
  const isAsked = (path: string) => !notAsked.some((each) => path === each || path.startsWith(`${each}.`));
  const entries = [...reasons].filter(([path]) => isAsked(path)).slice(0, MOST_PATHS);
  const left = notAsked.filter((path) => !isAnyTold(draft, path)).map((path) => [path, 'notAsked'] as const);
  return {
    state: entries.length === 0 ? 'complete' : 'partial',
    missing: entries.map(([path]) => path),
    reasons: Object.fromEntries([...entries, ...left]),
  };
}

const isAnyTold = (draft: Draft, path: string): boolean =>
  [...draft.texts.keys(), ...draft.counts.keys()].some((told) => told === path || told.startsWith(`${path}.`));

/** Lists may be cut short, so a failed column is missed even where some rows came. */
const isList = (path: string): boolean => !path.includes('.');

function isTold(draft: Draft, path: string): boolean {
  switch (path) {
    case 'supplies':
      return draft.supplies.length > 0;
    case 'alerts':
      return true;
    case 'status.state':
    case 'status.errors':
      return draft.provenanceOfLists.has(path);
    default:
      return [...draft.texts.keys(), ...draft.counts.keys()].some((told) => told === path);
  }
}
