/** The settings as a file, and back: what a restore will change is told before it is saved. */
import {
  BACKUP_FORMAT,
  type BackupCredential,
  type BackupFile,
  type Fault,
  fault,
  parseBackupFile,
  parseSettingsInput,
  type RestoreCheck,
  type SettingsInput,
} from '@rsb/contract';
import { type Clock, failure, isoInstant, type Outcome, type Random, Secret, success } from '@rsb/runtime';
import { type Settings, type SettingsDocument, secretNames } from '../settings/index.ts';
import type { Vault } from '../store/vault.ts';
import { openSecrets, type Secrets, sealSecrets } from './sealed.ts';

export interface Backup {
  /** Without a passphrase all secrets are left out. */
  make(passphrase: string | undefined): Promise<Outcome<BackupFile, Fault>>;
  check(file: string, passphrase: string | undefined): Promise<Outcome<RestoreCheck, readonly Fault[]>>;
  restore(
    request: { readonly file: string; readonly passphrase?: string | undefined; readonly basedOn: number },
    who: string,
  ): Promise<Outcome<RestoreCheck, readonly Fault[]>>;
}

/** NIST SP 800-63B for what is tried without a limit: longer than what only our own page asks for. */
const SHORTEST_PASSPHRASE = 12;

interface Opened {
  readonly file: BackupFile;
  readonly document: SettingsDocument;
  readonly secrets: Secrets;
  readonly isSealed: boolean;
}

export function createBackup(deps: {
  readonly settings: Settings;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly version: string;
}): Backup {
  const { settings, vault, clock, random, version } = deps;

  const open = async (text: string, passphrase: string | undefined): Promise<Outcome<Opened, readonly Fault[]>> => {
    const file = fileIn(text);
    if (!file.ok) return failure([{ ...file.error, field: '/file' }]);
    const { settings: told, secrets: sealed } = file.value;
    const input = parseSettingsInput({ ...told, credentials: told.credentials.map(inputOf) });
    if (!input.ok) {
      const [first] = input.error;
      const detail = `${first?.path ?? ''} ${first?.message ?? ''}`.trim();
      return failure([fault('backupInvalid', { detail }, '/file')]);
    }
    const isGiven = sealed !== null && passphrase !== undefined && passphrase !== '';
    const secrets = isGiven ? await openSecrets(sealed, passphrase) : {};
    if (secrets === null) return failure([fault('backupPassphraseWrong', {}, '/passphrase')]);
    const read = settings.documentOf(input.value, told.credentials.map(settingOf));
    if (!read.ok)
      return failure(read.error.map((found) => fault('backupInvalid', { detail: detailOf(found) }, '/file')));
    return success({ file: file.value, document: read.value, secrets, isSealed: sealed !== null && !isGiven });
  };

  const checkOf = ({ file, document, secrets, isSealed }: Opened): RestoreCheck => ({
    madeAt: file.madeAt,
    version: file.version,
    changes: settings.changesTo(document).map(({ path, old, new: fresh }) => ({ path, old, new: fresh })),
    isSealed,
    missing: settings.missingSecrets(document, secrets),
    revision: settings.revision,
  });

  return {
    async make(passphrase) {
      const isSealed = passphrase !== undefined && passphrase !== '';
      if (isSealed && passphrase.length < SHORTEST_PASSPHRASE) {
        return failure(fault('passphraseTooShort', { least: SHORTEST_PASSPHRASE }, '/passphrase'));
      }
      const { document } = settings;
      const secrets = Object.fromEntries(
        secretNames(document).flatMap((name) => {
          const secret = vault.find(name);
          return secret === null ? [] : [[name, secret.reveal()]];
        }),
      );
      return success({
        rsbBackup: BACKUP_FORMAT,
        madeAt: isoInstant(clock.now()),
        version,
        settings: { ...document, credentials: document.credentials.map((credential) => ({ ...credential })) },
        secrets: isSealed ? await sealSecrets(secrets, passphrase, random) : null,
      });
    },
    async check(file, passphrase) {
      const opened = await open(file, passphrase);
      return opened.ok ? success(checkOf(opened.value)) : opened;
    },
    async restore({ file, passphrase, basedOn }, who) {
      const opened = await open(file, passphrase);
      if (!opened.ok) return opened;
      const told = checkOf(opened.value);
      const secrets = new Map(Object.entries(opened.value.secrets).map(([name, text]) => [name, new Secret(text)]));
      const saved = settings.replace(opened.value.document, secrets, basedOn, who);
      return saved.ok ? success({ ...told, revision: settings.revision }) : saved;
    },
  };
}

function fileIn(text: string): Outcome<BackupFile, Fault> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return failure(fault('backupInvalid', { detail: 'JSON' }));
  }
  const parsed = parseBackupFile(content);
  if (!parsed.ok) {
    const [first] = parsed.error;
    return failure(fault('backupInvalid', { detail: `${first?.path ?? ''} ${first?.message ?? ''}`.trim() }));
  }
  return parsed.value.rsbBackup > BACKUP_FORMAT ? failure(fault('backupNewer')) : success(parsed.value);
}

const inputOf = ({
  id,
  version,
  user,
  context,
  auth,
  privacy,
}: BackupCredential): SettingsInput['credentials'][number] =>
  version === 'v3'
    ? {
        id,
        version,
        user: user ?? '',
        context: context ?? '',
        auth: auth ? { protocol: auth } : null,
        privacy: privacy ? { protocol: privacy } : null,
      }
    : { id, version };

function settingOf(credential: BackupCredential): SettingsDocument['credentials'][number] {
  const { id, version, isPublic = false, user = '', context = '', auth = null, privacy = null } = credential;
  return version === 'v3' ? { id, version, user, context, auth, privacy } : { id, version, isPublic };
}

const detailOf = ({ code, field = '', params }: Fault): string =>
  [field, code, ...Object.values(params)].filter((part) => part !== '').join(' ');
