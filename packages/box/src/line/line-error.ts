/** What Node's sockets, TLS and parsers throw, as the faults that people can act on. */
import { type Fault, fault } from '@rsb/contract';

/** Carries a fault through code that only knows exceptions; caught where the line answers. */
export class LineError extends Error {
  readonly fault: Fault;

  constructor(carried: Fault) {
    super(carried.code);
    this.fault = carried;
  }
}

export function resolveFault(host: string): Fault {
  return fault('lineNameNotFound', { host });
}

/** While the TCP connection is made. */
export function connectFault(error: unknown, host: string, port: number): Fault {
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
      return fault('lineRefused', { host, port });
    case 'ETIMEDOUT':
      return fault('lineTimeout', { host });
    default:
      return brokenFault(error, host);
  }
}

/** While TLS is set up. The codes are OpenSSL's verification results as Node names them, else Node's own. */
export function tlsFault(error: unknown, host: string): Fault {
  const code = codeOf(error);
  switch (code) {
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'CERT_UNTRUSTED':
    case 'CERT_REJECTED':
    case 'CERT_SIGNATURE_FAILURE':
    case 'INVALID_CA':
      return fault('lineIssuerUnknown', { host });
    case 'CERT_NOT_YET_VALID':
      return fault('lineCertificateNotYetValid', { host });
    case 'CERT_HAS_EXPIRED':
      return fault('lineCertificateExpired', { host });
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return fault('lineWrongHost', { host });
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ETIMEDOUT':
      return brokenFault(error, host);
    default:
      return fault('lineTls', { host, detail: detailOf(error) });
  }
}

/** Once something is being said: a cut, a reset, an answer that is no HTTP. */
export function brokenFault(error: unknown, host: string): Fault {
  return error instanceof LineError ? error.fault : fault('lineBroken', { host, detail: detailOf(error) });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The code alone where there is one: messages carry addresses and library internals. */
function detailOf(error: unknown): string {
  return codeOf(error) || (error instanceof Error ? error.message.slice(0, 200) : 'unknown');
}
