/** What a person types to name one device: an address or a name, with a port or without. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import { parseWhole } from './options.ts';

/** The addresses of a name; none where there is no such name. */
export type Resolve = (name: string) => Promise<readonly string[]>;

export const systemResolve: Resolve = async (name) => {
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
};

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** `10.0.0.5`, `10.0.0.5:161`, `[fd00::5]:161`, `fd00::5`, `printer.example:161`. */
export function parsePlace(text: string, defaultPort: number): Outcome<Place, Fault> {
  if (isIP(text) === 6) return success({ host: text, port: defaultPort });
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^[\]:]+))(?::(.*))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const isHost = bracketed === undefined ? isAddressOrName(plain ?? '') : isIP(bracketed) === 6;
  if (host === undefined || !isHost) return failure(fault('usage', { detail: 'notAddress', value: text }));
  if (port === undefined) return success({ host, port: defaultPort });
  const number = parseWhole('port', port, 1, 65_535);
  if (number.ok) return success({ host, port: number.value });
  return failure(fault('usage', { detail: 'portBeyond', value: text, least: 1, most: 65_535 }));
}

/** A name of RFC 1123; what looks like a broken IPv4 address is none. */
const isAddressOrName = (text: string): boolean =>
  isIP(text) === 4 || (/^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?$/.test(text) && !/^[\d.]+$/.test(text));
