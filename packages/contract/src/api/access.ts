/** Who may do what on the box's page, and how it is reached: people, their sessions, the certificate. */
import Type, { type Static } from 'typebox';

/** `admin` the customer's administrator; `technician` all but people, certificate and what may leave; `viewer` reads. */
export const BOX_ROLES = ['admin', 'technician', 'viewer'] as const;
export type BoxRole = (typeof BOX_ROLES)[number];
const Role = Type.Enum(BOX_ROLES);

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** The first account, and the one of a sign-in without a name. */
export const FIRST_PERSON = 'admin';

export const PersonName = Type.String({ minLength: 1, maxLength: 64, pattern: '^\\S(.*\\S)?$' });

/** GET /people (admin) */
export const PersonView = Type.Object({
  name: Type.String(),
  role: Role,
  /** Last day of a technician, in the site's zone; null = no end. */
  until: Nullable(Type.String()),
  disabled: Type.Boolean(),
  /** Past its end. */
  ended: Type.Boolean(),
  createdAt: Type.String(),
  lastSignIn: Nullable(Type.String()),
});
export type PersonView = Static<typeof PersonView>;
export const PersonList = Type.Object({ people: Type.Array(PersonView) });
export type PersonList = Static<typeof PersonList>;

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

/** POST /people (admin) */
export const PersonInput = Type.Object({
  name: PersonName,
  role: Role,
  password: Type.String({ maxLength: 255 }),
  until: Type.Optional(Nullable(Day)),
});
export type PersonInput = Static<typeof PersonInput>;

/** PATCH /people/:name (admin): what is left out stays. A password set here is told to the person, who changes it. */
export const PersonPatch = Type.Object({
  role: Type.Optional(Role),
  disabled: Type.Optional(Type.Boolean()),
  until: Type.Optional(Nullable(Day)),
  password: Type.Optional(Type.String({ maxLength: 255 })),
  /** What the page showed: refused where it is no longer so, for somebody else changed it meanwhile. */
  seen: Type.Optional(Type.Object({ role: Role, disabled: Type.Boolean(), until: Nullable(Day) })),
});
export type PersonPatch = Static<typeof PersonPatch>;

/** GET /sessions: one's own; an administrator's list holds all. */
export const SessionEntry = Type.Object({
  id: Type.String(),
  name: Type.String(),
  address: Type.String(),
  since: Type.String(),
  lastSeen: Type.String(),
  current: Type.Boolean(),
});
export type SessionEntry = Static<typeof SessionEntry>;
export const SessionList = Type.Object({ sessions: Type.Array(SessionEntry) });
export type SessionList = Static<typeof SessionList>;

/** GET /certificate */
export const CertificateView = Type.Object({
  kind: Type.Enum(['own', 'customer'] as const),
  subject: Type.String(),
  issuer: Type.String(),
  hosts: Type.Array(Type.String()),
  from: Type.String(),
  until: Type.String(),
  /** SHA-256, as browsers show it. */
  fingerprint: Type.String(),
});
export type CertificateView = Static<typeof CertificateView>;

/** PUT /certificate (admin): PEM, the server's own first; the key without a passphrase. */
export const CertificateInput = Type.Object({
  certificate: Type.String({ maxLength: 100_000 }),
  key: Type.String({ maxLength: 20_000 }),
});
export type CertificateInput = Static<typeof CertificateInput>;
