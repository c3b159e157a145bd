/** The box's settings: loaded once, saved whole under a revision, so that a second tab cannot undo what the first did. */
import { isDeepStrictEqual } from 'node:util';
import { type Disclosure, type Fault, fault, type SettingsInput, type SettingsView } from '@rsb/contract';
import { failure, type Outcome, Secret, success } from '@rsb/runtime';
import type { Database } from '../store/database.ts';
import { jsonAt, numberAt } from '../store/row.ts';
import type { Vault } from '../store/vault.ts';
import type { ChangeLog } from './change-log.ts';
import { createCredentials, neededSecrets, PROXY_PASSWORD, type StoredCredential, secretNames } from './credentials.ts';
import { type Change, differences, escaped, HIDDEN } from './difference.ts';
import { type CredentialSetting, documentOf, type SettingsDocument } from './document.ts';
import { validateSettings } from './validate.ts';

export interface Settings {
  readonly revision: number;
  readonly document: SettingsDocument;
  view(): SettingsView;
  /** Null where a secret of it cannot be opened any more. */
  credential(id: string): StoredCredential | null;
  proxyPassword(): Secret | null;
  /** What `save` would refuse of it. */
  check(input: SettingsInput): readonly Fault[];
  /** Saves the whole, if it is based on the present revision and makes sense. */
  save(input: SettingsInput, basedOn: number, who: string): Outcome<number, readonly Fault[]>;
  /** Settings that come with another request: the language at first start, central's address at enrolment, what may leave. */
  change(change: Pick<Partial<SettingsDocument>, 'language' | 'central' | keyof Disclosure>, who: string): void;
  /** What a backup says, as a document; its secrets lie elsewhere, so that they are not missed here. */
  documentOf(
    input: SettingsInput,
    credentials: readonly CredentialSetting[],
  ): Outcome<SettingsDocument, readonly Fault[]>;
  changesTo(after: SettingsDocument): readonly Change[];
  /** Ids of credentials that would have to be typed in again: neither among `secrets` nor kept here for the same. */
  missingSecrets(after: SettingsDocument, secrets: Readonly<Record<string, string>>): string[];
  /** All in one, with the secrets that come with it; of those that do not, what is kept for the same credential stays. */
  replace(
    after: SettingsDocument,
    secrets: ReadonlyMap<string, Secret>,
    basedOn: number,
    who: string,
  ): Outcome<number, readonly Fault[]>;
  /** Called after each save with what it was before. */
  onSaved(listener: (before: SettingsDocument) => void): void;
}

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

  const credentials = createCredentials(vault);
  const findCredential = (id: string): StoredCredential | null => {
    const known = document.credentials.find((credential) => credential.id === id);
    return known ? credentials.find(known) : null;
  };

  const check = (input: SettingsInput) =>
    validateSettings(input, {
      setting: (id) => document.credentials.find((known) => known.id === id),
      isUsable: (id) => findCredential(id) !== null,
    });

  /** Without a proxy there is no password for it. */
  const wantedPassword = (input: SettingsInput): string | null | undefined =>
    input.central.proxy === null ? null : input.proxyPassword;

  const changesPassword = (input: SettingsInput): boolean => {
    const password = wantedPassword(input);
    return password !== undefined && (password || null) !== (vault.find(PROXY_PASSWORD)?.reveal() ?? null);
  };

  const savePassword = (input: SettingsInput): Change[] => {
    const password = wantedPassword(input);
    const known = vault.find(PROXY_PASSWORD) !== null;
    if (password === undefined || !(password || known)) return [];
    vault.save(PROXY_PASSWORD, password ? new Secret(password) : null);
    return [{ path: '/proxyPassword', old: known ? HIDDEN : '', new: password ? HIDDEN : '' }];
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

  /** Names of what the vault keeps and may go on keeping for another document. */
  const keptFor = (after: SettingsDocument): ReadonlySet<string> => {
    const same = after.credentials.filter((fresh) => document.credentials.some((old) => isDeepStrictEqual(old, fresh)));
    const isSameProxy = isDeepStrictEqual(document.central.proxy, after.central.proxy);
    return new Set([...same.flatMap(neededSecrets), ...(isSameProxy ? [PROXY_PASSWORD] : [])]);
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
      credentials: document.credentials.map(credentials.view),
      proxyPasswordSet: vault.setAt(PROXY_PASSWORD) !== null,
      revision,
    }),
    credential: findCredential,
    proxyPassword: () => vault.find(PROXY_PASSWORD),
    check,
    save(input, basedOn, who) {
      if (basedOn !== revision) return failure([fault('settingsStale')]);
      const faults = check(input);
      if (faults.length > 0) return failure(faults);
      const after = documentOf(input, document);
      const secrets = credentials.plan(input.credentials, document.credentials);
      // The same again is no new revision: other tabs stay up to date.
      if (isDeepStrictEqual(document, after) && secrets.length === 0 && !changesPassword(input)) {
        return success(revision);
      }
      store(after, () => [...credentials.save(secrets), ...savePassword(input)], who);
      return success(revision);
    },
    change(change, who) {
      const after = { ...document, ...change };
      if (!isDeepStrictEqual(document, after)) store(after, () => [], who);
    },
    documentOf(input, known) {
      const faults = validateSettings(input, {
        setting: (id) => known.find((setting) => setting.id === id),
        isUsable: () => true,
      });
      return faults.length > 0 ? failure(faults) : success(documentOf(input, { ...document, credentials: known }));
    },
    changesTo: (after) => differences(document, after),
    missingSecrets(after, secrets) {
      const kept = keptFor(after);
      return after.credentials
        .filter((setting) =>
          neededSecrets(setting).some((name) => secrets[name] === undefined && !(kept.has(name) && vault.find(name))),
        )
        .map(({ id }) => id);
    },
    replace(after, secrets, basedOn, who) {
      if (basedOn !== revision) return failure([fault('settingsStale')]);
      const kept = keptFor(after);
      const wanted = new Set([...after.credentials.flatMap(neededSecrets), PROXY_PASSWORD]);
      const saveSecrets = (): Change[] =>
        [...new Set([...secretNames(document), ...wanted])].flatMap((name) => {
          const fresh = wanted.has(name) ? secrets.get(name) : undefined;
          const had = vault.setAt(name) !== null;
          if (fresh === undefined && (!had || kept.has(name))) return [];
          vault.save(name, fresh ?? null);
          const path = name === PROXY_PASSWORD ? `/${name}` : secretPath(name);
          return [{ path, old: had ? HIDDEN : '', new: fresh ? HIDDEN : '' }];
        });
      store(after, saveSecrets, who);
      return success(revision);
    },
    onSaved: (listener) => {
      listeners.push(listener);
    },
  };
}

/** As a save names it: `auth/site` → `/credentials/site/auth/passphrase`. */
function secretPath(name: string): string {
  const [part = '', id = ''] = name.split('/');
  return `/credentials/${escaped(id)}/${part === 'community' ? part : `${part}/passphrase`}`;
}
