/** The box's settings: loaded once, saved whole under a revision, so that a second tab cannot undo what the first did. */
import { isDeepStrictEqual } from 'node:util';
import { type CredentialView, type Fault, fault, type SettingsInput, type SettingsView } from '@rsb/contract';
import { failure, isoInstant, type Outcome, Secret, success } from '@rsb/runtime';
import type { Database } from '../store/database.ts';
import { jsonAt, numberAt } from '../store/row.ts';
import type { Vault } from '../store/vault.ts';
import type { ChangeLog } from './change-log.ts';
import { type Change, differences, escaped, HIDDEN } from './difference.ts';
import { documentOf, PUBLIC_COMMUNITY, type SettingsDocument } from './document.ts';
import { validateSettings } from './validate.ts';

export interface CommunityCredential {
  readonly id: string;
  readonly version: 'v1' | 'v2c';
  readonly community: Secret;
}

export interface Settings {
  readonly revision: number;
  readonly document: SettingsDocument;
  view(): SettingsView;
  /** Null where the community cannot be opened any more. */
  credential(id: string): CommunityCredential | null;
  proxyPassword(): Secret | null;
  /** Saves the whole, if it is based on the present revision and makes sense. */
  save(input: SettingsInput, basedOn: number, who: string): Outcome<number, readonly Fault[]>;
  /** Single settings that come with another request: the language at first start, central's address at enrolment. */
  change(change: Pick<Partial<SettingsDocument>, 'language' | 'central'>, who: string): void;
  /** Called after each save with what it was before. */
  onSaved(listener: (before: SettingsDocument) => void): void;
}

const PROXY_PASSWORD = 'proxyPassword';
const communityName = (id: string): string => `community/${id}`;

export function createSettings(deps: {
  readonly db: Database;
  readonly vault: Vault;
  readonly changeLog: ChangeLog;
  readonly defaults: SettingsDocument;
}): Settings {
  const { db, vault, changeLog, defaults } = deps;
  const listeners: ((before: SettingsDocument) => void)[] = [];
  const stored = db.one('SELECT revision, document FROM settings WHERE only = 1');
  let revision = stored ? numberAt(stored, 'revision') : 0;
  // A document of an older version lacks what came later.
  let document: SettingsDocument = stored ? { ...defaults, ...jsonAt<SettingsDocument>(stored, 'document') } : defaults;

  const credentialView = ({ id, version, isPublic }: SettingsDocument['credentials'][number]): CredentialView => {
    const setAt = vault.setAt(communityName(id));
    return { id, version, isPublic, setAt: setAt === null ? null : isoInstant(setAt) };
  };
  const hasCommunity = (id: string): boolean =>
    document.credentials.some((known) => known.id === id) &&
    (vault.find(communityName(id)) !== null || isKnownPublic(id));
  const isKnownPublic = (id: string): boolean =>
    document.credentials.some((known) => known.id === id && known.isPublic);

  const findCredential = (id: string): CommunityCredential | null => {
    const known = document.credentials.find((credential) => credential.id === id);
    if (!known) return null;
    const community = known.isPublic ? new Secret(PUBLIC_COMMUNITY) : vault.find(communityName(id));
    return community && { id, version: known.version, community };
  };

  /** Without a proxy there is no password for it. */
  const wantedPassword = (input: SettingsInput): string | null | undefined =>
    input.central.proxy === null ? null : input.proxyPassword;

  const changesSecret = (input: SettingsInput): boolean => {
    const password = wantedPassword(input);
    return (
      (password !== undefined && (password || null) !== (vault.find(PROXY_PASSWORD)?.reveal() ?? null)) ||
      input.credentials.some(
        ({ id, community }) => community !== undefined && community !== findCredential(id)?.community.reveal(),
      )
    );
  };

  const saveSecrets = (input: SettingsInput): Change[] => {
    const changes: Change[] = [];
    const changed = (path: string, old: boolean, fresh: boolean) =>
      changes.push({ path, old: old ? HIDDEN : '', new: fresh ? HIDDEN : '' });
    for (const { id, community } of input.credentials) {
      if (community === undefined || community === findCredential(id)?.community.reveal()) continue;
      changed(`/credentials/${escaped(id)}/community`, findCredential(id) !== null, true);
      vault.save(communityName(id), community === PUBLIC_COMMUNITY ? null : new Secret(community));
    }
    for (const { id } of document.credentials) {
      if (!input.credentials.some((kept) => kept.id === id)) vault.save(communityName(id), null);
    }
    const password = wantedPassword(input);
    const known = vault.find(PROXY_PASSWORD) !== null;
    if (password !== undefined && (password || known)) {
      changed('/proxyPassword', known, Boolean(password));
      vault.save(PROXY_PASSWORD, password ? new Secret(password) : null);
    }
    return changes;
  };

  const store = (after: SettingsDocument, secrets: () => readonly Change[], who: string) => {
    const before = document;
    db.transaction(() => {
      changeLog.append(who, [...differences(before, after), ...secrets()]);
      db.run(
        'INSERT OR REPLACE INTO settings (only, revision, document) VALUES (1, ?, ?)',
        revision + 1,
        JSON.stringify(after),
      );
    });
    revision += 1;
    document = after;
    for (const listener of listeners) listener(before);
  };

  return {
    get revision() {
      return revision;
    },
    get document() {
      return document;
    },
    view: () => ({
      ...document,
      ranges: [...document.ranges],
      credentials: document.credentials.map(credentialView),
      proxyPasswordSet: vault.setAt(PROXY_PASSWORD) !== null,
      revision,
    }),
    credential: findCredential,
    proxyPassword: () => vault.find(PROXY_PASSWORD),
    save(input, basedOn, who) {
      if (basedOn !== revision) return failure([fault('settingsStale')]);
      const faults = validateSettings(input, hasCommunity);
      if (faults.length > 0) return failure(faults);
      const after = documentOf(input, ({ id, community }) =>
        community === undefined ? isKnownPublic(id) : community === PUBLIC_COMMUNITY,
      );
      // The same again is no new revision: other tabs stay up to date.
      if (isDeepStrictEqual(document, after) && !changesSecret(input)) return success(revision);
      store(after, () => saveSecrets(input), who);
      return success(revision);
    },
    change(change, who) {
      const after = { ...document, ...change };
      if (!isDeepStrictEqual(document, after)) store(after, () => [], who);
    },
    onSaved: (listener) => {
      listeners.push(listener);
    },
  };
}
