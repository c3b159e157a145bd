/** Backup and restore of the box's settings: one file, its secrets left out or sealed under a passphrase. */
import Type, { type Static } from 'typebox';
import { parserOf } from '../parse.ts';
import { AUTH_PROTOCOLS, CredentialId, PRIVACY_PROTOCOLS, SNMP_VERSIONS } from '../settings.ts';
import { ChangeView } from './box.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const BACKUP_FORMAT = 1;

const Passphrase = Type.Optional(Type.String({ maxLength: 255 }));

/** POST /backup → the file */
export const BackupRequest = Type.Object({ passphrase: Passphrase });

/** How the secrets of a file are sealed: AES-256-GCM under a key that argon2id makes of the passphrase. */
const Sealed = Type.Object({
  memory: Type.Integer({ minimum: 8, maximum: 262_144 }),
  passes: Type.Integer({ minimum: 1, maximum: 10 }),
  parallelism: Type.Integer({ minimum: 1, maximum: 4 }),
  salt: Type.String({ maxLength: 100 }),
  nonce: Type.String({ maxLength: 100 }),
  tag: Type.String({ maxLength: 100 }),
  data: Type.String({ maxLength: 400_000 }),
});
export type SealedSecrets = Static<typeof Sealed>;

const BackupCredential = Type.Object({
  id: CredentialId,
  version: Type.Enum(SNMP_VERSIONS),
  isPublic: Type.Optional(Type.Boolean()),
  user: Type.Optional(Type.String()),
  context: Type.Optional(Type.String()),
  auth: Type.Optional(Nullable(Type.Enum(AUTH_PROTOCOLS))),
  privacy: Type.Optional(Nullable(Type.Enum(PRIVACY_PROTOCOLS))),
});
export type BackupCredential = Static<typeof BackupCredential>;

export const BackupFile = Type.Object({
  rsbBackup: Type.Integer(),
  madeAt: Type.String({ maxLength: 40 }),
  version: Type.String({ maxLength: 40 }),
  settings: Type.Intersect([
    Type.Record(Type.String(), Type.Unknown()),
    Type.Object({ credentials: Type.Array(BackupCredential, { minItems: 1, maxItems: 50 }) }),
  ]),
  secrets: Nullable(Sealed),
});
export type BackupFile = Static<typeof BackupFile>;
export const parseBackupFile = parserOf(BackupFile);

/** POST /restore/check, POST /restore (with If-Match) */
export const RestoreRequest = Type.Object({ file: Type.String({ maxLength: 450_000 }), passphrase: Passphrase });

export const RestoreCheck = Type.Object({
  madeAt: Type.String(),
  version: Type.String(),
  changes: Type.Array(Type.Pick(ChangeView, ['path', 'old', 'new'])),
  /** It holds secrets, and no passphrase was given. */
  isSealed: Type.Boolean(),
  /** Credentials whose secrets have to be typed in afterwards. */
  missing: Type.Array(Type.String()),
  revision: Type.Integer(),
});
export type RestoreCheck = Static<typeof RestoreCheck>;
