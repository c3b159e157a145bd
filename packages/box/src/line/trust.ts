/** Whose certificates are believed: the system's authorities, and the dealer's own where one is given. */
import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** One or several certificates in PEM; anything else is refused instead of being believed to protect. */
export function parseAuthorities(pem: string): Outcome<readonly string[], Fault> {
  const blocks = pem.match(CERTIFICATE) ?? [];
  if (blocks.length === 0) return failure(fault('certificateInvalid'));
  try {
    return success(blocks.map((block) => new X509Certificate(block).toString()));
  } catch {
    return failure(fault('certificateInvalid'));
  }
}

/** Node's bundled list stands in where a machine has no store of its own (no ca-certificates package). */
export function trustOf(own: readonly string[]): SecureContext {
  const system = getCACertificates('system');
  const roots = new Set([
    ...(system.length > 0 ? system : getCACertificates('bundled')),
    ...getCACertificates('extra'),
  ]);
  // An own authority may be an intermediate one, or central's own certificate.
  return createSecureContext({ ca: [...roots, ...own], allowPartialTrustChain: true });
}
