/** One device on the wire: a UDP socket at its own address that answers GET, GETNEXT and GETBULK and nothing else. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { Clock, Random } from '@rsb/runtime';
import { isWithin, type Oid } from '@rsb/snmp';
import { decodeRequest, decodeResponse, encodeResponse, type Request } from '@rsb/snmp/message';
import { type Heard, UsmAgent } from '@rsb/snmp/usm/agent';
import { isV3 } from '@rsb/snmp/usm/message';
import { type Fault, faultyMib } from './fault.ts';
import type { SimulatedMachine } from './machine.ts';
import { errorResponse, respond } from './respond.ts';

const LARGEST_RESPONSE = 1472;

/** What came and went at one address, datagrams and their payload bytes. */
export interface Traffic {
  readonly received: number;
  readonly receivedBytes: number;
  readonly sent: number;
  readonly sentBytes: number;
  /** Datagrams that were no request, or one with a wrong community. */
  readonly refused: number;
}

export interface Agent {
  readonly address: string;
  readonly port: number;
  readonly traffic: Traffic;
  /** Replaces all faults; an empty list mends the machine. */
  misbehave(faults: readonly Fault[]): void;
  close(): Promise<void>;
}

export interface AgentSurroundings {
  readonly clock: Pick<Clock, 'after' | 'monotonic'>;
  readonly random: Random;
  /** Told of every request that was understood, before it is answered. */
  readonly onRequest?: (address: string, request: Request) => void;
}

/** Rejects with the system's error where the address or the port cannot be had. */
export async function startAgent(
  machine: SimulatedMachine,
  port: number,
  { clock, random, onRequest }: AgentSurroundings,
): Promise<Agent> {
  const socket = await bind(machine.address, port);
  const traffic = { received: 0, receivedBytes: 0, sent: 0, sentBytes: 0, refused: 0 };
  const timers = new Set<{ cancel(): void }>();
  let faults = machine.faults ?? [];
  let requests = 0;
  const strangers = new Map<string, Socket>();
  /** A socket of another port, there or elsewhere. */
  const strangerAt = (address: string): Socket => {
    const known = strangers.get(address);
    if (known !== undefined) return known;
    const stranger = quiet(createSocket('udp4')).bind({ address, port: 0 });
    strangers.set(address, stranger);
    return stranger;
  };
  const usm = machine.usm && new UsmAgent({ ...machine.usm, clock, random });

  const send = (bytes: Uint8Array, to: RemoteInfo) => {
    traffic.sent += 1;
    traffic.sentBytes += bytes.length;
    const elsewhere = has(faults, 'otherAddress');
    if (elsewhere || has(faults, 'otherPort')) {
      strangerAt(elsewhere ? ELSEWHERE : machine.address).send(bytes, to.port, to.address);
    } else {
      socket.send(bytes, to.port, to.address);
    }
  };

  socket.on('message', (bytes, from) => {
    traffic.received += 1;
    traffic.receivedBytes += bytes.length;
    const heard = isV3(bytes) ? usm?.receive(bytes) : byCommunity(machine, bytes);
    if (heard === undefined) traffic.refused += 1;
    if (heard === undefined || heard.kind === 'nothing') return;
    if (heard.kind === 'reply') {
      if (!has(faults, 'silent')) send(heard.bytes, from);
      return;
    }
    const { request } = heard;
    onRequest?.(machine.address, request);
    requests += 1;
    if (isUnanswered(faults, request, requests)) return;
    const answer = heard.wrap(spoil(answerTo(machine, request, faults), request, faults, { random, requests }));
    const copies = has(faults, 'twice') ? 2 : 1;
    const reply = () => {
      for (let copy = 0; copy < copies; copy += 1) send(answer, from);
    };
    const slow = faults.find((fault) => fault.kind === 'slow');
    if (slow === undefined) {
      reply();
      return;
    }
    const timer = clock.after('late answer', slow.delay, () => {
      timers.delete(timer);
      reply();
    });
    timers.add(timer);
  });

  return {
    address: machine.address,
    port: socket.address().port,
    traffic,
    misbehave(wanted) {
      faults = wanted;
      requests = 0;
    },
    async close() {
      for (const timer of timers) timer.cancel();
      timers.clear();
      await Promise.all([socket, ...strangers.values()].map(closed));
    },
  };
}

