/** When the proxy is used, and the way through it: CONNECT (RFC 9110 §9.3.6) with Basic login. */
import { request } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, type Secret, success } from '@rsb/runtime';
import ipaddr from 'ipaddr.js';
import { brokenFault, LineError } from './line-error.ts';
import { hostOf, isLoopbackAddress, parseProxyUrl, portOf } from './url.ts';

export interface ProxySetting {
  readonly url: string;
  readonly user: string | null;
  readonly password: Secret | null;
  /** Names (with all below them), addresses and networks that are reached without the proxy. */
  readonly exceptions: readonly string[];
}

export interface ProxyHop {
  readonly url: URL;
  /** As people know it: host:port. */
  readonly name: string;
  readonly login: { readonly user: string; readonly password: Secret | null } | null;
}

/** The proxy for this host, null where the host is reached directly. This machine itself is never behind a proxy. */
export function proxyFor(host: string, setting: ProxySetting | undefined): Outcome<ProxyHop | null, Fault> {
  if (!setting) return success(null);
  const url = parseProxyUrl(setting.url);
  if (!url.ok) return failure(url.error);
  if (isException(host, setting.exceptions)) return success(null);
  return success({
    url: url.value,
    name: `${url.value.hostname}:${portOf(url.value)}`,
    login: setting.user ? { user: setting.user, password: setting.password } : null,
  });
}

function isException(host: string, exceptions: readonly string[]): boolean {
  const name = host.toLowerCase();
  if (isLoopbackAddress(name) || name === 'localhost' || name.endsWith('.localhost')) return true;
  return exceptions.some((exception) => {
    const pattern = exception.trim().toLowerCase();
    if (pattern === '') return false;
    if (pattern === '*') return true;
    if (isIP(name)) return inNetwork(name, pattern);
    if (pattern.startsWith('*.') || pattern.startsWith('.')) return name.endsWith(pattern.replace(/^\*/, ''));
    return name === pattern || name.endsWith(`.${pattern}`);
  });
}

function inNetwork(address: string, pattern: string): boolean {
  const own = ipaddr.process(address);
  if (ipaddr.isValid(pattern)) return own.toString() === ipaddr.process(pattern).toString();
  if (!ipaddr.isValidCIDR(pattern)) return false;
  const [network, bits] = ipaddr.parseCIDR(pattern);
  return own.kind() === network.kind() && own.match(network, bits);
}

/** Asks the proxy at the other end of `socket` for a tunnel; the socket then leads to the target. */
export function openTunnel(socket: Socket, proxy: ProxyHop, target: URL, signal: AbortSignal): Promise<Socket> {
  const authority = `${target.hostname}:${portOf(target)}`;
  return new Promise((resolve, reject) => {
    const asked = request({
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...loginHeader(proxy) },
      createConnection: () => socket,
      signal,
    });
    asked.once('connect', (answer, tunnel, first) => {
      const status = answer.statusCode ?? 0;
      if (status >= 200 && status < 300) {
        if (first.length > 0) tunnel.unshift(first);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(
        new LineError(
          status === 407
            ? fault('lineProxyLogin', { proxy: proxy.name })
            : fault('lineProxyRefused', { proxy: proxy.name, status }),
        ),
      );
    });
    asked.once('error', (error) => reject(new LineError(brokenFault(error, hostOf(proxy.url)))));
    asked.end();
  });
}

function loginHeader({ login }: ProxyHop): { 'proxy-authorization'?: string } {
  if (!login) return {};
  const credentials = Buffer.from(`${login.user}:${login.password?.reveal() ?? ''}`, 'utf8').toString('base64');
  return { 'proxy-authorization': `Basic ${credentials}` };
}
