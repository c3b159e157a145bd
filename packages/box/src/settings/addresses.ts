/** What may stand in the settings as the address of central, of a proxy, and as a certificate authority. */
import { X509Certificate } from 'node:crypto';
import { type Fault, fault } from '@rsb/contract';

/** https, or http to this machine alone: nothing leaves it unencrypted. */
export function centralUrlFault(url: string, field: string): Fault | null {
  const parsed = URL.parse(url);
  const plain = parsed && !parsed.username && !parsed.password && !parsed.search && !parsed.hash;
  if (!parsed || !plain || !parsed.hostname || !['http:', 'https:'].includes(parsed.protocol)) {
    return fault('urlInvalid', { url: withoutLogin(url) }, field);
  }
  if (parsed.protocol === 'http:' && !isLoopback(parsed.hostname)) return fault('urlInsecure', { url }, field);
  return null;
}

/** A login has its own field, where it is kept as a secret. */
export function proxyUrlFault(url: string, field: string): Fault | null {
  const parsed = URL.parse(url);
  const plain = parsed && !parsed.username && !parsed.password && !parsed.search && !parsed.hash;
  if (!parsed || !plain || !parsed.hostname || !['http:', 'https:'].includes(parsed.protocol)) {
    return fault('urlInvalid', { url: withoutLogin(url) }, field);
  }
  return null;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

const withoutLogin = (url: string): string => url.replace(/\/\/[^/]*@/, '//');

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** One certificate or several, and nothing else: a private key pasted along must not be stored. */
export function isCertificatePem(text: string): boolean {
  const blocks = text.match(CERTIFICATE) ?? [];
  if (blocks.length === 0 || text.replace(CERTIFICATE, '').includes('-----BEGIN')) return false;
  return blocks.every((block) => {
    try {
      return new X509Certificate(block).subject !== undefined;
    } catch {
      return false;
    }
  });
}
