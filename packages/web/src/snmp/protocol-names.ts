/** Protocols of SNMPv3 as machines and their manuals write them, and what the contract says of names and passphrases. */
import type { AuthProtocolName, CredentialInput, PrivacyProtocolName } from '@rsb/contract';

const AUTH: Readonly<Record<AuthProtocolName, string>> = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha224: 'SHA-224',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};
const PRIVACY: Readonly<Record<PrivacyProtocolName, string>> = {
  des: 'DES',
  aes128: 'AES-128',
  aes192: 'AES-192',
  aes256: 'AES-256',
  aes192c: 'AES-192 (Cisco)',
  aes256c: 'AES-256 (Cisco)',
};
const VERSIONS: Readonly<Record<CredentialInput['version'], true>> = { v1: true, v2c: true, v3: true };

export const AUTH_PROTOCOLS = Object.keys(AUTH) as readonly AuthProtocolName[];
export const PRIVACY_PROTOCOLS = Object.keys(PRIVACY) as readonly PrivacyProtocolName[];
export const SNMP_VERSIONS = Object.keys(VERSIONS) as readonly CredentialInput['version'][];

export const protocolName = (protocol: AuthProtocolName | PrivacyProtocolName): string =>
  ({ ...AUTH, ...PRIVACY })[protocol];

export const isWeak = (protocol: AuthProtocolName | PrivacyProtocolName): boolean =>
  protocol === 'md5' || protocol === 'des';

/** RFC 3414: names of 32 octets, passphrases of eight characters at least. */
export const LONGEST_USER_NAME = 32;
export const SHORTEST_PASSPHRASE = 8;
export const LONGEST_PASSPHRASE = 255;