/** A request that a community lets in; its answer is the message itself. Undefined where it does not. */
function byCommunity(machine: SimulatedMachine, bytes: Uint8Array): Heard | undefined {
  const decoded = decodeRequest(bytes);
  if (!decoded.ok || decoded.value.community !== (machine.community ?? 'public')) return undefined;
  const request = decoded.value;
  if (machine.versions !== undefined && !machine.versions.includes(request.version)) return { kind: 'nothing' };
  return { kind: 'request', request, wrap: (answer) => answer };
}

/** Loopback's, and no machine's. */
const ELSEWHERE = '127.255.255.254';

const has = (faults: readonly Fault[], kind: Fault['kind']): boolean => faults.some((fault) => fault.kind === kind);

const asksFor = (request: Request, objects: readonly Oid[]): boolean =>
  request.oids.some((name) => objects.some((object) => isWithin(object, name)));

function isUnanswered(faults: readonly Fault[], request: Request, requests: number): boolean {
  return faults.some((fault) => {
    switch (fault.kind) {
      case 'silent':
        return true;
      case 'silentBelow':
        return asksFor(request, fault.objects);
      case 'loses':
        return (requests - 1) % fault.outOf < fault.lost;
      default:
        return false;
    }
  });
}

function answerTo(machine: SimulatedMachine, request: Request, faults: readonly Fault[]): Uint8Array {
  const refusal = faults.find((fault) => fault.kind === 'genErr');
  if (refusal !== undefined && (refusal.objects === undefined || asksFor(request, refusal.objects))) {
    return errorResponse(request, 'genErr', 1);
  }
  const limits = { largestResponse: machine.largestResponse ?? LARGEST_RESPONSE };
  return respond(request, faultyMib(machine.mib, faults), limits);
}

/** Faults of the message: what becomes of a right answer on its way out. */
function spoil(
  answer: Uint8Array,
  request: Request,
  faults: readonly Fault[],
  { random, requests }: { readonly random: Random; readonly requests: number },
): Uint8Array {
  return faults.reduce((bytes: Uint8Array, fault) => {
    switch (fault.kind) {
      case 'halfAnswers':
        return rewrite(bytes, (varbinds) => varbinds.slice(0, Math.floor(varbinds.length / 2)));
      case 'shrinks':
        if (request.pdu !== 'getBulk') return bytes;
        return rewrite(bytes, (varbinds) => varbinds.slice(0, Math.max(1, varbinds.length - requests)));
      case 'reversed':
        return rewrite(bytes, (varbinds) => varbinds.toReversed());
      case 'absentAs':
        return rewrite(bytes, (varbinds) =>
          varbinds.map((each) =>
            each.value.type === 'noSuchObject' || each.value.type === 'noSuchInstance'
              ? { ...each, value: fault.value === 'null' ? { type: 'null' } : { type: 'octets', value: Buffer.of() } }
              : each,
          ),
        );
      case 'wrongNames':
        return rewrite(bytes, (varbinds) => varbinds.map((each) => ({ ...each, oid: `${each.oid}.99` as Oid })));
      case 'volunteers':
        return rewrite(bytes, (varbinds) => [...varbinds, ...fault.varbinds]);
      case 'wrongId':
        return rewrite(bytes, (varbinds) => varbinds, (request.requestId + 1) & 0x7fff_ffff);
      case 'truncated':
        return bytes.subarray(0, bytes.length >> 1);
      case 'garbage':
        return random.bytes(64);
      default:
        return bytes;
    }
  }, answer);
}

type Varbinds = Parameters<typeof encodeResponse>[0]['varbinds'];

function rewrite(bytes: Uint8Array, change: (varbinds: Varbinds) => Varbinds, requestId?: number): Uint8Array {
  const decoded = decodeResponse(bytes);
  if (!decoded.ok) return bytes;
  const varbinds = decoded.value.varbinds.flatMap(({ oid, value }) =>
    oid === null || typeof value === 'string' ? [] : [{ oid, value }],
  );
  return encodeResponse({
    ...decoded.value,
    requestId: requestId ?? decoded.value.requestId,
    varbinds: change(varbinds),
  });
}

function bind(address: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const isSix = address.includes(':');
    const socket = createSocket({ type: isSix ? 'udp6' : 'udp4', ipv6Only: isSix });
    const refuse = (error: Error) => {
      socket.close();
      reject(error);
    };
    socket.once('error', refuse);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', refuse);
      resolve(quiet(socket));
    });
  });
}

/** An asker that went away (ICMP unreachable comes back as an error) is no matter of the agent. */
function quiet(socket: Socket): Socket {
  socket.on('error', () => {});
  return socket;
}

const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.close(() => resolve()));
