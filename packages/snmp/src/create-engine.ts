/** Puts the engine together: one socket for all devices, what it remembers of them, and the two ways to ask. */
import type { Clock, Random } from '@rsb/runtime';
import { BerWriter } from './ber.ts';
import type { EngineParts } from './call.ts';
import type { OpenUdpSocket } from './datagrams.ts';
import { DeviceMemory } from './device.ts';
import type { AllowList, AskedObserver, SendGate, SnmpEngine } from './engine.ts';
import { get } from './get.ts';
import { Logins } from './logins.ts';
import { Names } from './names.ts';
import { poll } from './poll.ts';
import { openUdpSocket } from './udp-socket.ts';
import { nameOf } from './usm/engine-clocks.ts';
import { SALT_BYTES, Salts } from './usm/privacy.ts';
import { VarbindTable } from './varbinds.ts';
import { walk } from './walk.ts';
import { type Dropped, Wire } from './wire.ts';

export interface EngineOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Nothing else is ever asked. */
  readonly allow: AllowList;
  readonly gate?: SendGate;
  readonly observer?: AskedObserver;
  readonly openSocket?: OpenUdpSocket;
  /** UDP payload of a request at most, and what answers are planned for. */
  readonly messageBytes?: number;
  readonly objectsPerGet?: number;
}

export interface RunningEngine extends SnmpEngine {
  /** Datagrams that came and were used for nothing, by reason. */
  readonly dropped: Readonly<Dropped>;
}

/** DESIGN's 1,400 bytes: a poll fits one packet, with room for a tunnel's own headers. */
const MESSAGE_BYTES = 1400;
const OBJECTS_PER_GET = 40;

export function createEngine(options: EngineOptions): RunningEngine {
  const wire = new Wire({
    clock: options.clock,
    random: options.random,
    gate: options.gate,
    observer: options.observer,
    openSocket: options.openSocket ?? openUdpSocket,
    devices: new DeviceMemory(),
    writer: new BerWriter(),
  });
  const parts: EngineParts = {
    wire,
    names: new Names(options.allow),
    logins: new Logins(),
    varbinds: new VarbindTable(),
    salts: new Salts(options.random.bytes(SALT_BYTES)),
    limits: {
      messageBytes: options.messageBytes ?? MESSAGE_BYTES,
      objectsPerGet: options.objectsPerGet ?? OBJECTS_PER_GET,
    },
  };
  return {
    dropped: wire.dropped,
    get: (target, objects, ask = {}) => get(parts, target, objects, ask),
    walk: (target, columns, ask = {}) => walk(parts, target, columns, ask),
    poll: (target, objects, columns, ask = {}) => poll(parts, target, objects, columns, ask),
    recallClocks: (clocks) => wire.engineClocks.recall(clocks),
    signedClock(address, port) {
      const peer = wire.devices.find(address, port)?.peer ?? null;
      const clock = peer?.signedClock ?? null;
      return peer && clock && { engineId: nameOf(peer.engineId), ...clock };
    },
    close: async () => wire.close(),
  };
}
