/** Certificates for tests, made on the spot: just enough DER (X.690, RFC 5280) for an authority and what it issues. */
import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIP } from 'node:net';

export interface Authority {
  readonly pem: string;
  readonly name: string;
  readonly key: KeyObject;
}

export interface ServerCertificate {
  /** The server's own certificate, then those between it and the root. */
  readonly cert: string;
  readonly key: string;
}

const DAY = 86_400_000;
const OIDS = {
  commonName: '550403',
  ecdsaWithSha256: '2a8648ce3d040302',
  basicConstraints: '551d13',
  subjectAltName: '551d11',
} as const;

export function makeAuthority(name: string, issuer?: Authority): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = issuer ?? { name, key: privateKey };
  const pem = makeCertificate({
    issuer: signer.name,
    signKey: signer.key,
    subject: name,
    publicKey,
    from: Date.now() - DAY,
    to: Date.now() + DAY,
    extensions: [extension(OIDS.basicConstraints, true, sequence(der(0x01, [0xff])))],
  });
  return { pem, name, key: privateKey };
}

/** `from` and `to` in days from now. */
export function issueFor(
  hosts: readonly string[],
  authority: Authority,
  { from = -1, to = 1, chain = [] }: { from?: number; to?: number; chain?: readonly Authority[] } = {},
): ServerCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const names = hosts.map((host) =>
    isIP(host) ? der(0x87, host.split('.').map(Number)) : der(0x82, Buffer.from(host, 'ascii')),
  );
  const cert = makeCertificate({
    issuer: authority.name,
    signKey: authority.key,
    subject: 'central',
    publicKey,
    from: Date.now() + from * DAY,
    to: Date.now() + to * DAY,
    extensions: [extension(OIDS.subjectAltName, false, sequence(...names))],
  });
  return {
    cert: [cert, ...chain.map(({ pem }) => pem)].join(''),
    key: createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }))
      .export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  };
}

interface Contents {
  readonly issuer: string;
  readonly signKey: KeyObject;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly from: number;
  readonly to: number;
  readonly extensions: readonly Buffer[];
}

let serial = 0;

function makeCertificate({ issuer, signKey, subject, publicKey, from, to, extensions }: Contents): string {
  serial += 1;
  const algorithm = sequence(oid(OIDS.ecdsaWithSha256));
  const body = sequence(
    der(0xa0, der(0x02, [2])),
    der(0x02, [0x01, serial >> 8, serial & 0xff]),
    algorithm,
    distinguishedName(issuer),
    sequence(time(from), time(to)),
    distinguishedName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', body, signKey);
  const whole = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, content: Uint8Array | readonly number[]): Buffer {
  const bytes = Buffer.from(content);
  const size = bytes.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), bytes]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, Buffer.concat(parts));
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const distinguishedName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid(OIDS.commonName), der(0x0c, Buffer.from(name)))));
const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  sequence(oid(id), ...(critical ? [der(0x01, [0xff])] : []), der(0x04, value));

/** GeneralizedTime: years to 9999, and good for UTCTime's as far as OpenSSL is concerned. */
function time(at: number): Buffer {
  const text = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(0x18, Buffer.from(text, 'ascii'));
}
