/**
 * Where passkeys work: at central's public URL; without one at localhost, or at a name of the certificate that central itself
 * serves. A Host header alone is worth nothing, and browsers bind no passkey to an address (WebAuthn, 5.1.3).
 */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { RelyingParty } from '../people/passkeys.ts';

export type PartyOf = (request: FastifyRequest) => RelyingParty | null;

const isLocal = (name: string): boolean => name === 'localhost' || name.endsWith('.localhost');

export function relyingParties(publicUrl: string | null, tls: { readonly cert: string } | null): PartyOf {
  if (publicUrl !== null) {
    const { protocol, hostname, origin } = new URL(publicUrl);
    const isName = isIP(hostname.replace(/^\[|\]$/g, '')) === 0;
    const party = isName && (protocol === 'https:' || isLocal(hostname)) ? { id: hostname, origin } : null;
    return () => party;
  }
  const certificate = tls ? new X509Certificate(tls.cert) : null;
  return ({ hostname, protocol, socket }) => {
    const name = hostname.toLowerCase();
    if (!URL.canParse(`http://${name}`)) return null;
    const isOurs = isLocal(name) || (isIP(name) === 0 && certificate?.checkHost(name) !== undefined);
    if (!isOurs) return null;
    // The port that the request came in by: another page of this machine cannot name its own.
    return { id: name, origin: new URL(`${protocol}://${name}:${socket.localPort}`).origin };
  };
}
