/** Why an address is read, or is not: what was tried and what follows from it, for `rsb test` and the page. */
import Type, { type Static } from 'typebox';
import { SNMP_VERSIONS } from '../settings.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const CAUSES = [
  'printer',
  /** Answers SNMP and has no Printer-MIB. */
  'notPrinter',
  /** Has a value for every object, also for those that cannot exist. */
  'answersAnything',
  /** Answers SNMP, but has none of the objects that tell what it is: its view leaves them out. */
  'showsNothing',
  /** The v3 user is right, but not the passphrase or protocol of encryption. */
  'wrongPrivacy',
  /** The v3 user is right, and may read nothing at this level, or nothing at all. */
  'levelTooLow',
  /** The v3 user has no keys for this level on the device. */
  'unsupportedLevel',
  /** The v3 user is there, but not in this context. */
  'unknownContext',
  /** Answers with errors only. */
  'refused',
  /** The device does not accept the time in the v3 requests. */
  'timeWindow',
  /** The v3 user is there; passphrase or protocol of authentication are other ones. */
  'wrongDigest',
  'unknownUser',
  /** Changes its v3 engine id from answer to answer. */
  'unknownEngine',
  /** Speaks SNMP, as its answer to SNMPv3's discovery shows, but not with these communities. */
  'wrongCommunity',
  /** Speaks SNMP v1 or v2c, and not v3. */
  'noV3',
  /** Answers with what is no SNMP. */
  'malformed',
  /** ICMP says that nobody listens on the port. */
  'portClosed',
  /** ICMP says that a router or firewall lets nothing through. */
  'prohibited',
  /** One of many packets was answered. */
  'lossy',
  /** Answers an echo, and nothing else. */
  'snmpSilent',
  /** Answers nothing at all. */
  'silent',
  /** No SNMP, and there was no means to ping. */
  'silentUnpinged',
  /** This machine could not even send. */
  'unreachable',
  'aborted',
] as const;
export type Cause = (typeof CAUSES)[number];

export const ATTEMPT_STATES = [
  'printer',
  'notPrinter',
  'answersAnything',
  'showsNothing',
  'wrongPrivacy',
  'levelTooLow',
  'unsupportedLevel',
  'unknownContext',
  'refused',
  'timeWindow',
  'wrongDigest',
  'unknownUser',
  'unknownEngine',
  'malformed',
  'silent',
  'unreachable',
] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

export const PORT_STATES = ['closed', 'prohibited', 'answers', 'silent'] as const;

/** One version and credential that was tried. */
export const AttemptView = Type.Object({
  version: Type.Enum(SNMP_VERSIONS),
  /** Which of the different communities and users, from 1: a community is told nowhere. */
  community: Type.Integer(),
  /** Name of a v3 user. */
  user: Nullable(Type.String()),
  state: Type.Enum(ATTEMPT_STATES),
  /** The error status of a refusal, the system's code of what could not be sent. */
  detail: Nullable(Type.String()),
});
export type AttemptView = Static<typeof AttemptView>;

export const DiagnosisView = Type.Object({
  address: Type.String(),
  port: Type.Integer(),
  cause: Type.Enum(CAUSES),
  /** Answers SNMP and no echo: a scan that pings first would not find it. */
  echoFiltered: Type.Boolean(),
  ping: Type.Object({
    method: Type.Enum(['socket', 'fping', 'none'] as const),
    state: Type.Enum(['answers', 'silent', 'unknown'] as const),
    roundTrip: Nullable(Type.Number()),
  }),
  attempts: Type.Array(AttemptView),
  /** Null where nothing was left to find out by it. */
  udpPort: Nullable(Type.Enum(PORT_STATES)),
  driver: Nullable(Type.Object({ name: Type.String(), generic: Type.Boolean() })),
  /** IP packets and bytes, both directions. */
  wire: Type.Object({ packets: Type.Integer(), bytes: Type.Integer() }),
});
export type DiagnosisView = Static<typeof DiagnosisView>;

/** POST /test → what is wrong with an address, asked as its range says. */
export const TestRequest = Type.Object({ address: Type.String({ minLength: 1, maxLength: 64 }) });
export type TestRequest = Static<typeof TestRequest>;
