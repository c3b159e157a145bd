/** A plain asker: sends requests from one socket and gives what comes back, in the order in which it comes. */
import { createSocket } from 'node:dgram';
import { type Oid, oid, type SnmpValue } from '@rsb/snmp';
import { decodeResponse, encodeRequest, type Request, type Response } from '@rsb/snmp/message';

export interface Datagram {
  readonly bytes: Uint8Array;
  readonly fromAddress: string;
  readonly fromPort: number;
}

export interface Asker {
  send(address: string, request: Partial<Request> & { readonly oids: readonly Oid[] }): void;
  /** The next datagram, whoever sent it. */
  receive(): Promise<Datagram>;
  ask(address: string, request: Partial<Request> & { readonly oids: readonly Oid[] }): Promise<Response>;
  close(): void;
}

export async function startAsker(port: number): Promise<Asker> {
  const socket = createSocket('udp4');
  const waiting: ((datagram: Datagram) => void)[] = [];
  const arrived: Datagram[] = [];
  socket.on('message', (bytes, from) => {
    const datagram = { bytes, fromAddress: from.address, fromPort: from.port };
    const next = waiting.shift();
    if (next === undefined) arrived.push(datagram);
    else next(datagram);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const asker: Asker = {
    send(address, request) {
      const bytes = encodeRequest({
        version: 'v2c',
        community: 'public',
        pdu: 'get',
        requestId: 1,
        nonRepeaters: 0,
        maxRepetitions: 0,
        ...request,
      });
      socket.send(bytes, port, address);
    },
    receive: () =>
      new Promise((resolve) => {
        const next = arrived.shift();
        if (next === undefined) waiting.push(resolve);
        else resolve(next);
      }),
    async ask(address, request) {
      asker.send(address, request);
      return decoded((await asker.receive()).bytes);
    },
    close: () => socket.close(),
  };
  return asker;
}

export function decoded(bytes: Uint8Array): Response {
  const response = decodeResponse(bytes);
  if (!response.ok) throw new Error(`no response: ${response.error.problem}`);
  return response.value;
}

/** A value as a person would write it. */
export function shown(value: SnmpValue | string): number | string | bigint {
  if (typeof value === 'string') return value;
  switch (value.type) {
    case 'octets':
      return Buffer.from(value.value).toString('utf8');
    case 'ipAddress':
    case 'opaque':
      return [...value.value].join('.');
    case 'integer':
    case 'counter32':
    case 'gauge32':
    case 'timeTicks':
    case 'counter64':
    case 'oid':
      return value.value;
    default:
      return value.type;
  }
}

export const names = (...texts: readonly string[]): readonly Oid[] => texts.map(oid);
