/** People and programs that use central: accounts with their roles, invitations, sessions, API tokens. */
import Type, { type Static } from 'typebox';
import { PasskeyMade } from './central-passkeys.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** `admin`: everything. `technician`: everything but people. `reader`: looks at one customer. */
export const AccountRole = Type.Enum(['admin', 'technician', 'reader'] as const);
export type AccountRole = Static<typeof AccountRole>;

/** What a route is about; a token names for each whether it may read or write. */
export const API_SUBJECTS = ['customers', 'boxes', 'devices', 'alerts', 'people'] as const;
export type ApiSubject = (typeof API_SUBJECTS)[number];

export const API_SCOPES = API_SUBJECTS.flatMap(
  (subject) => [`read:${subject}`, `write:${subject}`] as const,
) as readonly ApiScope[];
export type ApiScope = `${'read' | 'write'}:${ApiSubject}`;
const Scope = Type.Enum(API_SUBJECTS.flatMap((subject) => [`read:${subject}`, `write:${subject}`] as const));

const Name = Type.String({ minLength: 1, maxLength: 64 });
const Password = Type.String({ maxLength: 255 });
/** Of a person or a token who sees one customer alone. */
const CustomerOf = Nullable(Type.String({ maxLength: 20 }));

/** GET /accounts */
export const AccountView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: AccountRole,
  customer: CustomerOf,
  createdAt: Type.String(),
  /** Disabled accounts stay, so that what they did keeps its name. */
  disabledAt: Nullable(Type.String()),
  lastSeen: Nullable(Type.String()),
  passkeys: Type.Integer(),
});
export type AccountView = Static<typeof AccountView>;

/** PATCH /accounts/:account */
export const AccountChange = Type.Object(
  {
    role: Type.Optional(AccountRole),
    customer: Type.Optional(CustomerOf),
    disabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type AccountChange = Static<typeof AccountChange>;

/** POST /invitations; POST /accounts/:account/reset { days } */
export const InvitationRequest = Type.Object({
  name: Name,
  role: AccountRole,
  customer: CustomerOf,
  days: Type.Integer({ minimum: 1, maximum: 30 }),
});
export type InvitationRequest = Static<typeof InvitationRequest>;
export const ResetRequest = Type.Object({ days: Type.Integer({ minimum: 1, maximum: 30 }) });

/** The code is told here once; `path` is the page that takes it, with the code behind `#`, where no log sees it. */
export const InvitationMade = Type.Object({
  id: Type.String(),
  code: Type.String(),
  path: Type.String(),
  expiresAt: Type.String(),
});
export type InvitationMade = Static<typeof InvitationMade>;

/** GET /invitations: those that wait. */
export const InvitationView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: AccountRole,
  customer: CustomerOf,
  /** Set where it only gives an existing account a new password. */
  account: Nullable(Type.String()),
  createdBy: Type.String(),
  createdAt: Type.String(),
  expiresAt: Type.String(),
});
export type InvitationView = Static<typeof InvitationView>;

/** POST /invitations/look { code } → who is meant; POST /invitations/accept, or …/passkey with a passkey instead of a password. */
export const InvitationLook = Type.Object({ code: Type.String({ maxLength: 64 }) });
export const InvitationSeen = Type.Object({
  name: Type.String(),
  isReset: Type.Boolean(),
  dealer: Type.String(),
  /** Where a passkey can be made instead of choosing a password; null: nowhere. */
  origin: Nullable(Type.String()),
});
export type InvitationSeen = Static<typeof InvitationSeen>;
export const InvitationAccept = Type.Object({ code: Type.String({ maxLength: 64 }), password: Password });
export const InvitationPasskey = Type.Object({ code: Type.String({ maxLength: 64 }), passkey: PasskeyMade });

/** PUT /account/password */
export const PasswordChange = Type.Object({ current: Password, password: Password });

/** GET /account/sessions */
export const SignInView = Type.Object({
  id: Type.String(),
  current: Type.Boolean(),
  startedAt: Nullable(Type.String()),
  lastSeen: Nullable(Type.String()),
  expiresAt: Type.String(),
});
export type SignInView = Static<typeof SignInView>;

/** POST /tokens */
export const TokenRequest = Type.Object({
  name: Name,
  customer: CustomerOf,
  scopes: Type.Array(Scope, { minItems: 1, maxItems: 20, uniqueItems: true }),
  /** Days until it ends; null: it does not end by itself. */
  days: Nullable(Type.Integer({ minimum: 1, maximum: 3650 })),
});
export type TokenRequest = Static<typeof TokenRequest>;

/** GET /tokens */
export const TokenView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  customer: CustomerOf,
  scopes: Type.Array(Type.String()),
  createdBy: Type.String(),
  createdAt: Type.String(),
  lastUsed: Nullable(Type.String()),
  expiresAt: Nullable(Type.String()),
  revokedAt: Nullable(Type.String()),
});
export type TokenView = Static<typeof TokenView>;

/** The answer to POST /tokens: the token itself is told here once. */
export const TokenMade = Type.Object({ ...TokenView.properties, token: Type.String() });
export type TokenMade = Static<typeof TokenMade>;
