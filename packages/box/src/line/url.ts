/** Which addresses the line may lead to: https anywhere, http to this machine alone. */
import { isIP } from 'node:net';
import { type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import ipaddr from 'ipaddr.js';

/** Central's address as configured, perhaps with a path before `/api/v1`. */
export function parseCentralUrl(text: string): Outcome<URL, Fault> {
  const url = bareUrl(text);
  if (!url) return failure(fault('urlInvalid', { url: shown(text) }));
  if (url.protocol === 'http:' && !isLoopbackName(hostOf(url))) {
    return failure(fault('urlInsecure', { url: shown(text) }));
  }
  return success(url);
}

/** A proxy's address: its login is set apart, so that it is never shown with the address. */
export function parseProxyUrl(text: string): Outcome<URL, Fault> {
  const url = bareUrl(text);
  return url?.pathname === '/' ? success(url) : failure(fault('urlInvalid', { url: shown(text) }));
}

/** The host without the brackets of an IPv6 address. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

export const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}

/** `localhost` and names below it (RFC 6761 §6.3), or a loopback address. */
function isLoopbackName(host: string): boolean {
  return isIP(host) === 0 ? host === 'localhost' || host.endsWith('.localhost') : isLoopbackAddress(host);
}

function bareUrl(text: string): URL | null {
  const url = URL.parse(text.trim());
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null;
  const { username, password, search, hash } = url;
  return username + password + search + hash === '' ? url : null;
}

/** As typed, without a login that somebody put before the host. */
const shown = (text: string): string => text.replace(/\/\/[^/]*@/, '//');
