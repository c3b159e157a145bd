/** What a save changed, place by place, for the change log: secrets appear as set or replaced, never as they are. */
import type { SettingsDocument } from './document.ts';

export interface Change {
  /** JSON pointer; a range or credential is named by its text or id, for places move when one is removed. */
  readonly path: string;
  readonly old: string;
  readonly new: string;
}

export function differences(before: SettingsDocument, after: SettingsDocument): Change[] {
  const old = flatten(before);
  const fresh = flatten(after);
  const changes: Change[] = [];
  for (const path of new Set([...old.keys(), ...fresh.keys()])) {
    const change = { path, old: old.get(path) ?? '', new: fresh.get(path) ?? '' };
    if (change.old !== change.new) changes.push(change);
  }
  return changes;
}

function flatten(document: SettingsDocument): Map<string, string> {
  const flat = new Map<string, string>();
  const { ranges, credentials, ...rest } = document;
  for (const { range, ...setting } of ranges) add(flat, `/ranges/${escaped(range)}`, setting);
  for (const { id, ...credential } of credentials) add(flat, `/credentials/${escaped(id)}`, credential);
  add(flat, '', rest);
  return flat;
}

function add(flat: Map<string, string>, path: string, value: unknown): void {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, member] of Object.entries(value)) add(flat, `${path}/${escaped(key)}`, member);
  } else if (value !== null && value !== undefined) {
    flat.set(path, shortened(typeof value === 'string' ? value : JSON.stringify(value)));
  }
}

/** Stands in the log for a secret that was set, whatever the reader's language. */
export const HIDDEN = '•••';

/** RFC 6901 §3. */
export const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** A certificate's text tells a reader nothing. */
const LONGEST = 200;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
