/** Agents for tests: on a real UDP socket of their own loopback address, answering whatever a test wants. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { Secret } from '@rsb/runtime';
import type { OpenUdpSocket, Target } from '../src/index.ts';
import {
  decodeRequest,
  decodeResponse,
  ERROR_STATUS,
  type ErrorStatusName,
  encodeResponse,
  type Request,
} from '../src/message.ts';
import { compareOid, type Oid, oid } from '../src/oid.ts';
import type { SnmpValue, Varbind } from '../src/value.ts';

/** The datagrams that go back, in this order. */
export type Answer = (request: Request, bytes: Uint8Array) => readonly Uint8Array[];

export interface Agent {
  readonly address: string;
  readonly port: number;
  /** What it was asked so far. */
  readonly asked: readonly Request[];
  target(version?: 'v1' | 'v2c', community?: string): Target;
  /** Resolves once `count` requests have come. */
  heard(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startAgent(address: string, answer: Answer): Promise<Agent> {
  const socket = await boundSocket(address);
  const asked: Request[] = [];
  socket.on('message', (bytes, from) => {
    const request = decodeRequest(bytes);
    if (!request.ok) throw new Error(`the engine sent what is no request: ${bytes.toString('hex')}`);
    asked.push(request.value);
    for (const reply of answer(request.value, bytes)) socket.send(reply, from.port, from.address);
    socket.emit('heard');
  });
  const { port } = socket.address();
  return {
    address,
    port,
    asked,
    target: (version = 'v2c', community = 'public') => targetAt(address, port, version, community),
    async heard(count) {
      while (asked.length < count) await once(socket, 'heard');
    },
    close: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

export async function boundSocket(address: string): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  return socket;
}

export const targetAt = (
  address: string,
  port: number,
  version: 'v1' | 'v2c' = 'v2c',
  community = 'public',
): Target => ({
  address,
  port,
  credential: { version, community: new Secret(community) },
});

export function reply(request: Request, varbinds: readonly Varbind[]): Uint8Array {
  const { version, community, requestId } = request;
  return encodeResponse({ version, community, requestId, errorStatus: 0, errorIndex: 0, varbinds });
}

/** As agents do it: the names come back with NULLs. */
export function refusal(request: Request, status: ErrorStatusName, errorIndex: number): Uint8Array {
  const { version, community, requestId } = request;
  const varbinds = request.oids.map((name) => ({ oid: name, value: { type: 'null' } as const }));
  return encodeResponse({ version, community, requestId, errorStatus: ERROR_STATUS[status], errorIndex, varbinds });
}

export const integer = (value: number): SnmpValue => ({ type: 'integer', value });

export interface AgentLimits {
  /** Varbinds that fit into one answer; more is tooBig, or cut short in GETBULK. */
  readonly most?: number;
  /** What GETBULK gets: an answer cut to what fits, tooBig where it does not fit, genErr, or silence. */
  readonly bulk?: 'answered' | 'tooBig' | 'genErr' | 'ignored';
}

/** An agent by the book over a list of objects in order. */
export function honestAnswer(objects: readonly Varbind[], limits: AgentLimits = {}): Answer {
  const sorted = [...objects].sort((a, b) => compareOid(a.oid, b.oid));
  const most = limits.most ?? 100;
  const nextOf = (name: Oid): Varbind => {
    const found = sorted.find((each) => compareOid(each.oid, name) > 0);
    return found ?? { oid: name, value: { type: 'endOfMibView' } };
  };
  return (request) => {
    const { oids, version, pdu } = request;
    if (pdu === 'getBulk') {
      if (limits.bulk === 'ignored') return [];
      if (limits.bulk === 'genErr') return [refusal(request, 'genErr', 1)];
      const rows = bulkRows(request, nextOf);
      if (limits.bulk === 'tooBig' && rows.length > most) return [refusal(request, 'tooBig', 0)];
      return [reply(request, rows.slice(0, most))];
    }
    if (oids.length > most) return [refusal(request, 'tooBig', 0)];
    const found = oids.map((name): Varbind => {
      if (pdu === 'getNext') return nextOf(name);
      return sorted.find((each) => each.oid === name) ?? { oid: name, value: { type: 'noSuchObject' } };
    });
    const missing = found.findIndex(({ value }) => value.type === 'noSuchObject' || value.type === 'endOfMibView');
    return [version === 'v1' && missing >= 0 ? refusal(request, 'noSuchName', missing + 1) : reply(request, found)];
  };
}

function bulkRows(request: Request, nextOf: (name: Oid) => Varbind): Varbind[] {
  const rows = request.oids.slice(0, request.nonRepeaters).map(nextOf);
  let row = request.oids.slice(request.nonRepeaters);
  for (let count = 0; count < request.maxRepetitions; count += 1) {
    const next = row.map(nextOf);
    rows.push(...next);
    row = next.map((each) => each.oid);
  }
  return rows;
}

/** `rows` instances below each of the columns, with values that tell where they are from. */
export function table(columns: readonly string[], rows: number): Varbind[] {
  return columns.flatMap((column, at) =>
    Array.from({ length: rows }, (_, row) => ({
      oid: oid(`${column}.${row + 1}`),
      value: integer(at * 1000 + row + 1),
    })),
  );
}

/** What an answer tells, to tell it otherwise. */
export function varbindsOf(answer: Uint8Array): Varbind[] {
  const response = decodeResponse(answer);
  if (!response.ok) throw new Error(response.error.problem);
  return response.value.varbinds.map(({ oid: name, value }) => {
    if (name === null || typeof value === 'string') throw new Error('not by the book');
    return { oid: name, value };
  });
}

export function isRefusal(answer: Uint8Array): boolean {
  const response = decodeResponse(answer);
  return response.ok && response.value.errorStatus !== 0;
}

/** An agent without a wire: each answer comes a microtask later. */
export function inMemory(answer: Answer): OpenUdpSocket {
  return (_family, onDatagram) => ({
    send(bytes, port, address) {
      const request = decodeRequest(bytes);
      if (!request.ok) throw new Error(request.error.problem);
      const replies = answer(request.value, bytes);
      queueMicrotask(() => {
        for (const each of replies) onDatagram(each, address, port);
      });
    },
    close: () => {},
  });
}
