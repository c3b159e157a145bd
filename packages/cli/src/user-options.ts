/** The options that name an SNMPv3 user; passphrases also from a file or the environment, away from the process list. */
import { readFileSync } from 'node:fs';
import {
  AUTH_PROTOCOLS,
  type AuthProtocolName,
  type Fault,
  fault,
  LONGEST_PASSPHRASE,
  LONGEST_USER_NAME,
  PRIVACY_PROTOCOLS,
  type PrivacyProtocolName,
  SHORTEST_PASSPHRASE,
} from '@rsb/contract';
import { m } from '@rsb/messages';
import { failure, type Outcome, success } from '@rsb/runtime';
import { type UsmCredential, usmKey } from '@rsb/snmp';
import type { CommandIo } from './io.ts';

export const USER_OPTIONS = {
  'v3-user': { type: 'string' },
  'v3-auth': { type: 'string' },
  'v3-auth-pass': { type: 'string' },
  'v3-auth-file': { type: 'string' },
  'v3-priv': { type: 'string' },
  'v3-priv-pass': { type: 'string' },
  'v3-priv-file': { type: 'string' },
  'v3-context': { type: 'string' },
} as const;

export type UserValues = { readonly [name in keyof typeof USER_OPTIONS]?: string | undefined };

type Io = Pick<CommandIo, 'env' | 'locale'>;

interface Part<P extends string> {
  readonly option: 'v3-auth' | 'v3-priv';
  readonly variable: string;
  readonly protocols: readonly P[];
  /** Where only a passphrase is given: what most printers offer. */
  readonly preset: P;
}

const AUTH: Part<AuthProtocolName> = {
  option: 'v3-auth',
  variable: 'RSB_V3_AUTH_PASS',
  protocols: AUTH_PROTOCOLS,
  preset: 'sha1',
};
const PRIVACY: Part<PrivacyProtocolName> = {
  option: 'v3-priv',
  variable: 'RSB_V3_PRIV_PASS',
  protocols: PRIVACY_PROTOCOLS,
  preset: 'aes128',
};

/** Null where no user is named. */
export function parseUser(values: UserValues, io: Io): Outcome<UsmCredential | null, Fault> {
  const { locale } = io;
  const wrong = (detail: string) => failure(fault('usage', { detail }));
  const user = values['v3-user'];
  if (user === undefined) {
    const stray = Object.keys(USER_OPTIONS).find((name) => values[name as keyof UserValues] !== undefined);
    return stray === undefined ? success(null) : wrong(m.cli_v3_user_missing({ option: `--${stray}` }, { locale }));
  }
  const context = values['v3-context'] ?? '';
  if (user === '' || Buffer.byteLength(user) > LONGEST_USER_NAME) return wrong(m.cli_v3_user_length({}, { locale }));
  if (Buffer.byteLength(context) > LONGEST_USER_NAME) return wrong(m.cli_v3_context_length({}, { locale }));
  const auth = parsePart(AUTH, values, io);
  if (!auth.ok) return auth;
  const privacy = parsePart(PRIVACY, values, io);
  if (!privacy.ok) return privacy;
  if (privacy.value && !auth.value) return wrong(m.cli_v3_auth_missing({}, { locale }));
  const hash = auth.value?.protocol;
  return success({
    version: 'v3',
    user,
    context,
    auth: auth.value && { protocol: auth.value.protocol, key: usmKey(auth.value.protocol, auth.value.passphrase) },
    // Its key is stretched by the hash of the authentication (RFC 3414 §2.6, RFC 3826 §1.2).
    privacy:
      privacy.value && hash ? { protocol: privacy.value.protocol, key: usmKey(hash, privacy.value.passphrase) } : null,
  });
}

interface Login<P> {
  readonly protocol: P;
  readonly passphrase: string;
}

/** Null where this part is not asked for. */
function parsePart<P extends string>(part: Part<P>, values: UserValues, io: Io): Outcome<Login<P> | null, Fault> {
  const { locale } = io;
  const { option, preset, protocols } = part;
  const wrong = (detail: string) => failure(fault('usage', { detail }));
  const written = splitWritten(values[option], protocols);
  if (written.unknown !== undefined) {
    const known = protocols.join(', ');
    const detail = { option: `--${option}`, protocol: written.unknown, known, example: preset };
    return wrong(m.cli_v3_protocol_unknown(detail, { locale }));
  }
  const passphrase = written.passphrase === undefined ? passphraseOf(part, values, io) : success(written.passphrase);
  if (!passphrase.ok) return passphrase;
  if (passphrase.value === undefined) {
    if (values[option] === undefined) return success(null);
    const protocol = written.protocol ?? preset;
    const places = { option: `--${option}`, protocol, variable: part.variable };
    return wrong(m.cli_v3_passphrase_missing(places, { locale }));
  }
  const length = [...passphrase.value].length;
  if (length < SHORTEST_PASSPHRASE || length > LONGEST_PASSPHRASE) {
    const limits = { option: `--${option}`, least: SHORTEST_PASSPHRASE, most: LONGEST_PASSPHRASE };
    return wrong(m.cli_v3_passphrase_length(limits, { locale }));
  }
  return success({ protocol: written.protocol ?? preset, passphrase: passphrase.value });
}

interface Written<P> {
  readonly protocol?: P;
  readonly passphrase?: string;
  /** What stands in the place of a protocol and is none. */
  readonly unknown?: string;
}

/** `sha256:PASSPHRASE`, `sha256` or `PASSPHRASE`: before a colon stands a protocol, so that a mistyped one is found. */
function splitWritten<P extends string>(text: string | undefined, protocols: readonly P[]): Written<P> {
  if (text === undefined) return {};
  const colon = text.indexOf(':');
  const protocol = protocolOf(colon < 0 ? text : text.slice(0, colon), protocols);
  if (colon < 0) return protocol === undefined ? { passphrase: text } : { protocol };
  if (protocol === undefined) return { unknown: text.slice(0, colon) };
  return { protocol, passphrase: text.slice(colon + 1) };
}

/** Also as other tools spell them: SHA, SHA-256, HMAC-SHA-256, AES, AES-256-C. */
function protocolOf<P extends string>(text: string, protocols: readonly P[]): P | undefined {
  const plain = text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const name = plain.replace(/^(hmac|usm)/, '').replace(/^(aes)cfb/, '$1');
  const full = { sha: 'sha1', aes: 'aes128' }[name] ?? name;
  return protocols.find((protocol) => protocol === full);
}

function passphraseOf(
  { option, variable }: Part<string>,
  values: UserValues,
  { env }: Io,
): Outcome<string | undefined, Fault> {
  const path = values[`${option}-file`];
  if (values[`${option}-pass`] !== undefined) return success(values[`${option}-pass`]);
  if (path === undefined) return success(env[variable]);
  try {
    // Its first line: an editor ends it with a newline.
    return success(readFileSync(path, 'utf8').split(/\r?\n/, 1)[0] ?? '');
  } catch (error) {
    return failure(fault('fileUnusable', { path, detail: error instanceof Error ? error.message : String(error) }));
  }
}
